import {
  CheckCircleOutlined,
  CommentOutlined,
  EllipsisOutlined,
  PrinterOutlined,
  SendOutlined,
} from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paperLanguages } from '../../src-main/foundation/procedure.ts'
import { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { AttachmentsPanel } from '../ui/attachment-list.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { saveFile } from '../ui/save-file.ts'
import { Tag } from '../ui/tag.tsx'
import { type Claim, toneOfClaim } from './claim.ts'
import { AgreeDialog } from './agree-dialog.tsx'
import { MoreDialog } from './more-dialog.tsx'
import { PaperDialog } from './paper-dialog.tsx'
import { SayDialog } from './say-dialog.tsx'

type Dialog = 'send' | 'say' | 'agree' | 'more' | 'notice'

const moreDeeds = ['deem', 'rule', 'escalate', 'dispute', 'withdraw', 'reverse'] as const

/** One claim: what is asked, what was said, what came of it, and what can be done next. */
export function ClaimDetail({ claim }: { claim: Claim }) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = () => setDialog(null)
  const may = (deed: Claim['may'][number]) => claim.may.includes(deed)
  const buttons: { keys: string; label: string; icon: ReactNode; dialog: Dialog; when: boolean }[] =
    [
      {
        keys: 'Alt+S',
        label: t(claim.sentOn === null ? 'vendors:act.send' : 'vendors:act.sendAgain'),
        icon: <SendOutlined />,
        dialog: 'send',
        when: may('send'),
      },
      {
        keys: 'Alt+T',
        label: t('vendors:act.say'),
        icon: <CommentOutlined />,
        dialog: 'say',
        when: may('note'),
      },
      {
        keys: 'Alt+U',
        label: t('vendors:act.agree'),
        icon: <CheckCircleOutlined />,
        dialog: 'agree',
        when: may('agree'),
      },
      {
        keys: 'Alt+D',
        label: t('vendors:act.more'),
        icon: <EllipsisOutlined />,
        dialog: 'more',
        when: moreDeeds.some(may),
      },
      {
        keys: 'Alt+W',
        label: t('vendors:act.notice'),
        icon: <PrinterOutlined />,
        dialog: 'notice',
        when: true,
      },
    ]
  useHotkeys(
    buttons.map(({ keys, label, when, dialog: opens }) => ({
      keys,
      label,
      when,
      run: () => setDialog(opens),
    })),
  )
  return (
    <>
      <Panel
        title={
          <>
            {claim.vendor.name} · {claim.number}{' '}
            <Tag tone={toneOfClaim[claim.state]}>{t(`vendors:state.${claim.state}`)}</Tag>
          </>
        }
        extra={<Link to={paths.vendor(claim.vendor.id)}>{t('vendors:claim.toVendor')}</Link>}
      >
        <div className="vendor-acts">
          {buttons
            .filter(({ when }) => when)
            .map(({ keys, label, icon, dialog: opens }) => (
              <Button
                key={keys}
                icon={icon}
                type={opens === nextOf(claim) ? 'primary' : 'default'}
                aria-keyshortcuts={keys}
                onClick={() => setDialog(opens)}
              >
                {label} <KeyCap keys={keys} />
              </Button>
            ))}
        </div>
        <Facts claim={claim} />
        <Split claim={claim} />
        <h3>{t('vendors:log.title')}</h3>
        <Log claim={claim} />
      </Panel>
      <AttachmentsPanel
        subject={{ type: 'vendor_claim', id: claim.id }}
        label={claim.number}
        title={t('vendors:claim.papers')}
        keys={null}
      />
      {dialog === 'send' || dialog === 'say' ? (
        <SayDialog key={dialog} kind={dialog} claim={claim} close={close} />
      ) : null}
      {dialog === 'agree' ? <AgreeDialog claim={claim} close={close} /> : null}
      {dialog === 'more' ? <MoreDialog claim={claim} close={close} /> : null}
      {dialog === 'notice' ? <NoticeDialog claim={claim} close={close} /> : null}
    </>
  )
}

/** What most people come here to do now. */
function nextOf({ state }: Claim): Dialog | null {
  if (state === 'drafted') return 'send'
  if (state === 'sent') return 'say'
  return state === 'negotiating' ? 'agree' : null
}

