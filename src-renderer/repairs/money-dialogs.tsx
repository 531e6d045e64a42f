import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { feeKinds } from '../../src-main/repairs/contract.ts'
import { desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useAnswers } from '../ui/use-answers.ts'
import { type ItemDialogProps, Pick, seenOf, TextField, useStep } from './dialog-parts.tsx'
import {
  ConsentFields,
  consentOf,
  type ConsentValues,
  missingOfConsent,
  noConsent,
  noQuote,
  QuoteFields,
  quoteOf,
  type QuoteValues,
} from './quote-fields.tsx'
import type { Item } from './repair.ts'
import { type Brought, freezeDecision, useDecisions } from './verdict.ts'
import { VerdictBox } from './verdict-box.tsx'

interface Named extends ItemDialogProps {
  /** Who brought it: usually the one who agrees. */
  customer: string
}

/** Free or paid by the rules, asked as on the sale page and written down. */
export function DecideDialog({ item, soldOn, close }: ItemDialogProps & { soldOn: string }) {
  const { t } = useTranslation()
  const decide = useStep(desk.repairs.decide, close)
  const brought: Brought = {
    of: { itemId: item.id },
    saleLineId: item.saleLineId,
  }
  const asked = useAnswers(item.receiptId ?? -(item.proofSetId ?? 0))
  const [decision] = useDecisions([brought], asked.answers, asked.putOff)
  const [error, setError] = useState<unknown>(null)
  if (!decision) return null
  const write = async () => {
    setError(null)
    try {
      const rightsId = await freezeDecision(brought, decision)
      decide.mutate({ ...seenOf(item), rightsId, part: decision.answer.part ?? null })
    } catch (failed) {
      setError(failed)
    }
  }
  const isOpen = decision.owes === 'undecided'
  return (
    <ConfirmDialog
      open
      width={640}
      focusField={false}
      title={t('repairs:decide.title', { name: item.name })}
      confirmLabel={t('repairs:decide.confirm')}
      busy={decide.isPending}
      unready={isOpen || !decision.settled}
      onCancel={close}
      onConfirm={() => void write()}
    >
      <RefusalAlert error={decide.error ?? error} />
      <VerdictBox
        decision={decision}
        soldOn={soldOn}
        onAnswer={(answer) => asked.say(answer, item.saleLineId === null ? [] : [item.saleLineId])}
        onPutOff={asked.putOffQuestion}
        onUndo={asked.undo}
      />
      {isOpen ? <p className="why dialog-gap">{t('repairs:decide.later')}</p> : null}
    </ConfirmDialog>
  )
}

/** What it will cost; a quote after work was done begins with what it came to. */
export function QuoteDialog({ item, customer, close }: Named) {
  const { t } = useTranslation()
  const quote = useStep(desk.repairs.quote, close)
  const last = item.quotes.at(-1)
  const [values, setValues] = useState<QuoteValues>({
    ...noQuote,
    estimate: item.fees > 0 ? item.fees : (last?.estimate ?? null),
    limit: last && last.limit >= item.fees ? last.limit : null,
  })
  const [consent, setConsent] = useState<ConsentValues>({ ...noConsent, by: customer })
  const asked = quoteOf(values)
  return (
    <ConfirmDialog
      open
      width={620}
      title={`${t('repairs:act.quote')} · ${item.name}`}
      confirmLabel={t('repairs:act.quote')}
      busy={quote.isPending}
      unready={asked === null || missingOfConsent(consent) !== null}
      onCancel={close}
      onConfirm={() =>
        asked && quote.mutate({ ...seenOf(item), quote: asked, consent: consentOf(consent) })
      }
    >
      <RefusalAlert error={quote.error} />
      <QuoteFields values={values} onChange={(part) => setValues((now) => ({ ...now, ...part }))} />
      <ConsentFields
        values={consent}
        onChange={(part) => setConsent((now) => ({ ...now, ...part }))}
      />
    </ConfirmDialog>
  )
}

