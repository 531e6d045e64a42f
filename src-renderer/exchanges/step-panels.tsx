import { Button, Input } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { canonicalDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Tag } from '../ui/tag.tsx'
import { FindingField } from './finding-field.tsx'
import {
  type BackUnit,
  type GivenUnit,
  goodsBackOf,
  type Handover,
  newCheckedOf,
  papersBackOf,
  papersGivenOf,
} from './handover.ts'
import type { HandoverControl } from './use-handover.ts'
import { HandoverPhotos } from './handover-photos.tsx'

export interface StepPanelProps {
  handover: Handover
  control: HandoverControl
  /** The step is settled: on to the next. */
  onSaved: () => void
}

/** Ctrl+Enter saves the open step, wherever the focus is; the button below says so. */
function SaveStep({ label, busy, save }: { label: string; busy: boolean; save: () => void }) {
  useHotkeys([{ keys: 'Ctrl+Enter', label, run: save, when: !busy }])
  return (
    <Button className="handover-save" loading={busy} onClick={save}>
      {label} <KeyCap keys="Ctrl+Enter" />
    </Button>
  )
}

/** What was typed so far of each unit; a fresh form starts with what is usual. */
function useUnits<Unit, Values extends object>(
  units: readonly Unit[],
  usual: (unit: Unit) => Values,
): [Values[], (index: number, part: Partial<Values>) => void] {
  const [values, setValues] = useState<Values[]>(() => units.map(usual))
  const change = (index: number, part: Partial<Values>) =>
    setValues((now) => now.map((each, at) => (at === index ? { ...each, ...part } : each)))
  return [values, change]
}

/** ① The old goods and what belongs to them. */
export function GoodsBackPanel({ handover, control, onSaved }: StepPanelProps) {
  const { t } = useTranslation()
  const [values, change] = useUnits(handover.back, goodsBackOf)
  const save = () => void control.saveGoodsBack(values).then((done) => done && onSaved())
  useScanner((code) => {
    const same = handover.back.findIndex((unit) => isSame(unit.soldSerialNo, code))
    const blank = values.findIndex((each) => each.serialNo === '')
    const at = same >= 0 ? same : blank
    if (at < 0) return false
    change(at, { serialNo: code })
    return true
  })
  return (
    <>
      {handover.back.map((unit, index) => {
        const value = values[index] ?? goodsBackOf(unit)
        return (
          <UnitFields key={`${unit.saleLineId}:${unit.unitNo}`} unit={unit}>
            <FindingField
              label={t('exchanges:check.goods')}
              of={unit.name}
              values={['back', 'missing']}
              wrong={['missing']}
              finding={value.goods}
              onChange={(goods) => change(index, { goods })}
            />
            <FindingField
              label={t('exchanges:check.accessories')}
              of={unit.name}
              values={['complete', 'missing', 'none']}
              wrong={['missing']}
              finding={value.accessories}
              onChange={(accessories) => change(index, { accessories })}
            />
            {unit.soldSerialNo === '' ? null : (
              <SerialField
                label={t('exchanges:check.oldSerial', { serialNo: unit.soldSerialNo })}
                value={value.serialNo}
                onChange={(serialNo) => change(index, { serialNo })}
              />
            )}
          </UnitFields>
        )
      })}
      {values.some((value) => value.goods.is === 'missing') ? (
        <p className="tone-risk">{t('exchanges:handover.needsWaiver')}</p>
      ) : null}
      <SaveStep label={t('exchanges:handover.save')} busy={control.busy} save={save} />
    </>
  )
}

/** ② 三包凭证, manual, and the stamp on the slip. */
export function PapersBackPanel({ handover, control, onSaved }: StepPanelProps) {
  const { t } = useTranslation()
  const [values, change] = useUnits(handover.back, papersBackOf)
  const save = () => void control.savePapersBack(values).then((done) => done && onSaved())
  useScanner((code) => {
    const number = canonicalDocumentNumber(code) ?? code
    const plain = (text: string) => text.replaceAll('-', '').toUpperCase()
    const own = handover.back.findIndex(
      (unit) => plain(unit.liveCard?.number ?? '') === plain(number),
    )
    const at = own >= 0 ? own : handover.back.findIndex((unit) => unit.liveCard !== null)
    if (at < 0) return false
    change(at, { cardNumber: number, card: { is: 'back', reason: '' } })
    return true
  })
  return (
    <>
      {handover.back.map((unit, index) => {
        const value = values[index] ?? papersBackOf(unit)
        const { liveCard } = unit
        return (
          <UnitFields key={`${unit.saleLineId}:${unit.unitNo}`} unit={unit}>
            {liveCard ? (
              <>
                <FindingField
                  label={t('exchanges:check.card', { number: liveCard.number })}
                  of={unit.name}
                  values={['back', 'missing']}
                  wrong={['missing']}
                  finding={value.card}
                  onChange={(card) => change(index, { card })}
                />
                {value.card.is === 'back' ? (
                  <SerialField
                    label={t('exchanges:check.cardNumber')}
                    value={value.cardNumber}
                    onChange={(cardNumber) => change(index, { cardNumber })}
                  />
                ) : null}
              </>
            ) : null}
            <FindingField
              label={t('exchanges:check.manual')}
              of={unit.name}
              values={['back', 'missing', 'none']}
              wrong={['missing']}
              finding={value.manual}
              onChange={(manual) => change(index, { manual })}
            />
            <FindingField
              label={t('exchanges:check.invoice')}
              of={unit.name}
              values={['stamped', 'missing', 'none']}
              wrong={['missing']}
              finding={value.invoice}
              onChange={(invoice) => change(index, { invoice })}
            />
          </UnitFields>
        )
      })}
      <SaveStep label={t('exchanges:handover.save')} busy={control.busy} save={save} />
    </>
  )
}

