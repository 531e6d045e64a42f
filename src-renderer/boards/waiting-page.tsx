import { CheckCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { Moment } from '../ui/business-date.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'

const tones = {
  call: 'risk',
  orphan: 'risk',
  offer: 'soon',
  unanswered: 'soon',
  second: 'plain',
} as const

/** Cases that wait for whoever is signed in: offered, called for, unanswered, ownerless, or second to somebody. */
export default function WaitingPage() {
  const { t } = useTranslation()
  const list = useQuery(api.boards.waiting.queryOptions())
  return (
    <Page title={t('boards:waiting.title')} back={paths.board()}>
      <PageHeader title={t('boards:waiting.title')} facts={[t('boards:waiting.hint')]} />
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.data ? null : list.error ? null : <LoadingState />}
      {list.data?.length === 0 ? (
        <Panel>
          <EmptyState icon={<CheckCircleOutlined />} title={t('boards:waiting.none')} />
        </Panel>
      ) : null}
      {list.data?.length ? (
        <Panel>
          <RowList label={t('boards:waiting.title')}>
            {list.data.map((row) => (
              <li key={`${row.why}-${row.caseId}`}>
                <Link
                  className="row row-wrap"
                  to={
                    row.complaintId === null
                      ? paths.caseFile(row.caseId)
                      : paths.complaint(row.complaintId)
                  }
                >
                  <span className="row-main">
                    <span className="row-title">{row.text || row.number}</span>
                    <span className="row-note">{row.number}</span>
                  </span>
                  <span className="row-side">
                    <Tag tone={tones[row.why]}>
                      {t(`boards:waiting.why.${row.why}`, { name: row.who })}
                    </Tag>
                    {row.since ? (
                      <span className="row-note">
                        <Moment at={row.since} />
                      </span>
                    ) : null}
                  </span>
                </Link>
              </li>
            ))}
          </RowList>
        </Panel>
      ) : null}
    </Page>
  )
}
