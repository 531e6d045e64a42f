import { ToolOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, type desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { OverSwitch } from './over-switch.tsx'

type Row = InferClientOutputs<typeof desk>['actions']['list'][number]

const tones = {
  planned: 'plain',
  done: 'teal',
  effective: 'good',
  ineffective: 'risk',
  cancelled: 'plain',
} as const

/** State of a corrective action; what is late says so. */
export function ActionState({ action }: { action: Pick<Row, 'state' | 'overdue'> }) {
  const { t } = useTranslation()
  if (action.overdue) {
    return (
      <Tag tone="risk">
        {t(action.state === 'done' ? 'radar:action.checkOverdue' : 'radar:action.overdue')}
      </Tag>
    )
  }
  return <Tag tone={tones[action.state]}>{t(`radar:action.state.${action.state}`)}</Tag>
}

/** Corrective actions, each leading to its page. */
export function ActionRows({ actions }: { actions: readonly Row[] }) {
  const { t } = useTranslation()
  if (actions.length === 0) return null
  return (
    <RowList label={t('radar:view.actions')}>
      {actions.map((action) => (
        <li key={action.id}>
          <Link className="row" to={paths.action(action.id)}>
            <span className="row-main">
              <span className="row-title radar-title">{action.title}</span>
              <span className="row-note">
                {[action.number, action.goods, t(`radar:cause.${action.cause}`), action.owner]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <span className="row-side">
              <ActionState action={action} />
              <span className="row-note">
                {action.checkOn ? (
                  <>
                    {t('radar:action.checkOn')} <BusinessDate date={action.checkOn} />
                  </>
                ) : (
                  <>
                    {t('radar:action.dueOn')} <BusinessDate date={action.dueOn} />
                  </>
                )}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </RowList>
  )
}

/** Corrective actions: what is late first. */
export function ActionList({ tabs }: { tabs: ReactNode }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const list = useQuery(api.actions.list.queryOptions({ input: { all } }))
  const title = t('radar:title')
  return (
    <Page title={title} back="/">
      <PageHeader title={title} aside={tabs} facts={[t('radar:hint.actions')]} />
      <OverSwitch label={t('radar:action.withOver')} value={all} onChange={setAll} />
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data?.length === 0 ? (
        <EmptyState
          icon={<ToolOutlined />}
          title={t('radar:empty.actions')}
          hint={t('radar:empty.actionsHint')}
        />
      ) : null}
      {list.data && list.data.length > 0 ? (
        <Panel>
          <ActionRows actions={list.data} />
        </Panel>
      ) : null}
    </Page>
  )
}
