import { DeleteOutlined, MinusOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Input } from 'antd'
import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { GoodsWarnings } from '../ui/goods-warnings.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { figuresOf, needsPrice, oneMore } from './exchange-form.ts'
import type { ExchangeChange, ExchangeValues, GivenValues, Goods, Quote } from './exchange-form.ts'
import { ScanTrouble } from './scan-trouble.ts'

interface GivePaneProps {
  values: ExchangeValues
  quote: Quote | undefined
  /** The returned line that what goes out stands in for; null while nothing is chosen. */
  replaces: number | null
  active: boolean
  error: unknown
  onActive: () => void
  onGive: (goods: Goods) => void
  onTyped: (name: string) => void
  onChange: (part: ExchangeChange) => void
}

/** Goods worth offering at once: more are a search away. */
const candidatesShown = 6
/** A name is worth asking for from here on. */
const shortestSearch = 2

/** 给出: what goes out, found by scan, among other sizes of the same model, or by name. */
export function GivePane(props: GivePaneProps) {
  const { values, replaces, active, error, onActive, onGive, onTyped } = props
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [highlit, highlight] = useState(0)
  const field = useRef<InputRef>(null)
  const siblings = useQuery(
    api.exchanges.siblings.queryOptions({
      input: { saleLineId: replaces ?? 0 },
      enabled: replaces !== null,
    }),
  )
  const wanted = text.trim()
  const found = useQuery(
    api.exchanges.goods.queryOptions({
      input: { text: wanted, replaces, limit: candidatesShown },
      enabled: wanted.length >= shortestSearch,
    }),
  )
  const isSearching = wanted.length >= shortestSearch
  const candidates = isSearching
    ? withoutTwins([found.data?.exact ?? null, ...(found.data?.goods ?? [])])
    : values.given.length === 0
      ? (siblings.data ?? []).slice(0, candidatesShown)
      : []
  const at = Math.min(highlit, Math.max(0, candidates.length - 1))
  const take = (goods: Goods | undefined) => {
    if (!goods) return
    onGive(goods)
    setText('')
    highlight(0)
    field.current?.blur()
  }
  const onEnter = useEnterSubmit(() => {
    if (candidates.length > 0) take(candidates[at])
    else if (wanted && found.data && !found.isFetching) {
      onTyped(wanted)
      setText('')
      field.current?.blur()
    }
  })
  const move = (by: number) =>
    highlight(Math.min(Math.max(0, at + by), Math.max(0, candidates.length - 1)))
  useHotkeys([
    { keys: 'Alt+G', label: t('exchanges:give.search'), run: () => field.current?.focus() },
    ...(active && candidates.length > 0
      ? [
          { keys: '↓', label: t('refunds:keys.next'), run: () => move(1), whileTyping: true },
          { keys: '↑', label: t('refunds:keys.previous'), run: () => move(-1), whileTyping: true },
          { keys: 'Space', label: t('exchanges:keys.take'), run: () => take(candidates[at]) },
        ]
      : []),
    ...(active && values.given.length > 0
      ? [
          { keys: '+', label: t('exchanges:keys.moreNew'), run: () => props.onChange(step(1)) },
          { keys: '=', label: t('exchanges:keys.moreNew'), run: () => props.onChange(step(1)) },
          { keys: '-', label: t('exchanges:keys.lessNew'), run: () => props.onChange(step(-1)) },
        ]
      : []),
  ])
  return (
    <section
      className={active ? 'exchange-pane exchange-active' : 'exchange-pane'}
      aria-label={t('exchanges:give.title')}
    >
      <header className="exchange-pane-head">
        <h2>
          {t('exchanges:give.title')} <span className="row-note">{t('exchanges:give.hint')}</span>
        </h2>
        {active ? null : <KeyCap keys="→" />}
      </header>
      <Input
        ref={field}
        value={text}
        maxLength={120}
        autoComplete="off"
        spellCheck={false}
        disabled={replaces === null}
        prefix={<SearchOutlined aria-hidden="true" />}
        suffix={<KeyCap keys="Alt+G" />}
        placeholder={t('exchanges:give.placeholder')}
        aria-label={t('exchanges:give.search')}
        aria-keyshortcuts="Alt+G"
        onFocus={onActive}
        onChange={(event) => {
          setText(event.target.value)
          highlight(0)
        }}
        {...onEnter}
      />
      <ScanError error={error} />
      {replaces === null ? (
        <p className="row-note exchange-empty">{t('exchanges:give.first')}</p>
      ) : null}
      {values.given.map((line) => (
        <GoodsWarnings key={line.key} productId={line.productId} />
      ))}
      <ul className="exchange-lines">
        {values.given.map((line) => (
          <GivenLine key={line.key} line={line} {...props} />
        ))}
      </ul>
      {candidates.length > 0 ? (
        <>
          <h3>{t(isSearching ? 'exchanges:give.found' : 'exchanges:give.siblings')}</h3>
          <ul className="exchange-candidates" aria-label={t('exchanges:give.siblings')}>
            {candidates.map((goods, index) => (
              <li key={goods.productId}>
                <Candidate goods={goods} highlit={active && index === at} onTake={take} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {isSearching && found.data && !found.isFetching && candidates.length === 0 ? (
        <p className="row-note exchange-empty">
          {t('exchanges:give.none', { text: wanted })} <KeyCap keys="Enter" />
        </p>
      ) : null}
      {!isSearching &&
      replaces !== null &&
      values.given.length === 0 &&
      siblings.data?.length === 0 ? (
        <p className="row-note exchange-empty">{t('exchanges:give.noSiblings')}</p>
      ) : null}
      <RefusalAlert error={siblings.error ?? found.error} />
    </section>
  )
}

function withoutTwins(goods: readonly (Goods | null)[]): Goods[] {
  const seen = new Set<number>()
  return goods.filter((each): each is Goods => {
    if (!each || seen.has(each.productId)) return false
    seen.add(each.productId)
    return true
  })
}

/** One unit more or less of the line added last; a line without units is gone. */
function step(by: 1 | -1): ExchangeChange {
  return (now) => {
    const last = now.given.at(-1)
    if (!last) return {}
    if (by === 1) return { given: oneMore(now.given, last, nextKey(now.given)) }
    const units = last.units - 1
    const before = now.given.slice(0, -1)
    return { given: units < 1 ? before : [...before, { ...last, units }] }
  }
}

/** Tells a line from those there are. */
function nextKey(given: readonly GivenValues[]): string {
  const keys = new Set(given.map((each) => each.key))
  let count = given.length + 1
  while (keys.has(`unit-${count}`)) count += 1
  return `unit-${count}`
}

function ScanError({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (!(error instanceof ScanTrouble)) return <RefusalAlert error={error} />
  return (
    <Alert
      className="exchange-scan-error"
      type="error"
      showIcon
      role="alert"
      title={t(`exchanges:give.${error.kind}`, { code: error.code })}
    />
  )
}

function Candidate({
  goods,
  highlit,
  onTake,
}: {
  goods: Goods
  highlit: boolean
  onTake: (goods: Goods) => void
}) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (highlit) button.current?.scrollIntoView({ block: 'nearest' })
  }, [highlit])
  return (
    <button
      ref={button}
      type="button"
      className={highlit ? 'exchange-candidate exchange-current' : 'exchange-candidate'}
      onClick={() => onTake(goods)}
    >
      <span className="exchange-name">
        {goods.name}
        <span className="row-note">
          {' '}
          {[goods.brand, goods.model, goods.spec].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span>
        {goods.isSameFamily ? <Tag tone="teal">{t('exchanges:give.keepsPrice')}</Tag> : null}{' '}
        {goods.listPrice === null ? (
          <span className="row-note">{t('exchanges:give.noPrice')}</span>
        ) : (
          <Money amount={goods.listPrice} />
        )}{' '}
        {highlit ? <KeyCap keys="Space" /> : null}
      </span>
    </button>
  )
}

function GivenLine({ line, values, quote, onChange }: GivePaneProps & { line: GivenValues }) {
  const { t } = useTranslation()
  const [isDiscounting, discountNow] = useState(line.discount !== null)
  const [hasSerial, askSerial] = useState(line.serialTracked || line.serialNo !== '')
  const figures = figuresOf(quote, values.given, line)
  const set = (part: Partial<GivenValues>) =>
    onChange((now) => ({
      given: now.given.map((each) => (each.key === line.key ? { ...each, ...part } : each)),
    }))
  const drop = () =>
    onChange((now) => ({ given: now.given.filter((each) => each.key !== line.key) }))
  return (
    <li className="exchange-line exchange-chosen">
      <div className="exchange-line-head">
        <span className="exchange-name">✓ {line.name}</span>
        {figures ? <Money amount={figures.paidAmount} /> : null}
      </div>
      <div className="exchange-line-parts">
        <span className="row-note exchange-codes">{line.note}</span>
        {figures ? <Tag>{t(`exchanges:pricing.${figures.pricing}`)}</Tag> : null}
        <span
          className="stepper"
          role="group"
          aria-label={t('exchanges:give.unitsOf', { name: line.name })}
        >
          <Button
            size="small"
            icon={line.units > 1 ? <MinusOutlined /> : <DeleteOutlined />}
            aria-label={t(line.units > 1 ? 'exchanges:give.less' : 'exchanges:give.drop', {
              name: line.name,
            })}
            onClick={() => (line.units > 1 ? set({ units: line.units - 1 }) : drop())}
          />
          <output className="stepper-count" aria-live="polite">
            <strong>{line.units}</strong>
          </output>
          <Button
            size="small"
            icon={<PlusOutlined />}
            aria-label={t('exchanges:give.more', { name: line.name })}
            onClick={() =>
              onChange((now) => ({ given: oneMore(now.given, line, nextKey(now.given)) }))
            }
          />
        </span>
      </div>
      <div className="exchange-line-parts">
        {needsPrice(line) || line.unitPrice !== null ? (
          <MoneyField
            className="exchange-price"
            value={line.unitPrice}
            placeholder={t('exchanges:give.price')}
            aria-label={t('exchanges:give.priceOf', { name: line.name })}
            onChange={(unitPrice) => set({ unitPrice })}
          />
        ) : null}
        {line.isSameFamily && line.listPrice !== null ? (
          <Checkbox
            checked={line.keepPrice}
            onChange={(event) => set({ keepPrice: event.target.checked })}
          >
            {t('exchanges:give.keepPrice')}
          </Checkbox>
        ) : null}
        {hasSerial || line.serialNo !== '' ? (
          <Input
            size="small"
            className="exchange-serial"
            value={line.serialNo}
            maxLength={600}
            autoComplete="off"
            spellCheck={false}
            status={line.serialTracked && line.serialNo === '' ? 'warning' : ''}
            placeholder={t(line.units > 1 ? 'exchanges:give.serials' : 'exchanges:give.serial')}
            aria-label={t('exchanges:give.serialOf', { name: line.name })}
            onChange={(event) => set({ serialNo: event.target.value })}
          />
        ) : (
          <Button size="small" type="text" onClick={() => askSerial(true)}>
            {t('exchanges:give.addSerial')}
          </Button>
        )}
        {isDiscounting ? (
          <>
            <MoneyField
              className="exchange-price"
              value={line.discount}
              placeholder={t('exchanges:give.discount')}
              aria-label={t('exchanges:give.discountOf', { name: line.name })}
              onChange={(discount) => set({ discount })}
            />
            <Input
              size="small"
              className="exchange-serial"
              value={line.discountReason}
              maxLength={200}
              autoComplete="off"
              placeholder={t('exchanges:give.discountReason')}
              aria-label={t('exchanges:give.discountReasonOf', { name: line.name })}
              onChange={(event) => set({ discountReason: event.target.value })}
            />
          </>
        ) : (
          <Button size="small" type="text" onClick={() => discountNow(true)}>
            {t('exchanges:give.giveDiscount')}
          </Button>
        )}
      </div>
    </li>
  )
}
