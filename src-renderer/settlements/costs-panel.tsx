import {
  ClockCircleOutlined,
  ExperimentOutlined,
  PieChartOutlined,
  WalletOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { RemedyPanelProps } from './findings-panel.tsx'
import { type Investigation, useRefresh } from './remedy.ts'
import { ToolButton } from './tool-button.tsx'

type Entry = { type: 'certificate' | 'outlay'; id: number; what: string }

/** What the case costs: tests and who pays them, what the customer paid and went through, who is liable for how much. */
export function CostsPanel({ found, mayWork, ask }: RemedyPanelProps) {
  const { t } = useTranslation()
  const [taking, take] = useState<Entry | null>(null)
  const { certificates, outlays, effort, split } = found
  const isEmpty =
    certificates.length === 0 && outlays.length === 0 && effort.entries.length === 0 && !split
  const tools = [
    ['Alt+C', 'certificate', <ExperimentOutlined key="icon" />],
    ['Alt+X', 'outlay', <WalletOutlined key="icon" />],
    ['Alt+V', 'effort', <ClockCircleOutlined key="icon" />],
    ['Alt+S', 'split', <PieChartOutlined key="icon" />],
  ] as const
  return (
    <Panel
      title={t('settlements:costs.title')}
      extra={
        <span className="panel-tools">
          {tools.map(([keys, name, icon]) => (
            <ToolButton
              key={name}
              keys={keys}
              label={t(`settlements:costs.${name}`)}
              icon={icon}
              when={mayWork && taking === null}
              run={() => ask({ name })}
            />
          ))}
        </span>
      }
    >
      {isEmpty ? <p className="row-note">{t('settlements:costs.none')}</p> : null}
      <ul className="case-parts">
        {certificates.map((each) => (
          <li key={`certificate-${each.id}`} className={each.voided ? 'entry-void' : undefined}>
            <p className="entry-head">
              <strong>
                {each.laboratory} {each.number}
              </strong>
              <Tag tone={each.result === 'fault' ? 'risk' : 'plain'}>
                {t(`settlements:result.${each.result}`)}
              </Tag>
              <TakeBack
                shown={mayWork && !each.voided}
                entry={{ type: 'certificate', id: each.id, what: each.number }}
                take={take}
              />
            </p>
            <p className="row-note">
              <BusinessDate date={each.testedOn} /> · {t('settlements:costs.fee')}{' '}
              <Money amount={each.fee} currency={each.currency} /> ·{' '}
              {t(`settlements:costs.laidOut.${each.paidBy}`)} ·{' '}
              {t(`settlements:costs.bears.${each.bearer}`)}
            </p>
            {each.byCustomer > 0 ? (
              <p className="row-note">
                {t('settlements:costs.byCustomer')} <Money amount={each.byCustomer} />
              </p>
            ) : null}
            {each.summary ? <p className="fact-text">{each.summary}</p> : null}
            <Voided of={each} />
          </li>
        ))}
        {outlays.map((each) => (
          <li key={`outlay-${each.id}`} className={each.voided ? 'entry-void' : undefined}>
            <p className="entry-head">
              <strong>{t(`settlements:outlay.${each.kind}`)}</strong> {each.what}
              <Money amount={each.amount} currency={each.currency} />
              {each.paidBack ? (
                <Tag tone="good">
                  {t('settlements:costs.paidBack')} {each.paidBack}
                </Tag>
              ) : null}
              <TakeBack
                shown={mayWork && !each.voided && each.certificateId === null}
                entry={{ type: 'outlay', id: each.id, what: each.what }}
                take={take}
              />
            </p>
            <p className="row-note">
              {t('settlements:costs.byHim')} · <BusinessDate date={each.paidOn} />
            </p>
            <Voided of={each} />
          </li>
        ))}
      </ul>
      {effort.entries.length > 0 || effort.signatures > 0 ? (
        <p className="effort">
          {t('settlements:costs.effortSum', {
            visits: effort.visits,
            calls: effort.calls,
            minutes: effort.minutes,
            signatures: effort.signatures,
          })}
        </p>
      ) : null}
      <Liability split={split} />
      <TakeBackDialog entry={taking} close={() => take(null)} />
    </Panel>
  )
}

function Voided({ of }: { of: { voided: { reason: string; by: string } | null } }) {
  const { t } = useTranslation()
  return of.voided ? (
    <p className="row-note">{t('settlements:costs.voided', { ...of.voided })}</p>
  ) : null
}

function TakeBack({
  shown,
  entry,
  take,
}: {
  shown: boolean
  entry: Entry
  take: (entry: Entry) => void
}) {
  const { t } = useTranslation()
  return shown ? (
    <Button
      size="small"
      type="text"
      aria-label={`${t('settlements:costs.takeBack')}：${entry.what}`}
      onClick={() => take(entry)}
    >
      {t('settlements:costs.takeBack')}
    </Button>
  ) : null
}

function TakeBackDialog({ entry, close }: { entry: Entry | null; close: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefresh(close)
  const certificate = useCommand(desk.investigations.voidCertificate, { onDone: refresh })
  const outlay = useCommand(desk.investigations.voidOutlay, { onDone: refresh })
  return (
    <ReasonDialog
      open={entry !== null}
      danger
      title={t('settlements:costs.takeBack')}
      hint={entry?.what ?? ''}
      label={t('settlements:reason')}
      confirmLabel={t('settlements:costs.takeBack')}
      error={certificate.error ?? outlay.error}
      busy={certificate.isPending || outlay.isPending}
      onCancel={close}
      onReason={(reason) => {
        if (entry?.type === 'certificate') {
          certificate.mutate({ certificateId: entry.id, reason })
        } else if (entry) outlay.mutate({ outlayId: entry.id, reason })
      }}
    />
  )
}

function Liability({ split }: { split: Investigation['split'] }) {
  const { t } = useTranslation()
  if (!split) return null
  return (
    <table className="remedy-table">
      <caption>
        {t('settlements:costs.liability')} <Money amount={split.total} currency={split.currency} />
      </caption>
      <tbody>
        {split.shares.map(({ party, name, amount }) => (
          <tr key={`${party} ${name}`}>
            <th scope="row">
              {t(`settlements:party.${party}`)} {name}
            </th>
            <td className="num">
              <Money amount={amount} currency={split.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
