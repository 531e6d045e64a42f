import { Button, Input } from 'antd'
import type { InputRef } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { longestNote } from '../../src-main/day-closes/contract.ts'
import { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { CloseDay } from './day-close-page.tsx'

type Line = CloseDay['goods'][number]

const KEY = 'Alt+C'

/** Goods that came back: what is recorded, and what somebody counted. */
export function Goods({ day }: { day: CloseDay }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const list = useRef<HTMLUListElement>(null)
  const mayCount = day.close === null && may('days.close')
  const lines = day.goods.filter(({ recorded, count }) => recorded > 0 || count !== null)
  useHotkeys([
    {
      keys: KEY,
      label: t('day-closes:count'),
      when: mayCount && lines.length > 0,
      run: () => list.current?.querySelector('input')?.focus(),
    },
  ])
  return (
    <Panel
      title={t('day-closes:goods')}
      extra={mayCount && lines.length > 0 ? <KeyCap keys={KEY} /> : null}
    >
      {lines.length === 0 ? <p className="row-note">{t('day-closes:noGoods')}</p> : null}
      <ul className="close-goods" ref={list}>
        {lines.map((line) => (
          <li key={line.destination}>
            <Link className="close-where" to={paths.goods()}>
              {t(`goods:destination.${line.destination}`)}
            </Link>
            <span>{t('day-closes:recorded', { count: line.recorded })}</span>
            <Counted line={line} />
            {mayCount ? (
              <CountForm key={line.recorded} date={day.businessDate} line={line} />
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Counted({ line: { count, recorded } }: { line: Line }) {
  const { t } = useTranslation()
  if (!count) return <span className="tone-soon">{t('day-closes:notCounted')}</span>
  const difference = count.counted - count.recorded
  return (
    <span className={difference === 0 && recorded === count.recorded ? '' : 'tone-risk'}>
      {t('day-closes:counted', { count: count.counted })}
      {difference === 0 ? null : ` (${difference > 0 ? '+' : ''}${difference})`}
      <span className="row-note">
        {' '}
        {count.by} <Moment at={count.at} short />
        {count.note ? ` · ${count.note}` : ''}
        {recorded === count.recorded ? '' : ` · ${t('day-closes:countAgain')}`}
      </span>
    </span>
  )
}

function CountForm({ date, line }: { date: string; line: Line }) {
  const { t } = useTranslation()
  const [counted, setCounted] = useState('')
  const [note, setNote] = useState('')
  const field = useRef<InputRef>(null)
  const noteField = useRef<InputRef>(null)
  const count = useCommand(desk.dayCloses.count, {
    onDone: () => {
      setCounted('')
      setNote('')
    },
  })
  const where = t(`goods:destination.${line.destination}`)
  const differs = counted !== '' && Number(counted) !== line.recorded
  const submit = () => {
    if (count.isPending) return
    if (!/^\d{1,5}$/.test(counted)) return field.current?.focus()
    if (differs && note.trim() === '') return noteField.current?.focus()
    count.mutate({
      businessDate: date,
      destination: line.destination,
      counted: Number(counted),
      note: note.trim(),
    })
  }
  const onEnter = useEnterSubmit(submit)
  return (
    <>
      <span className="close-count">
        <Input
          ref={field}
          aria-label={t('day-closes:countOf', { what: where })}
          className="close-number"
          inputMode="numeric"
          value={counted}
          maxLength={5}
          autoComplete="off"
          onChange={(event) => setCounted(event.target.value.replace(/\D/g, ''))}
          {...onEnter}
        />
        {differs ? (
          <Input
            ref={noteField}
            aria-label={t('day-closes:differenceOf', { what: where })}
            placeholder={t('day-closes:difference')}
            value={note}
            maxLength={longestNote}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
            {...onEnter}
          />
        ) : null}
        <Button size="small" loading={count.isPending} onClick={submit}>
          {t('day-closes:keep')} <KeyCap keys="Enter" />
        </Button>
      </span>
      <RefusalAlert error={count.error} />
    </>
  )
}