/** The customer's yes or no to the open quote. */
export function AnswerDialog({ item, customer, close }: Named) {
  const { t } = useTranslation()
  const agree = useStep(desk.repairs.consent, close)
  const decline = useStep(desk.repairs.decline, close)
  const open = item.quotes.findLast(({ state }) => state === 'open')
  const [says, setSays] = useState<'agrees' | 'declines'>('agrees')
  const [consent, setConsent] = useState<ConsentValues>({
    ...noConsent,
    how: 'phone',
    by: customer,
  })
  const [note, setNote] = useState('')
  if (!open) return null
  const given = consentOf(consent)
  const send = () => {
    if (says === 'declines') {
      decline.mutate({ ...seenOf(item), quoteId: open.id, note: note.trim() })
    } else if (given) agree.mutate({ ...seenOf(item), quoteId: open.id, consent: given })
  }
  return (
    <ConfirmDialog
      open
      width={620}
      title={t('repairs:answer.title', { name: item.name })}
      confirmLabel={t(`repairs:answer.${says}`)}
      danger={says === 'declines'}
      busy={agree.isPending || decline.isPending}
      unready={says === 'agrees' && (given === null || missingOfConsent(consent) !== null)}
      onCancel={close}
      onConfirm={send}
    >
      <RefusalAlert error={agree.error ?? decline.error} />
      <p className="repair-figures">
        {t('repairs:quote.estimate')} <Money amount={open.estimate} size="large" />{' '}
        {t('repairs:quote.limit')} <Money amount={open.limit} size="large" />
      </p>
      <Pick
        label={t('repairs:act.answer')}
        value={says}
        options={(['agrees', 'declines'] as const).map((value) => ({
          value,
          label: t(`repairs:answer.${value}`),
        }))}
        onChange={setSays}
      />
      {says === 'agrees' ? (
        <ConsentFields
          values={consent}
          mayWait={false}
          onChange={(part) => setConsent((now) => ({ ...now, ...part }))}
        />
      ) : (
        <TextField label={t('repairs:giveUp.note')} value={note} onChange={setNote} />
      )}
    </ConfirmDialog>
  )
}

interface PartLine {
  name: string
  partNo: string
  serialNo: string
}
interface FeeLine {
  kind: (typeof feeKinds)[number]
  text: string
  amount: number | null
}

const noPart: PartLine = { name: '', partNo: '', serialNo: '' }

/** What was really wrong and what was done, with parts and fees; a free repair notes them, the customer pays none. */
export function WorkDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const record = useStep(desk.repairs.recordWork, close)
  const [actualFault, setFault] = useState('')
  const [work, setWork] = useState('')
  const [doneBy, setDoneBy] = useState(item.holder?.name ?? '')
  const [parts, setParts] = useState<PartLine[]>([])
  const [fees, setFees] = useState<FeeLine[]>([])
  const [minutes, setMinutes] = useState(0)
  const [hourFee, setHourFee] = useState<number | null>(null)
  const [warrantyDays, setWarranty] = useState<number | null>(null)
  const addPart = () => setParts((now) => [...now, noPart])
  const addFee = () => setFees((now) => [...now, { kind: 'material', text: '', amount: null }])
  return (
    <ConfirmDialog
      open
      width={760}
      title={t('repairs:work.title', { name: item.name })}
      confirmLabel={t('repairs:act.work')}
      busy={record.isPending}
      unready={actualFault.trim() === '' || work.trim() === ''}
      onCancel={close}
      onConfirm={() =>
        record.mutate({
          ...seenOf(item),
          actualFault: actualFault.trim(),
          work: work.trim(),
          doneBy: doneBy.trim(),
          parts: parts.filter(({ name }) => name.trim() !== ''),
          minutes,
          hourFee: hourFee ?? 0,
          fees: fees.flatMap(({ amount, ...fee }) => (amount === null ? [] : [{ ...fee, amount }])),
          warrantyDays,
        })
      }
    >
      <RefusalAlert error={record.error} />
      <div className="field-row">
        <TextField
          label={t('repairs:work.actualFault')}
          value={actualFault}
          maxLength={1000}
          onChange={setFault}
        />
        <TextField
          label={t('repairs:work.doneBy')}
          value={doneBy}
          maxLength={60}
          onChange={setDoneBy}
        />
      </div>
      <TextField
        label={t('repairs:work.work')}
        value={work}
        maxLength={2000}
        tall
        onChange={setWork}
      />
      <Lines
        title={t('repairs:work.parts')}
        keys="Alt+B"
        addLabel={t('repairs:work.partAdd')}
        onAdd={addPart}
      >
        {parts.map((part, index) => (
          // Lines have no identity of their own; they are added at the end and taken from anywhere.
          <PartFields
            key={index}
            part={part}
            onChange={(next) => setParts((now) => now.with(index, next))}
            onRemove={() => setParts((now) => now.toSpliced(index, 1))}
          />
        ))}
      </Lines>
      <Lines
        title={t('repairs:work.fees')}
        keys="Alt+F"
        addLabel={t('repairs:work.feeAdd')}
        onAdd={addFee}
      >
        <div className="field-row">
          <Field label={t('repairs:work.minutes')}>
            {(id) => (
              <InputNumber
                id={id}
                className="full-width"
                min={0}
                max={60_000}
                precision={0}
                value={minutes}
                onChange={(value) => setMinutes(value ?? 0)}
              />
            )}
          </Field>
          <Field label={t('repairs:work.hourFee')}>
            {(id) => (
              <MoneyField id={id} className="full-width" value={hourFee} onChange={setHourFee} />
            )}
          </Field>
          <Field label={t('repairs:work.warrantyDays')} hint={t('repairs:work.warrantyHint')}>
            {(id) => (
              <InputNumber
                id={id}
                className="full-width"
                min={0}
                max={3650}
                precision={0}
                value={warrantyDays}
                onChange={setWarranty}
              />
            )}
          </Field>
        </div>
        {fees.map((fee, index) => (
          <FeeFields
            // As with the parts above.
            key={index}
            fee={fee}
            onChange={(next) => setFees((now) => now.with(index, next))}
            onRemove={() => setFees((now) => now.toSpliced(index, 1))}
          />
        ))}
      </Lines>
      <Total item={item} minutes={minutes} hourFee={hourFee ?? 0} fees={fees} />
    </ConfirmDialog>
  )
}

