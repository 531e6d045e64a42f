import { CheckOutlined, EditOutlined, ReloadOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { Moment } from '../ui/business-date.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useTongue } from '../ui/use-tongue.ts'
import type { RemedyDialog } from './remedy-tab.tsx'
import { type Investigation, type Settling, useRefresh } from './remedy.ts'
import { ToolButton } from './tool-button.tsx'

export interface RemedyPanelProps {
  complaintId: number
  found: Investigation
  settling: Settling
  /** The complaint is open, the caller may work on it, and no dialog lies over the tab. */
  mayWork: boolean
  ask: (dialog: RemedyDialog) => void
}

/** Facts first, then why it came to this, then what follows from it. */
export function FindingsPanel({ complaintId, found, settling, mayWork, ask }: RemedyPanelProps) {
  const { t } = useTranslation()
  const isOpen = found.state === 'open'
  const nextFact = found.facts.find(({ state }) => state === 'open')
  const left = found.facts.filter(({ state }) => state === 'open').length
  const refresh = useRefresh(() => undefined)
  const decide = useCommand(desk.investigations.decide, { onDone: refresh })
  const isLive = settling.settlements.some(({ state }) =>
    ['offered', 'declined', 'escalated', 'agreed'].includes(state),
  )
  return (
    <Panel
      title={
        <>
          {t('settlements:findings.title')}{' '}
          {isOpen ? (
            <Tag tone="soon">
              {left > 0
                ? t('settlements:findings.open', { count: left })
                : t('settlements:findings.ready')}
            </Tag>
          ) : (
            <Tag tone="good">{t('settlements:findings.decided')}</Tag>
          )}
        </>
      }
      extra={
        <span className="panel-tools">
          <ToolButton
            keys="Alt+F"
            label={t('settlements:findings.nextFact')}
            icon={<SearchOutlined />}
            primary={nextFact !== undefined}
            when={mayWork && isOpen && nextFact !== undefined}
            run={() => nextFact && ask({ name: 'fact', fact: nextFact.id })}
          />
          <ToolButton
            keys="Alt+W"
            label={t('settlements:findings.write')}
            icon={<EditOutlined />}
            primary={nextFact === undefined && found.missing.length > 0}
            when={mayWork && isOpen}
            run={() => ask({ name: 'finding' })}
          />
          <ToolButton
            keys="Alt+D"
            label={t('settlements:findings.decide')}
            icon={<CheckOutlined />}
            primary
            when={mayWork && isOpen && found.missing.length === 0 && !decide.isPending}
            run={() => decide.mutate({ complaintId, version: found.version })}
          />
          <ToolButton
            keys="Alt+D"
            label={t('settlements:findings.reopen')}
            icon={<ReloadOutlined />}
            when={mayWork && !isOpen && !isLive}
            run={() => ask({ name: 'reopen' })}
          />
        </span>
      }
    >
      <RefusalAlert error={decide.error} />
      {isOpen ? (
        <FactList {...{ found, mayWork, ask }} />
      ) : (
        <details className="older">
          <summary>{t('settlements:findings.allFacts', { count: found.facts.length })}</summary>
          <FactList {...{ found, mayWork, ask }} />
        </details>
      )}
      <Cause found={found} />
    </Panel>
  )
}

function FactList({ found, mayWork, ask }: Pick<RemedyPanelProps, 'found' | 'mayWork' | 'ask'>) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const isOpen = found.state === 'open'
  return (
    <ul className="fact-list" aria-label={t('settlements:findings.facts')}>
      {found.facts.map((fact) => (
        <li key={fact.id} className={`fact fact-${fact.state}`}>
          <span className="fact-mark" aria-hidden="true">
            {fact.state === 'settled' ? '✓' : fact.state === 'skipped' ? '–' : ''}
          </span>
          <div className="fact-main">
            <p className="fact-name">
              {fact.names[tongue]}
              {fact.state === 'skipped' ? <Tag>{t('settlements:findings.skipped')}</Tag> : null}
            </p>
            {fact.text ? <p className="fact-text">{fact.text}</p> : null}
            {fact.at ? (
              <p className="row-note">
                {fact.by} · <Moment at={fact.at} />
              </p>
            ) : null}
          </div>
          {mayWork && isOpen ? (
            <Button
              size="small"
              type="text"
              aria-label={`${t(`settlements:findings.${fact.state === 'open' ? 'settle' : 'change'}`)}：${fact.names[tongue]}`}
              onClick={() => ask({ name: 'fact', fact: fact.id })}
            >
              {t(`settlements:findings.${fact.state === 'open' ? 'settle' : 'change'}`)}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Cause({ found }: { found: Investigation }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const causes = useQuery(api.investigations.causes.queryOptions({ staleTime: Infinity }))
  const { cause, analysis, fault, finding, opinion, decidedAt, decidedBy } = found
  const name = causes.data?.find(({ id }) => id === cause)?.names[tongue] ?? cause
  if (cause === '' && analysis === '' && fault === null && finding === null) return null
  const rows = [
    ['cause', name],
    ['analysis', analysis],
    ['fault', fault && t(`settlements:fault.${fault}`)],
    ['finding', finding && t(`settlements:finding.${finding}`)],
    ['opinion', opinion],
  ] as const
  return (
    <>
      <dl className="facts-list remedy-facts">
        {rows.map(([key, value]) =>
          value ? (
            <div key={key}>
              <dt>{t(`settlements:findings.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {decidedAt ? (
        <p className="row-note">
          {t('settlements:findings.decidedBy', { name: decidedBy ?? '' })} ·{' '}
          <Moment at={decidedAt} />
        </p>
      ) : null}
    </>
  )
}
