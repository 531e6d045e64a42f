import {
  CheckCircleOutlined,
  FileTextOutlined,
  MessageOutlined,
  PlusOutlined,
  StopOutlined,
} from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paths } from '../app/paths.ts'
import { Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { Tag } from '../ui/tag.tsx'
import type { RemedyPanelProps } from './findings-panel.tsx'
import type { LedgerEntry, Settlement, SettlementItem, Settling } from './remedy.ts'
import { TimerTag } from './timer-tag.tsx'
import { ToolButton } from './tool-button.tsx'

const stateTones = {
  offered: 'teal',
  declined: 'soon',
  escalated: 'risk',
  agreed: 'teal',
  executed: 'good',
  failed: 'risk',
  void: 'plain',
} as const

/** What is proposed, what the customer says to it, and what of it is carried out. */
export function SettlementPanel(props: RemedyPanelProps) {
  const { settling, mayWork, ask } = props
  const { t } = useTranslation()
  const [latest, ...older] = settling.settlements
  const isOver = !latest || ['executed', 'failed', 'void'].includes(latest.state)
  const mayPropose = mayWork && settling.ready && (isOver || latest.may.propose)
  const agreed = latest?.options.find((option) => option.agreed)
  const next = agreed?.items.find(({ execution }) => execution === null)
  return (
    <Panel
      title={t('settlements:plan.title')}
      extra={
        <span className="panel-tools">
          <ToolButton
            keys="Alt+N"
            label={t(`settlements:plan.${isOver ? 'propose' : 'again'}`)}
            icon={<PlusOutlined />}
            primary={latest?.state !== 'executed'}
            when={mayPropose}
            run={() => ask({ name: 'propose' })}
          />
          <ToolButton
            keys="Alt+Y"
            label={t('settlements:plan.answer')}
            icon={<MessageOutlined />}
            primary
            when={mayWork && (latest?.may.answer ?? false)}
            run={() => ask({ name: 'answer' })}
          />
          <ToolButton
            keys="Alt+M"
            label={t('settlements:plan.execute')}
            icon={<CheckCircleOutlined />}
            primary
            when={mayWork && (latest?.may.execute ?? false) && next !== undefined}
            run={() => next && ask({ name: 'execute', itemId: next.id })}
          />
          <ToolButton
            keys="Alt+B"
            label={t('settlements:plan.slip')}
            icon={<FileTextOutlined />}
            when={agreed !== undefined}
            run={() =>
              latest &&
              ask({
                name: 'paper',
                paper: { document: 'settlement_slip', settlementId: latest.id },
              })
            }
          />
          <ToolButton
            keys="Alt+Z"
            label={t('settlements:plan.giveUp')}
            icon={<StopOutlined />}
            when={mayWork && (latest?.may.giveUp ?? false)}
            run={() => ask({ name: 'give_up' })}
          />
          <ToolButton
            keys="Alt+K"
            label={t('settlements:plan.void')}
            when={mayWork && (latest?.may.void ?? false)}
            run={() => ask({ name: 'void' })}
          />
        </span>
      }
    >
      {latest ? (
        <SettlementView {...props} settlement={latest} />
      ) : (
        <p className="row-note">
          {t(settling.ready ? 'settlements:plan.none' : 'settlements:plan.factsFirst')}
        </p>
      )}
      {older.length > 0 ? (
        <details className="older">
          <summary>{t('settlements:plan.older', { count: older.length })}</summary>
          {older.map((each) => (
            <SettlementView key={each.id} {...props} mayWork={false} settlement={each} />
          ))}
        </details>
      ) : null}
    </Panel>
  )
}

function SettlementView({
  settlement,
  settling,
  mayWork,
  ask,
}: RemedyPanelProps & { settlement: Settlement }) {
  const { t } = useTranslation()
  const { state, round, level } = settlement
  const isNo = state === 'escalated' || state === 'failed'
  return (
    <article className="settlement" aria-label={settlement.number}>
      <p className="entry-head">
        <strong>{settlement.number}</strong>
        <Tag tone={stateTones[state]}>{t(`settlements:state.${state}`)}</Tag>
        {settlement.timer ? <TimerTag timer={settlement.timer} /> : null}
      </p>
      <p className="row-note">
        {t('settlements:plan.round', { round })} · {settlement.proposedBy} ·{' '}
        <Moment at={settlement.proposedAt} /> · {t('settlements:plan.approved')}{' '}
        <Money amount={settlement.approved} currency={settlement.currency} />
        {settlement.approvedBy
          ? ` · ${t('settlements:plan.approvedBy', { name: settlement.approvedBy })}`
          : ''}
      </p>
      {isNo ? (
        <Alert
          type="warning"
          showIcon
          title={
            state === 'escalated'
              ? t('settlements:plan.escalatedHint', { role: t(`app:role.${level}`) })
              : t('settlements:plan.failedHint')
          }
        />
      ) : null}
      {settlement.options
        .filter((option) => option.agreed || option.round === round)
        .filter((option) => settlement.agreedAt === null || option.agreed)
        .map((option) => (
          <div key={option.id} className={option.agreed ? 'option option-agreed' : 'option'}>
            <p className="entry-head">
              <strong>
                {option.agreed ? '✓ ' : `${option.no}. `}
                {option.title}
              </strong>
              {option.total > 0 ? (
                <Money amount={option.total} currency={settlement.currency} />
              ) : null}
            </p>
            <ul className="option-items">
              {option.items.map((item) => (
                <ItemLine
                  key={item.id}
                  item={item}
                  settling={settling}
                  settlement={settlement}
                  mayWork={mayWork}
                  ask={ask}
                />
              ))}
            </ul>
          </div>
        ))}
      {settlement.answers.length > 0 ? (
        <ul className="answers" aria-label={t('settlements:plan.answers')}>
          {settlement.answers.map((each) => (
            <li key={each.round} className="row-note">
              {t('settlements:plan.round', { round: each.round })}：
              {t(`settlements:answer.${each.accepts ? 'accepts' : 'declines'}`)} ·{' '}
              {t(`complaints:channel.${each.channel}`)} · {each.by} · <Moment at={each.at} />
              {each.signed ? ` · ${t('settlements:answer.signed')}` : ''}
              {each.words ? `：${each.words}` : ''}
            </li>
          ))}
        </ul>
      ) : null}
      {settlement.executor ? (
        <p className="row-note">
          {t('settlements:plan.executor', { name: settlement.executor.name })}
        </p>
      ) : null}
      {settlement.closeReason ? <p className="row-note">{settlement.closeReason}</p> : null}
    </article>
  )
}

interface ItemLineProps extends Pick<RemedyPanelProps, 'mayWork' | 'ask'> {
  item: SettlementItem
  settlement: Settlement
  settling: Settling
}

function ItemLine({ item, settlement, settling, mayWork, ask }: ItemLineProps) {
  const { t } = useTranslation()
  const { execution } = item
  const entry = settling.ledger.find(({ number }) => number === execution?.proofNumber)
  const isAgreed = settlement.agreedAt !== null
  return (
    <li className="option-item">
      <span className="fact-mark" aria-hidden="true">
        {execution ? '✓' : ''}
      </span>
      <div className="fact-main">
        <p className="entry-head">
          {t(`settlements:kind.${item.kind}`)}
          {item.what ? ` · ${item.what}` : ''}
          {item.amount > 0 ? <Money amount={item.amount} currency={settlement.currency} /> : null}
        </p>
        <p className="row-note">
          {item.payHow ? `${t(`settlements:pay.${item.payHow}`)} · ` : ''}
          {t('settlements:plan.borneBy', {
            party: [t(`settlements:party.${item.borneBy}`), item.borneName]
              .filter(Boolean)
              .join(' '),
          })}
        </p>
        {execution ? (
          <p className="row-note">
            {execution.proofNumber || execution.note} · {execution.by} ·{' '}
            <Moment at={execution.at} />
            {entry ? <Paid entry={entry} /> : null}
          </p>
        ) : null}
      </div>
      {isAgreed && !execution && mayWork && settlement.may.execute ? (
        <Button size="small" onClick={() => ask({ name: 'execute', itemId: item.id })}>
          {t('settlements:plan.executeOne')}
        </Button>
      ) : null}
      {execution && mayWork && settlement.may.undo ? (
        <Button size="small" type="text" onClick={() => ask({ name: 'undo', itemId: item.id })}>
          {t('settlements:plan.undo')}
        </Button>
      ) : null}
    </li>
  )
}

/** Where the money is: told to the till, or on a voucher. */
function Paid({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation()
  const { instruction, voucher, voided } = entry
  if (voided) return <> · {t('settlements:ledger.voided')}</>
  if (voucher) {
    return (
      <>
        {' '}
        · <Link to={paths.voucher(voucher.id)}>{voucher.number}</Link>
      </>
    )
  }
  if (!instruction) return null
  return (
    <>
      {' '}
      · {instruction.number} · {t(`settlements:instruction.${instruction.state}`)}
    </>
  )
}
