import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  FrownOutlined,
  PhoneOutlined,
  StopOutlined,
} from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import { type Outcome, outcomes } from '../../src-main/followups/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { SatisfactionText, useWords } from '../ui/closing-fields.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { FollowUpState } from './follow-up-state.tsx'
import { Learnt } from './learnt.tsx'
import { OutcomeDialog } from './outcome-dialog.tsx'
import './followups.css'

export type OpenFollowUp = InferClientOutputs<typeof desk>['followups']['open']

const icons: Record<Outcome, React.ReactNode> = {
  content: <CheckCircleOutlined />,
  not_content: <FrownOutlined />,
  no_answer: <PhoneOutlined />,
  wrong_number: <CloseCircleOutlined />,
  not_to_be_called: <StopOutlined />,
  postponed: <ClockCircleOutlined />,
}

/** One customer's turn: what was said, promised and done, what to ask, and what came of it by one digit. */
export default function CallPage() {
  const { t } = useTranslation()
  const followUpId = Number(useParams()['followUpId']) || 0
  const open = useQuery(api.followups.open.queryOptions({ input: { followUpId } }))
  if (open.data) return <CallView key={open.data.id} row={open.data} />
  return (
    <Page title={t('followups:title')} back={paths.followUps()}>
      {open.error ? <RefusalAlert error={open.error} /> : <LoadingState />}
    </Page>
  )
}

function CallView({ row }: { row: OpenFollowUp }) {
  const { t } = useTranslation()
  const say = useWords()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { may } = useSession()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const reveal = useCommand(desk.followups.revealPhone)
  const isWaiting = row.state === 'waiting' && may('complaints.record')
  const canCall = isWaiting && row.reachable && !row.banned
  const done = (complaintId: number | null, nextAt: string | null) => {
    setOutcome(null)
    if (complaintId !== null) {
      void navigate(paths.complaint(complaintId), { replace: true })
      return
    }
    void message.success(t(nextAt === null ? 'followups:call.done' : 'followups:call.again'))
    void navigate(paths.followUps(), { replace: true })
  }
  return (
    <Page
      title={`${t('followups:title')} ${row.number}`}
      back={paths.followUps()}
      footer={
        isWaiting ? (
          <ActionBar
            actions={[
              {
                keys: 'Alt+N',
                label: t('followups:call.show'),
                icon: <PhoneOutlined />,
                primary: !reveal.data,
                busy: reveal.isPending,
                ...(canCall ? {} : { unless: t('followups:call.nobody') }),
                run: () => reveal.mutate({ followUpId: row.id }),
              },
              ...outcomes.map((each, at) => ({
                keys: String(at + 1),
                label: t(`followups:outcome.${each}`),
                icon: icons[each],
                run: () => setOutcome(each),
              })),
            ]}
          />
        ) : undefined
      }
    >
      <PageHeader
        title={
          <>
            {t(`followups:purpose.${row.purpose}`)} · {row.name || t('followups:nameless')}
          </>
        }
        mark={<FollowUpState row={row} />}
        facts={[
          <strong key="phone" className={reveal.data ? 'followup-phone' : undefined}>
            {reveal.data?.phone ?? (row.phoneMasked || t('followups:call.noNumber'))}
          </strong>,
          say(row.planName),
          row.steps > 1 ? t('followups:step', { step: row.step, steps: row.steps }) : null,
          t(`followups:channel.${row.channel}`),
          row.ownerName,
          row.floor,
        ]}
      />
      <RefusalAlert error={reveal.error} />
      <Notice row={row} />
      <div className="complaint-columns">
        <Story row={row} />
        <div>
          <Panel title={t('followups:call.ask')}>
            <ul className="followup-ask">
              {row.ask.map((each) => (
                <li key={each.zh}>{say(each)}</li>
              ))}
            </ul>
            {row.reason ? <p className="row-note">{row.reason}</p> : null}
          </Panel>
          {row.history.length > 0 ? (
            <Panel title={t('followups:call.history')}>
              <Tries row={row} />
            </Panel>
          ) : null}
          <Learnt caseId={row.caseId} />
        </div>
      </div>
      {outcome ? (
        <OutcomeDialog row={row} outcome={outcome} close={() => setOutcome(null)} done={done} />
      ) : null}
    </Page>
  )
}

/** Why nobody is called now, where that is so. */
function Notice({ row }: { row: OpenFollowUp }) {
  const { t } = useTranslation()
  if (row.state !== 'waiting') {
    const why = [t(`followups:result.${row.result}`), row.endNote].filter(Boolean).join('：')
    return <p className="followup-notice">{t('followups:call.over', { why })}</p>
  }
  if (!row.reachable) return <p className="followup-notice">{t('followups:call.gone')}</p>
  if (row.banned) return <p className="followup-notice">{t('followups:call.banned')}</p>
  if (row.callable) return null
  return (
    <p className="followup-notice">
      {t('followups:quietUntil')} <Moment at={row.callableAt} />
    </p>
  )
}

function Story({ row }: { row: OpenFollowUp }) {
  const { t } = useTranslation()
  const link = row.complaintId ? paths.complaint(row.complaintId) : paths.caseFile(row.caseId)
  return (
    <div>
      <Panel title={t('followups:call.said')} extra={<Link to={link}>{row.number}</Link>}>
        <p className="complaint-text">{row.said || row.reason || t('followups:call.nothing')}</p>
      </Panel>
      <Panel title={t('followups:call.promised')}>
        {row.promises.length === 0 ? (
          <p className="row-note">{t('followups:call.noPromise')}</p>
        ) : (
          <ul className="case-parts">
            {row.promises.map((each) => (
              <li key={`${each.dueAt} ${each.text}`}>
                {each.text}{' '}
                <Tag
                  tone={each.state === 'kept' ? 'good' : each.state === 'broken' ? 'risk' : 'soon'}
                >
                  {t(`promises:state.${each.state}`)}
                </Tag>
                <p className="row-note part-note">
                  <Moment at={each.dueAt} />
                </p>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t('followups:call.did')}>
        <p className="complaint-text">{row.solution || t('followups:call.nothing')}</p>
        <p className="row-note">
          {row.solvedAt ? <Moment at={row.solvedAt} /> : null}{' '}
          {row.complaintOpen ? <Tag tone="soon">{t('followups:call.openAgain')}</Tag> : null}
        </p>
      </Panel>
    </div>
  )
}

/** Every try so far, with what was said. */
export function Tries({ row }: { row: Pick<OpenFollowUp, 'history'> }) {
  const { t } = useTranslation()
  return (
    <ul className="case-parts">
      {row.history.map((each) => (
        <li key={each.no}>
          {t(`followups:outcome.${each.outcome}`)}
          {each.points === null ? null : (
            <>
              {' · '}
              <SatisfactionText
                value={{ answer: 'given', points: each.points, reason: each.reason, note: '' }}
                satisfied={null}
              />
            </>
          )}
          <p className="row-note part-note">
            {each.by} · <Moment at={each.at} />
            {each.nextAt ? (
              <>
                {' → '}
                <Moment at={each.nextAt} />
              </>
            ) : null}
          </p>
          {each.note ? <p className="part-note">{each.note}</p> : null}
        </li>
      ))}
    </ul>
  )
}
