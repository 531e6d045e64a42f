import { BulbOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { Moment } from '../ui/business-date.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'

/** What contacts taught about customers: of the customer of a case, or of everybody, newest first. */
export function Learnt({ caseId }: { caseId: number | null }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(
    api.followups.learnt.infiniteOptions({
      input: (before: number | null) => ({ caseId, before }),
      initialPageParam: null as number | null,
      getNextPageParam: ({ before }) => before ?? undefined,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows)
  if (caseId !== null && rows?.length === 0) return null
  return (
    <>
      <Panel title={t('followups:learnt.title')}>
        <RefusalAlert error={list.error} />
        {rows ? null : list.error ? null : <LoadingState />}
        {rows?.length === 0 ? (
          <EmptyState
            icon={<BulbOutlined />}
            title={t('followups:learnt.none')}
            hint={t('followups:learnt.teach')}
          />
        ) : null}
        <ul className="case-parts">
          {rows?.map((row) => (
            <li key={row.id}>
              <Link to={paths.caseFile(row.caseId)}>{row.number}</Link>{' '}
              {row.about ? <Tag>{t(`followups:about.${row.about}`)}</Tag> : null}
              <p className="part-note">{row.text}</p>
              <p className="row-note part-note">
                {row.by} · <Moment at={row.at} />
              </p>
            </li>
          ))}
        </ul>
      </Panel>
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
    </>
  )
}
