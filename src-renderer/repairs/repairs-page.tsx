import { MobileOutlined, PlusOutlined, ToolOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { InferClientOutputs } from '@orpc/client'
import type { ReactNode } from 'react'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { PaperKey } from '../ui/paper-key.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import type { RepairRow } from './repair.ts'
import { Axes } from './steps.tsx'
import './repairs.css'

const views = ['open', 'ready', 'away', 'undecided', 'overdue', 'unclaimed', 'closed'] as const
type View = (typeof views)[number]

/** Every repair by where it stands: one digit each; what is late comes first. */
export default function RepairsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [query, setQuery] = useSearchParams()
  const view = views.find((each) => each === query.get('view')) ?? 'open'
  return (
    <Page
      title={t('repairs:list.title')}
      back="/"
      footer={
        <ActionBar
          actions={[
            {
              keys: 'F7',
              label: t('repairs:list.newElsewhere'),
              icon: <PlusOutlined />,
              primary: true,
              run: () => void navigate(paths.newRepair({})),
            },
            {
              keys: 'Alt+L',
              label: t('repairs:list.loanUnits'),
              icon: <MobileOutlined />,
              run: () => void navigate(paths.loanUnits()),
            },
          ]}
        >
          {t('repairs:list.hint')}
        </ActionBar>
      }
    >
      <PageHeader
        title={t('repairs:list.title')}
        aside={
          <PaperKey
            keys="F9"
            label={t('repairs:list.print')}
            title={t('repairs:list.paper')}
            paper={{ document: 'repair_list' }}
          />
        }
      />
      <div className="repair-views" role="group" aria-label={t('repairs:list.view')}>
        <KeyChoices<View>
          legend={null}
          choices={views.map((value, index) => ({
            keys: String(index + 1),
            value,
            label: t(`repairs:list.views.${value}`),
          }))}
          value={view}
          onChoose={(next) => setQuery(next === 'open' ? {} : { view: next }, { replace: true })}
        />
      </div>
      {view === 'overdue' ? (
        <OverdueList />
      ) : view === 'unclaimed' ? (
        <UnclaimedList />
      ) : (
        <RepairList key={view} view={view} />
      )}
    </Page>
  )
}

interface ListFrameProps<Row> {
  view: View
  list: { data: readonly Row[] | undefined; error: unknown; refetch: () => unknown }
  children: (row: Row) => ReactNode
}

/** Loading, refused, empty or full: the same for every list. */
function ListFrame<Row>({ view, list, children }: ListFrameProps<Row>) {
  const { t } = useTranslation()
  if (list.error) return <RefusalAlert error={list.error} retry={list.refetch} />
  if (!list.data) return <LoadingState />
  if (list.data.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={<ToolOutlined />}
          title={t(`repairs:list.noneOf.${view}`)}
          hint={t('repairs:list.teach')}
        />
      </Panel>
    )
  }
  return (
    <Panel title={t('repairs:list.count', { count: list.data.length })}>
      <RowList label={t(`repairs:list.views.${view}`)}>{list.data.map(children)}</RowList>
    </Panel>
  )
}

const isLate = (row: RepairRow) => row.overdue || row.promiseOverdue

function RepairList({ view }: { view: Exclude<View, 'overdue' | 'unclaimed'> }) {
  const list = useQuery(api.repairs.list.queryOptions({ input: { state: view } }))
  const data = list.data?.toSorted((a, b) => Number(isLate(b)) - Number(isLate(a)))
  return (
    <ListFrame view={view} list={{ ...list, data }}>
      {(row) => (
        <li key={row.id}>
          <RepairLine row={row} />
        </li>
      )}
    </ListFrame>
  )
}

function RepairLine({ row }: { row: RepairRow }) {
  const { t } = useTranslation()
  const [first] = row.goods
  return (
    <Link className="row" to={paths.repair(row.id)}>
      <span className="row-main">
        <span className="row-title">
          {row.goods.map(({ name }) => name).join(t('repairs:and'))}
        </span>
        <span className="row-note">
          {[row.number, row.customer, row.phoneMasked, first?.holder].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="row-side">
        <span className="repair-row-tags">
          {row.overdue ? <Tag tone="risk">{t('repairs:list.overdue')}</Tag> : null}
          {row.promiseOverdue ? <Tag tone="risk">{t('repairs:list.promiseOver')}</Tag> : null}
          {row.loansOut > 0 ? <Tag>{t('repairs:list.loans', { count: row.loansOut })}</Tag> : null}
          {first ? <Axes item={first} /> : null}
        </span>
        <span className="row-note">
          {row.due > 0 ? (
            <>
              <Money amount={row.due} />
              {' · '}
            </>
          ) : null}
          {row.ownerName}
          {row.promiseDueAt ? (
            <>
              {' · '}
              <DueDay at={row.promiseDueAt} />
            </>
          ) : null}
        </span>
      </span>
    </Link>
  )
}

function DueDay({ at }: { at: string }) {
  const { timeZone } = useStore()
  const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(at))
  return <BusinessDate date={day} distance="left" />
}

function OverdueList() {
  const { t, i18n } = useTranslation()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  const list = useQuery(api.repairs.overdue.queryOptions())
  return (
    <ListFrame view="overdue" list={list}>
      {(row) => (
        <li key={`${row.itemId}-${row.ruleId}-${row.kind}`}>
          <Link className="row" to={paths.repair(row.repairId)}>
            <span className="row-main">
              <span className="row-title">{row.name}</span>
              <span className="row-note">
                {[row.number, row.holder, row.text[tongue]].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="row-side">
              <Tag tone={row.daysOver > 0 ? 'risk' : 'soon'}>{lateWords(row, t)}</Tag>
              <span className="row-note">
                {t('repairs:one.limit', { days: row.days, taken: row.taken })}
              </span>
            </span>
          </Link>
        </li>
      )}
    </ListFrame>
  )
}

type OverdueRow = InferClientOutputs<typeof desk>['repairs']['overdue'][number]

function lateWords({ daysOver }: OverdueRow, t: ReturnType<typeof useTranslation>['t']): string {
  if (daysOver === 0) return t('repairs:list.today')
  return daysOver > 0
    ? t('repairs:list.daysOver', { count: daysOver })
    : t('repairs:list.daysLeft', { count: -daysOver })
}

function UnclaimedList() {
  const { t, i18n } = useTranslation()
  const { currency } = useStore()
  const list = useQuery(api.repairs.unclaimed.queryOptions())
  return (
    <ListFrame view="unclaimed" list={list}>
      {(row) => (
        <li key={row.repairId}>
          <Link className="row" to={paths.repair(row.repairId)}>
            <span className="row-main">
              <span className="row-title">{row.goods}</span>
              <span className="row-note">
                {[row.number, row.customer, row.phoneMasked].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="row-side">
              <Tag tone="soon">{t('repairs:list.waited', { count: row.days })}</Tag>
              <span className="row-note">
                {row.storageFee > 0
                  ? `${t('repairs:list.fee', { fee: formatMoney(row.storageFee, currency, i18n.language) })} · `
                  : ''}
                {row.remindedOn ? (
                  <>
                    {t('repairs:list.reminded')} <BusinessDate date={row.remindedOn} />
                  </>
                ) : (
                  t('repairs:list.notReminded')
                )}
              </span>
            </span>
          </Link>
        </li>
      )}
    </ListFrame>
  )
}
