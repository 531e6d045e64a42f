import { CheckCircleOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ClockTag, DueMoment, sayDuration, sayLeft } from '../ui/clock-tag.tsx'
import { DutyTabs } from '../ui/duty-tabs.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'

type Row = InferClientOutputs<typeof desk>['clocks']['running'][number]

const views = ['forMe', 'overdue', 'due', 'all'] as const
type View = (typeof views)[number]
const keysOf: Record<View, string> = {
  forMe: 'Alt+F',
  overdue: 'Alt+O',
  due: 'Alt+D',
  all: 'Alt+L',
}

/** What of the open cases is late or due, how long it has waited, and at whom it is. */
export default function ClocksPage() {
  const { t } = useTranslation()
  const { operator } = useSession()
  const [query, setQuery] = useSearchParams()
  const view = views.find((each) => each === query.get('view')) ?? 'overdue'
  const show = (next: View) => setQuery({ view: next }, { replace: true })
  const list = useQuery(api.clocks.running.queryOptions({ refetchInterval: 60_000 }))
  useHotkeys(
    views.map((each) => ({
      keys: keysOf[each],
      label: t(`clocks:list.${each}`),
      run: () => show(each),
    })),
  )
  const seen: Record<View, (row: Row) => boolean> = {
    forMe: (row) => isFor(row, operator),
    overdue: (row) => row.overdue > 0,
    due: (row) => row.next?.state === 'soon',
    all: () => true,
  }
  const rows = (list.data ?? []).filter(seen[view])
  return (
    <Page title={t('clocks:list.title')} back="/">
      <PageHeader
        title={t('clocks:list.title')}
        facts={[t('clocks:list.hint')]}
        aside={<DutyTabs current="clocks" />}
      />
      <div className="list-tools duty-views">
        <Segmented
          aria-label={t('clocks:list.which')}
          value={view}
          onChange={(next) => show(next)}
          options={views.map((value) => ({
            value,
            label: (
              <>
                {t(`clocks:list.${value}`)} {(list.data ?? []).filter(seen[value]).length}{' '}
                <KeyCap keys={keysOf[value]} />
              </>
            ),
          }))}
        />
      </div>
      <RefusalAlert error={list.error} />
      {list.data ? <ClockedCases rows={rows} /> : list.error ? null : <LoadingState />}
    </Page>
  )
}

/** The owner's own, and what has climbed to the level of a manager. */
function isFor({ ownerId, told }: Row, operator: { id: number; role: string }): boolean {
  if (operator.role === 'store_manager' && told === 'store_manager') return true
  if (operator.role === 'floor_manager' && told !== null && told !== 'owner') return true
  return ownerId === operator.id && told !== null
}

function ClockedCases({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation()
  if (rows.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={t('clocks:list.none')}
          hint={t('clocks:list.teach')}
        />
      </Panel>
    )
  }
  return (
    <Panel title={t('clocks:list.count', { count: rows.length })}>
      <RowList label={t('clocks:list.title')}>
        {rows.map((row) => (
          <li key={row.caseId}>
            <Link className="row" to={paths.complaint(row.complaintId)}>
              <span className="row-main">
                <span className="row-title">{row.text}</span>
                <span className="row-note">
                  {[
                    row.number,
                    row.floor,
                    row.counter,
                    t('clocks:list.owner', { name: row.ownerName }),
                    t('clocks:list.waited', { time: sayDuration(row.waitedMs, false, t) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <span className="row-side">
                <span>
                  {row.told ? (
                    <>
                      <Tag>
                        {t('clocks:list.atLevel')} {t(`clocks:level.${row.told}`)}
                      </Tag>{' '}
                    </>
                  ) : null}
                  {row.next ? <ClockTag clock={row.next} /> : null}
                </span>
                {row.next ? (
                  <span className="row-note">
                    {row.next.name} · {sayLeft(row.next, t)} · <DueMoment clock={row.next} />
                  </span>
                ) : null}
              </span>
            </Link>
          </li>
        ))}
      </RowList>
    </Panel>
  )
}
