import { FilterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import type { InferClientOutputs } from '@orpc/client'
import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { complaintClasses } from '../../src-main/complaints/contract.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { useStore } from '../ui/store-context.ts'
import { useTongue } from '../ui/use-tongue.ts'
import {
  type Asked,
  type FilterName,
  type PeriodName,
  periods,
  writeCompared,
} from './report-address.ts'

export type CatalogEntry = InferClientOutputs<typeof desk>['reports']['catalog'][number]

interface ToolsProps {
  asked: Asked
  report: CatalogEntry
  change: (next: Record<string, string | null>) => void
}

const periodNames = Object.keys(periods) as PeriodName[]

/** Period, view, comparison and what a report is narrowed to. */
export function ReportTools({ asked, report, change }: ToolsProps) {
  const isNarrowed = Object.keys(asked.params.filters ?? {}).length
  const [isOpen, setOpen] = useState(isNarrowed > 0)
  return (
    <div className="report-tools-bar">
      <PeriodTools asked={asked} change={change} />
      <div className="list-tools">
        <Days
          from={asked.params.from}
          to={asked.params.to}
          onChange={(period) => change(period)}
          label="report-screen:edge"
        />
        <ViewTool asked={asked} report={report} change={change} />
        <CompareTool asked={asked} change={change} />
        <FilterSwitch count={isNarrowed} isOpen={isOpen} onTurn={() => setOpen(!isOpen)} />
      </div>
      {isOpen ? (
        <div className="list-tools">
          <Filters asked={asked} report={report} change={change} />
        </div>
      ) : null}
    </div>
  )
}

interface FilterSwitchProps {
  count: number
  isOpen: boolean
  onTurn: () => void
}

function FilterSwitch({ count, isOpen, onTurn }: FilterSwitchProps) {
  const { t } = useTranslation()
  const label = count > 0 ? t('report-screen:narrowed', { count }) : t('report-screen:narrow')
  useHotkeys([{ keys: 'Alt+F', label: t('report-screen:narrow'), run: onTurn }])
  return (
    <Button
      icon={<FilterOutlined />}
      aria-expanded={isOpen}
      aria-keyshortcuts="Alt+F"
      onClick={onTurn}
    >
      {label} <KeyCap keys="Alt+F" />
    </Button>
  )
}

function PeriodTools({ asked: { params }, change }: Omit<ToolsProps, 'report'>) {
  const { t } = useTranslation()
  const { today } = useStore()
  useHotkeys(
    periodNames.map((name, at) => ({
      keys: String(at + 1),
      label: t(`report-screen:period.${name}`),
      run: () => change(periods[name](today)),
    })),
  )
  return (
    <div className="list-tools">
      <div className="rights-choices" role="group" aria-label={t('report-screen:periods')}>
        {periodNames.map((name, at) => {
          const { from, to } = periods[name](today)
          const isChosen = from === params.from && to === params.to
          return (
            <button
              key={name}
              type="button"
              className={isChosen ? 'rights-choice rights-chosen' : 'rights-choice'}
              aria-pressed={isChosen}
              aria-keyshortcuts={String(at + 1)}
              onClick={() => change({ from, to })}
            >
              <KeyCap keys={String(at + 1)} /> {t(`report-screen:period.${name}`)}
            </button>
          )
        })}
      </div>
    </div>
  )
}

interface DaysProps {
  from: string
  to: string
  /** Key of the words for both ends. */
  label: string
  onChange: (period: { from: string; to: string }) => void
}

/** First and last day; the other end follows where it would come out backwards. */
function Days({ from, to, label, onChange }: DaysProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  return (
    <span className="report-days">
      {(['from', 'to'] as const).map((edge) => (
        <DatePicker
          key={edge}
          aria-label={t(`${label}.${edge}`)}
          allowClear={false}
          value={dayjs(edge === 'from' ? from : to)}
          maxDate={dayjs(today)}
          onChange={(next) => {
            if (!next) return
            const day = next.format('YYYY-MM-DD')
            onChange(
              edge === 'from'
                ? { from: day, to: to < day ? day : to }
                : { from: day < from ? day : from, to: day },
            )
          }}
        />
      ))}
    </span>
  )
}

function ViewTool({ asked, report, change }: ToolsProps) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const chosen = asked.params.by ?? report.by[0]?.key
  const at = report.by.findIndex(({ key }) => key === chosen)
  const next = report.by[(at + 1) % report.by.length]?.key
  useHotkeys([
    {
      keys: 'Alt+B',
      label: t('report-screen:nextView'),
      when: report.by.length > 1,
      run: () => next && change({ by: next }),
    },
  ])
  return (
    <span className="label-with-key">
      <Select
        className="report-select"
        aria-label={t('report-screen:by')}
        value={chosen ?? null}
        options={report.by.map(({ key, name }) => ({
          value: key,
          label: t('report-screen:byName', { name: name[tongue] }),
        }))}
        onChange={(by: string) => change({ by })}
      />
      <KeyCap keys="Alt+B" />
    </span>
  )
}