/** ③ The new goods before the customer's eyes. */
export function NewCheckedPanel({ handover, control, onSaved }: StepPanelProps) {
  const { t } = useTranslation()
  const [values, change] = useUnits(handover.given, newCheckedOf)
  const save = () => void control.saveNewChecked(values).then((done) => done && onSaved())
  useScanner((code) => {
    const same = handover.given.findIndex((unit) => isSame(unit.expectedSerialNo, code))
    const blank = handover.given.findIndex(
      (unit, index) => unit.needsSerial && values[index]?.serialNo === '',
    )
    const at = same >= 0 ? same : blank
    if (at < 0) return false
    change(at, { serialNo: code })
    return true
  })
  return (
    <>
      {handover.given.map((unit, index) => {
        const value = values[index] ?? newCheckedOf(unit)
        return (
          <UnitFields key={`${unit.lineId}:${unit.unitNo}`} unit={unit}>
            {unit.needsSerial ? (
              <SerialField
                focus={index === 0}
                label={t('exchanges:check.newSerial')}
                value={value.serialNo}
                onChange={(serialNo) => change(index, { serialNo })}
              />
            ) : null}
            <FindingField
              label={t('exchanges:check.seal')}
              of={unit.name}
              values={['opened_before_customer', 'was_open', 'none']}
              wrong={['was_open']}
              finding={value.seal}
              onChange={(seal) => change(index, { seal })}
            />
            <FindingField
              label={t('exchanges:check.appearance')}
              of={unit.name}
              values={['sound', 'flawed']}
              wrong={['flawed']}
              finding={value.appearance}
              onChange={(appearance) => change(index, { appearance })}
            />
          </UnitFields>
        )
      })}
      <HandoverPhotos handover={handover} />
      <SaveStep label={t('exchanges:handover.save')} busy={control.busy} save={save} />
    </>
  )
}

interface GivePanelProps extends StepPanelProps {
  /** The new card, to be printed at once; null where none was issued. */
  onGiven: (cardId: number | null) => void
}

/** ④ What goes with the new goods; from here on the exchange stands. */
export function PapersGivenPanel({ handover, control, onSaved, onGiven }: GivePanelProps) {
  const { t } = useTranslation()
  const [values, change] = useUnits(handover.given, papersGivenOf)
  const cards = handover.back.flatMap(({ liveCard }) => (liveCard ? [liveCard.number] : []))
  const save = () =>
    void control.give(values).then((given) => {
      if (!given) return
      onSaved()
      onGiven(given.cardId)
    })
  return (
    <>
      {cards.length > 0 ? (
        <p className="handover-hint">
          {t('exchanges:handover.cardSwap', { numbers: cards.join('、') })}
        </p>
      ) : null}
      {handover.given.map((unit, index) => {
        const value = values[index] ?? papersGivenOf(unit)
        return (
          <UnitFields key={`${unit.lineId}:${unit.unitNo}`} unit={unit}>
            <FindingField
              label={t('exchanges:check.newManual')}
              of={unit.name}
              values={['given', 'missing', 'none']}
              wrong={['missing']}
              finding={value.manual}
              onChange={(manual) => change(index, { manual })}
            />
            <FindingField
              label={t('exchanges:check.newAccessories')}
              of={unit.name}
              values={['complete', 'missing', 'none']}
              wrong={['missing']}
              finding={value.accessories}
              onChange={(accessories) => change(index, { accessories })}
            />
          </UnitFields>
        )
      })}
      <SaveStep label={t('exchanges:handover.give')} busy={control.busy} save={save} />
    </>
  )
}

function isSame(known: string, read: string): boolean {
  return known !== '' && known.toUpperCase() === read.toUpperCase()
}

function UnitFields({ unit, children }: { unit: BackUnit | GivenUnit; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <fieldset className="handover-unit">
      <legend>
        {unit.name} {'lineId' in unit ? <Tag tone="teal">{t('exchanges:give.title')}</Tag> : null}
      </legend>
      {children}
    </fieldset>
  )
}

function SerialField({
  label,
  value,
  focus = false,
  onChange,
}: {
  label: string
  value: string
  focus?: boolean
  onChange: (value: string) => void
}) {
  return (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          className="exchange-serial"
          value={value}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          autoFocus={focus}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
