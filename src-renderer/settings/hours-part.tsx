import { DeleteOutlined, PlusOutlined, SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { writeDate } from '../ui/dates.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'

type Hours = InferClientOutputs<typeof desk>['clocks']['hours']
type Span = Hours['weekdays'][number]
type SpecialDay = Hours['days'][number]

const step = 30
const day = 1440
const latest = 1800
const usualSpan = { opens: 600, closes: 1320 }

/** When the store is open: what the clocks of complaints run by. */
export function HoursPart() {
  const hours = useQuery(api.clocks.hours.queryOptions())
  return (
    <>
      <RefusalAlert error={hours.error} />
      {hours.isLoading ? <LoadingState /> : null}
      {hours.data ? <HoursForm key={hours.data.version} hours={hours.data} /> : null}
    </>
  )
}

function HoursForm({ hours }: { hours: Hours }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [weekdays, setWeekdays] = useState(hours.weekdays)
  const [days, setDays] = useState(hours.days)
  const change = useCommand(desk.clocks.changeHours, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const save = () => change.mutate({ weekdays, days, version: hours.version })
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  const names = t('settings:hours.weekday', { returnObjects: true }) as string[]
  return (
    <>
      <RefusalAlert error={change.error} />
      <Panel title={t('settings:hours.week')}>
        <p className="settings-note">{t('settings:hours.weekHint')}</p>
        <table className="ways-table hours-table">
          <caption className="sr-only">{t('settings:hours.week')}</caption>
          <HoursHead />
          <tbody>
            {weekdays.map((span, at) => (
              <tr key={names[at]}>
                <th scope="row">{names[at]}</th>
                <SpanCells
                  name={names[at] ?? ''}
                  span={span}
                  onChange={(next) => setWeekdays(weekdays.with(at, next))}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <SpecialDays days={days} onChange={setDays} />
      <Button type="primary" icon={<SaveOutlined />} loading={change.isPending} onClick={save}>
        {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </>
  )
}

function HoursHead({ special }: { special?: boolean }) {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th scope="col">{t('settings:hours.date')}</th>
        <th scope="col">{t('settings:hours.open')}</th>
        <th scope="col">{t('settings:hours.opens')}</th>
        <th scope="col">{t('settings:hours.closes')}</th>
        {special ? (
          <>
            <th scope="col">{t('settings:hours.note')}</th>
            <th scope="col">{t('settings:hours.remove')}</th>
          </>
        ) : null}
      </tr>
    </thead>
  )
}

interface SpanCellsProps {
  name: string
  span: Span
  onChange: (span: Span) => void
}

/** Open or not, and from when to when. */
function SpanCells({ name, span, onChange }: SpanCellsProps) {
  const { t } = useTranslation()
  const say = (minutes: number) => {
    const rest = minutes >= day ? minutes - day : minutes
    const time = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
    if (minutes === day) return '24:00'
    return minutes > day ? t('settings:hours.nextDay', { time }) : time
  }
  const options = (from: number, to: number, chosen: number | undefined) => {
    const count = Math.floor((to - from) / step) + 1
    const times = Array.from({ length: count }, (_unused, at) => from + at * step)
    const all = chosen === undefined || times.includes(chosen) ? times : [...times, chosen]
    return all.toSorted((a, b) => a - b).map((value) => ({ value, label: say(value) }))
  }
  const edges = [
    { edge: 'opens', options: options(0, day - step, span?.opens) },
    { edge: 'closes', options: options((span?.opens ?? 0) + step, latest, span?.closes) },
  ] as const
  return (
    <>
      <td>
        <Checkbox
          aria-label={`${name} ${t('settings:hours.open')}`}
          checked={span !== null}
          onChange={(event) => onChange(event.target.checked ? usualSpan : null)}
        />
      </td>
      {edges.map(({ edge, options: times }) => (
        <td key={edge}>
          {span ? (
            <Select
              className="full-width"
              aria-label={t(`settings:hours.${edge}Of`, { day: name })}
              value={span[edge]}
              options={times}
              onChange={(value) => {
                const next = { ...span, [edge]: value }
                onChange(next.closes > next.opens ? next : { ...next, closes: next.opens + step })
              }}
            />
          ) : (
            <span className="row-note">{edge === 'opens' ? t('settings:hours.closed') : ''}</span>
          )}
        </td>
      ))}
    </>
  )
}

interface SpecialDaysProps {
  days: readonly SpecialDay[]
  onChange: (days: SpecialDay[]) => void
}

/** Days that differ from their week. */
function SpecialDays({ days, onChange }: SpecialDaysProps) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const set = (at: number, part: Partial<SpecialDay>) =>
    onChange(days.map((each, index) => (index === at ? { ...each, ...part } : each)))
  const add = () => onChange([...days, { date: today, hours: null, note: '' }])
  return (
    <Panel
      title={t('settings:hours.days')}
      extra={
        <Button icon={<PlusOutlined />} onClick={add}>
          {t('settings:hours.add')}
        </Button>
      }
    >
      <p className="settings-note">{t('settings:hours.daysHint')}</p>
      {days.length === 0 ? (
        <p className="row-note">{t('settings:hours.none')}</p>
      ) : (
        <table className="ways-table hours-table">
          <caption className="sr-only">{t('settings:hours.days')}</caption>
          <HoursHead special />
          <tbody>
            {days.map(({ date, hours, note }, at) => {
              const name = writeDate(date, today, i18n.language)
              return (
                // Days have no identity but their place: a date may be typed twice while it is changed.
                <tr key={at}>
                  <td>
                    <DatePicker
                      aria-label={t('settings:hours.date')}
                      allowClear={false}
                      value={dayjs(date)}
                      onChange={(next) => next && set(at, { date: next.format('YYYY-MM-DD') })}
                    />
                  </td>
                  <SpanCells
                    name={name}
                    span={hours}
                    onChange={(next) => set(at, { hours: next })}
                  />
                  <td>
                    <Input
                      aria-label={t('settings:hours.noteOf', { day: name })}
                      value={note}
                      maxLength={60}
                      onChange={(event) => set(at, { note: event.target.value })}
                    />
                  </td>
                  <td>
                    <Button
                      icon={<DeleteOutlined />}
                      aria-label={`${t('settings:hours.remove')} ${name}`}
                      onClick={() => onChange(days.filter((_unused, index) => index !== at))}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
