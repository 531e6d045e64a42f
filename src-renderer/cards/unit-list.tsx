import { Checkbox } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { Money } from '../ui/money.tsx'
import { Tag } from '../ui/tag.tsx'
import { findProblems, unitKey } from './card-form.ts'
import type { DraftUnit, Terms } from './card-form.ts'

interface UnitListProps {
  units: readonly DraftUnit[]
  currency: string
  chosen: readonly string[]
  current: string
  termsOf: (key: string) => Terms
  /** The clerk has tried to issue: what is missing is marked. */
  tried: boolean
  onToggle: (key: string) => void
  onCurrent: (key: string) => void
}

/** The pieces of the sale; a tick puts one on the card, the marked one shows its terms beside. */
export function UnitList(props: UnitListProps) {
  const { t } = useTranslation()
  return (
    <ul className="unit-list" aria-label={t('cards:units.title')}>
      {props.units.map((unit) => (
        <UnitRow key={unitKey(unit)} unit={unit} {...props} />
      ))}
    </ul>
  )
}

function UnitRow({ unit, ...list }: UnitListProps & { unit: DraftUnit }) {
  const { t } = useTranslation()
  const key = unitKey(unit)
  const terms = list.termsOf(key)
  const isCurrent = key === list.current
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const sameLine = list.units.filter((each) => each.saleLineId === unit.saleLineId).length
  const problems = list.tried && list.chosen.includes(key) ? findProblems(unit, terms) : []
  return (
    <li
      ref={row}
      className={isCurrent ? 'unit unit-current' : 'unit'}
      aria-current={isCurrent ? 'true' : undefined}
    >
      <Checkbox
        checked={list.chosen.includes(key) && unit.blocked === null}
        disabled={unit.blocked !== null}
        aria-label={t('cards:units.put', { name: terms.name, unit: unit.unitNo })}
        onChange={() => {
          list.onToggle(key)
          list.onCurrent(key)
        }}
      />
      <button
        type="button"
        className="unit-open"
        disabled={unit.blocked !== null}
        onClick={() => list.onCurrent(key)}
      >
        <span className="unit-name">
          {terms.name}
          {sameLine > 1 ? (
            <span className="unit-no">{t('cards:units.unitNo', { no: unit.unitNo })}</span>
          ) : null}
        </span>
        <span className="row-note">
          {unit.blocked ? (
            <Tag>{t(`cards:units.blocked.${unit.blocked}`, { number: unit.cardNumber ?? '' })}</Tag>
          ) : problems.length > 0 ? (
            <Tag tone="risk">{t(`cards:problem.${problems[0] ?? 'name'}`)}</Tag>
          ) : (
            <>
              {terms.unitMonths === null
                ? t('cards:units.noTerm')
                : t('cards:units.months', { count: terms.unitMonths })}
              {terms.serialNo ? ` · ${terms.serialNo}` : ''}
            </>
          )}
        </span>
      </button>
      <Money amount={unit.paidAmount} currency={list.currency} />
    </li>
  )
}
