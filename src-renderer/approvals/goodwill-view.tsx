import { GiftOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import type { Goodwill } from './approval.ts'
import { GoodwillDialog } from './goodwill-dialog.tsx'
import '../ui/list-detail.css'

/** What was given away of goodwill today, and what is left of the day. */
export function GoodwillView({ tools }: { tools: ReactNode }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [giving, give] = useState(false)
  const day = useQuery(api.approvals.goodwill.queryOptions())
  const title = t('approvals:title')
  return (
    <Page
      title={title}
      back="/"
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Insert',
              label: t('approvals:goodwill.give'),
              icon: <GiftOutlined />,
              primary: true,
              run: () => give(true),
            },
          ]}
        >
          {day.data && day.data.left !== null ? (
            <>
              {t('approvals:goodwill.left')} <Money amount={day.data.left} size="large" />
            </>
          ) : null}
        </ActionBar>
      }
    >
      <PageHeader title={title} aside={tools} />
      <RefusalAlert error={day.error} retry={day.refetch} />
      {day.isLoading ? <LoadingState /> : null}
      {day.data ? <Day day={day.data} /> : null}
      {giving ? (
        <GoodwillDialog
          onCancel={() => give(false)}
          onDone={() => {
            give(false)
            void message.success(t('approvals:goodwill.given'))
          }}
        />
      ) : null}
    </Page>
  )
}

function Day({ day }: { day: Goodwill }) {
  const { t } = useTranslation()
  return (
    <div className="list-detail">
      <Panel title={t('approvals:goodwill.people')}>
        <ul className="goodwill-people">
          {day.people.map((person) => (
            <li key={person.id}>
              <p className="goodwill-person">
                <strong>{person.name}</strong>
                <span>
                  <Money amount={person.spent} />
                  {person.left === null ? null : (
                    <>
                      {' / '}
                      <Money amount={day.perDay} />
                    </>
                  )}
                </span>
              </p>
              {person.left === null ? null : (
                <meter
                  className="goodwill-meter"
                  min={0}
                  max={Math.max(day.perDay, 1)}
                  value={Math.min(person.spent, day.perDay)}
                  aria-label={t('approvals:goodwill.spentOf', { name: person.name })}
                />
              )}
              <p className="row-note">
                {person.left === null ? (
                  t('approvals:goodwill.noBudget')
                ) : (
                  <>
                    {t('approvals:goodwill.left')} <Money amount={person.left} />
                  </>
                )}
                {person.approved > 0 ? (
                  <>
                    {' · '}
                    {t('approvals:goodwill.approved')} <Money amount={person.approved} />
                  </>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('approvals:goodwill.entries')}>
        {day.entries.length === 0 ? (
          <EmptyState
            small
            icon={<GiftOutlined />}
            title={t('approvals:goodwill.none')}
            hint={t('approvals:goodwill.teach')}
          />
        ) : (
          <ul className="row-list">
            {day.entries.map((entry) => (
              <li key={entry.id} className="row">
                <span className="row-main">
                  <span className="row-title">{entry.what}</span>
                  <span className="row-note">
                    {[entry.toWhom, entry.operator].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <span className="row-side">
                  <Money amount={entry.amount} />
                  <span className="row-note">
                    {entry.approvedBy
                      ? `${t('approvals:goodwill.approvedBy', { name: entry.approvedBy })} · `
                      : null}
                    <Moment at={entry.at} dateless />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}