const comparisons = ['none', 'previous', 'year_before', 'custom'] as const

function CompareTool({ asked: { params }, change }: Omit<ToolsProps, 'report'>) {
  const { t } = useTranslation()
  const compareWith = params.compareWith ?? null
  const kind = compareWith?.kind ?? 'none'
  const choose = (next: (typeof comparisons)[number]) => {
    if (next === 'none') return change({ vs: null })
    if (next !== 'custom') return change({ vs: next })
    const { from, to } = params
    return change({ vs: writeCompared({ kind: 'custom', from, to }) })
  }
  const turn = comparisons[(comparisons.indexOf(kind) + 1) % 3] ?? 'none'
  useHotkeys([{ keys: 'Alt+C', label: t('report-screen:nextCompare'), run: () => choose(turn) }])
  return (
    <>
      <span className="label-with-key">
        <Select
          className="report-select"
          aria-label={t('report-screen:compare')}
          value={kind}
          options={comparisons.map((value) => ({
            value,
            label: t(`report-screen:compared.${value}`),
          }))}
          onChange={choose}
        />
        <KeyCap keys="Alt+C" />
      </span>
      {compareWith?.kind === 'custom' ? (
        <Days
          from={compareWith.from}
          to={compareWith.to}
          label="report-screen:comparedEdge"
          onChange={(period) => change({ vs: writeCompared({ kind: 'custom', ...period }) })}
        />
      ) : null}
    </>
  )
}

type Choices = InferClientOutputs<typeof desk>['reports']['filterChoices']

function Filters({ asked, report, change }: ToolsProps) {
  const { t } = useTranslation()
  const choices = useQuery(api.reports.filterChoices.queryOptions())
  const filters = asked.params.filters ?? {}
  return report.filters.map((name) => {
    const value = filters[name]
    return (
      <Select
        key={name}
        className="report-select"
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        aria-label={t(`report-screen:filter.${name}`)}
        placeholder={t(`report-screen:filter.${name}`)}
        loading={choices.isPending}
        value={value === undefined ? null : String(value)}
        options={choices.data ? optionsOf(name, choices.data, t) : []}
        onChange={(next: string | undefined | null) => change({ [name]: next ?? null })}
      />
    )
  })
}

function optionsOf(name: FilterName, choices: Choices, t: (key: string) => string) {
  if (name === 'person') {
    return choices.people.map((each) => ({ value: String(each.id), label: each.name }))
  }
  if (name === 'class') {
    return complaintClasses.map((value) => ({ value, label: t(`complaints:class.${value}`) }))
  }
  const lists = {
    floor: choices.floors,
    counter: choices.counters,
    vendor: choices.vendors,
    category: choices.categories,
  }
  return lists[name].map((value) => ({ value, label: value }))
}