function Facts({ claim }: { claim: Claim }) {
  const { t } = useTranslation()
  return (
    <dl className="vendor-facts">
      <div>
        <dt>{t('vendors:claim.goods')}</dt>
        <dd>{claim.goods}</dd>
      </div>
      <div>
        <dt>{t('vendors:claim.fault')}</dt>
        <dd className="vendor-text">{claim.fault}</dd>
      </div>
      <div>
        <dt>{t('vendors:claim.asks')}</dt>
        <dd className="vendor-text">{claim.asks}</dd>
      </div>
      <div>
        <dt>{t('vendors:claim.asked')}</dt>
        <dd>
          <Money amount={claim.asked} currency={claim.currency} />
        </dd>
      </div>
      {claim.replyBy ? (
        <div>
          <dt>{t('vendors:claim.replyBy')}</dt>
          <dd>
            <BusinessDate date={claim.replyBy} distance={claim.due === 'none' ? 'none' : 'left'} />{' '}
            <span className="row-note">{t(`vendors:silence.${claim.silence}`)}</span>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}

function Split({ claim: { split, charges, currency } }: { claim: Claim }) {
  const { t } = useTranslation()
  if (!split) return null
  return (
    <div className="vendor-split">
      <p>
        <strong>{t(`vendors:basis.${split.basis}`)}</strong> {t('vendors:split.vendor')}{' '}
        <Money amount={split.vendorAmount} currency={currency} /> · {t('vendors:split.store')}{' '}
        <Money amount={split.storeAmount} currency={currency} />
      </p>
      <p className="row-note">
        {split.signer
          ? t(split.onPaper ? 'vendors:split.onPaper' : 'vendors:split.signed', {
              name: split.signer,
            })
          : split.grounds}
        {' · '}
        {split.approvedBy
          ? t('vendors:split.approved', { name: split.approvedBy })
          : t('vendors:split.by', { name: split.by })}{' '}
        <Moment at={split.at} />
      </p>
      <ul className="vendor-log">
        {charges.map((each) => (
          <li key={each.id}>
            {t(`vendors:entry.${each.kind}`)} <Money amount={each.amount} currency={currency} />{' '}
            <span className="row-note">
              <BusinessDate date={each.businessDate} /> ·{' '}
              {each.listNumber ?? t('vendors:list.waits')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Everything said and done, oldest first; what the other side said stands apart. */
function Log({ claim: { log, currency } }: { claim: Claim }) {
  const { t } = useTranslation()
  return (
    <ol className="vendor-log">
      {log.map((each) => (
        <li key={each.id} className={each.saidBy === 'vendor' ? 'vendor-theirs' : ''}>
          <strong>{t(`vendors:action.${each.action}`)}</strong>{' '}
          {each.amount === null ? null : <Money amount={each.amount} currency={currency} />}{' '}
          <span className="row-note">
            {[
              each.person
                ? t(`vendors:said.${each.saidBy}`, { name: each.person })
                : each.saidBy === 'vendor'
                  ? t('vendors:said.theirs')
                  : '',
              each.channel ? t(`vendors:channel.${each.channel}`) : '',
              each.actor,
            ]
              .filter(Boolean)
              .join(' · ')}{' '}
            · <Moment at={each.at} />
          </span>
          {each.text ? <p className="vendor-text">{each.text}</p> : null}
        </li>
      ))}
    </ol>
  )
}

/** The notice on paper, in the language the other side reads, and as a table. */
function NoticeDialog({ claim, close }: { claim: Claim; close: () => void }) {
  const { t } = useTranslation()
  const [language, setLanguage] = useState<(typeof paperLanguages)[number]>('zh')
  const save = useMutation({
    mutationFn: () => desk.vendors.noticeFile({ claimId: claim.id }, { context: {} }),
    onSuccess: ({ content, fileName }) => saveFile(content, fileName),
  })
  return (
    <PaperDialog
      title={t('vendors:notice.title', { number: claim.number })}
      paper={{ document: 'vendor_notice', claimId: claim.id, language }}
      revision={claim.version}
      close={close}
    >
      <NoticeKeys onLanguage={setLanguage} onCsv={() => save.mutate()} />
      <RefusalAlert error={save.error} />
      <div className="vendor-acts">
        <Segmented
          aria-label={t('vendors:notice.language')}
          value={language}
          options={paperLanguages.map((value, index) => ({
            value,
            label: (
              <span className="vendor-view">
                {t(`vendors:notice.${value}`)} <KeyCap keys={String(index + 1)} />
              </span>
            ),
          }))}
          onChange={setLanguage}
        />
        <Button loading={save.isPending} aria-keyshortcuts="Alt+X" onClick={() => save.mutate()}>
          {t('vendors:notice.csv')} <KeyCap keys="Alt+X" />
        </Button>
      </div>
    </PaperDialog>
  )
}

function NoticeKeys({
  onLanguage,
  onCsv,
}: {
  onLanguage: (language: (typeof paperLanguages)[number]) => void
  onCsv: () => void
}) {
  const { t } = useTranslation()
  useHotkeys([
    ...paperLanguages.map((value, index) => ({
      keys: String(index + 1),
      label: t(`vendors:notice.${value}`),
      run: () => onLanguage(value),
    })),
    { keys: 'Alt+X', label: t('vendors:notice.csv'), run: onCsv },
  ])
  return null
}