interface LinesProps {
  title: string
  keys: string
  addLabel: string
  onAdd: () => void
  children: ReactNode
}

function Lines({ title, keys, addLabel, onAdd, children }: LinesProps) {
  useHotkeys([{ keys, label: addLabel, run: onAdd }])
  return (
    <fieldset className="repair-lines">
      <legend>{title}</legend>
      {children}
      <Button size="small" icon={<PlusOutlined />} aria-keyshortcuts={keys} onClick={onAdd}>
        {addLabel} <KeyCap keys={keys} />
      </Button>
    </fieldset>
  )
}

function PartFields({
  part,
  onChange,
  onRemove,
}: {
  part: PartLine
  onChange: (part: PartLine) => void
  onRemove: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className="repair-line">
      <TextField
        label={t('repairs:work.partName')}
        value={part.name}
        maxLength={100}
        onChange={(name) => onChange({ ...part, name })}
      />
      <TextField
        label={t('repairs:work.partNo')}
        value={part.partNo}
        maxLength={60}
        onChange={(partNo) => onChange({ ...part, partNo })}
      />
      <TextField
        label={t('repairs:work.partSerial')}
        value={part.serialNo}
        maxLength={80}
        onChange={(serialNo) => onChange({ ...part, serialNo })}
      />
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('repairs:work.partRemove')}
        onClick={onRemove}
      />
    </div>
  )
}

function FeeFields({
  fee,
  onChange,
  onRemove,
}: {
  fee: FeeLine
  onChange: (fee: FeeLine) => void
  onRemove: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className="repair-line">
      <Field label={t('repairs:work.feeKind')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            value={fee.kind}
            options={feeKinds.map((value) => ({ value, label: t(`repairs:feeKind.${value}`) }))}
            onChange={(kind) => onChange({ ...fee, kind })}
          />
        )}
      </Field>
      <TextField
        label={t('repairs:work.feeText')}
        value={fee.text}
        maxLength={100}
        onChange={(text) => onChange({ ...fee, text })}
      />
      <Field label={t('repairs:work.feeAmount')}>
        {(id) => (
          <MoneyField
            id={id}
            className="full-width"
            value={fee.amount}
            onChange={(amount) => onChange({ ...fee, amount })}
          />
        )}
      </Field>
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('repairs:work.feeRemove')}
        onClick={onRemove}
      />
    </div>
  )
}

/** What this record comes to with what was written down before, beside what the customer agreed to. */
function Total(props: { item: Item; minutes: number; hourFee: number; fees: readonly FeeLine[] }) {
  const { item, minutes, hourFee, fees } = props
  const { t, i18n } = useTranslation()
  const { currency } = useStore()
  // Minutes at the fee of an hour, rounded half up, as the desk reckons it.
  const labour = Math.floor((minutes * hourFee * 2 + 60) / 120)
  const total = fees.reduce((sum, fee) => sum + (fee.amount ?? 0), item.fees + labour)
  const agreed = item.quotes.findLast(({ state }) => state === 'consented')
  const isOver = agreed !== undefined && total > agreed.limit
  return (
    <p className="repair-due-line" aria-live="polite">
      {t('repairs:work.total')} <Money amount={total} size="large" />{' '}
      {item.acceptance === 'free' ? (
        <span className="row-note">{t('repairs:work.free')}</span>
      ) : agreed ? (
        <span className={isOver ? 'tone-risk' : 'row-note'}>
          {isOver ? '⚠ ' : ''}
          {t('repairs:work.limit', { limit: formatMoney(agreed.limit, currency, i18n.language) })}
        </span>
      ) : null}
    </p>
  )
}
