import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RowList } from '../ui/row-list.tsx'
import { Tag } from '../ui/tag.tsx'
import { type ItemValues, unitKey, unitsToAdd } from './intake-form.ts'
import type { Draft, DraftUnit } from './repair.ts'

interface AddGoodsProps {
  draft: Draft
  items: readonly ItemValues[]
  onUnit: (unit: DraftUnit) => void
  onElsewhere: () => void
  onClose: () => void
}

const ELSEWHERE_KEY = '0'
const digitsShown = 9

/** Which unit of the sale is brought, or goods the desk did not sell: one digit. */
export function AddGoodsDialog(props: AddGoodsProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('repairs:intake.addTitle')}
      footer={null}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      onCancel={props.onClose}
    >
      <HotkeyLayer>
        <Choices {...props} />
      </HotkeyLayer>
    </Modal>
  )
}

function Choices({ draft, items, onUnit, onElsewhere, onClose }: AddGoodsProps) {
  const { t } = useTranslation()
  const free = unitsToAdd(draft, items)
  const blocked = draft.units.filter((unit) => unit.blocked !== null)
  const twins = (unit: DraftUnit) =>
    draft.units.filter(({ saleLineId }) => saleLineId === unit.saleLineId).length > 1
  const named = (unit: DraftUnit) =>
    twins(unit) ? `${unit.name} · ${t('repairs:intake.unitNo', { no: unit.unitNo })}` : unit.name
  useHotkeys([
    ...free.slice(0, digitsShown).map((unit, index) => ({
      keys: String(index + 1),
      label: named(unit),
      run: () => onUnit(unit),
    })),
    { keys: ELSEWHERE_KEY, label: t('repairs:intake.elsewhere'), run: onElsewhere },
    { keys: 'Esc', label: t('app:cancel'), run: onClose },
  ])
  return (
    <>
      {free.length === 0 && draft.receipt ? <p>{t('repairs:intake.addNone')}</p> : null}
      <RowList label={t('repairs:intake.addTitle')}>
        {free.map((unit, index) => (
          <li key={unitKey(unit)}>
            <button type="button" className="row row-button" onClick={() => onUnit(unit)}>
              <span className="row-main">
                <span className="row-title">{named(unit)}</span>
                <span className="row-note">
                  {[unit.serialNo, unit.cardNumber].filter(Boolean).join(' · ')}
                </span>
              </span>
              {index < digitsShown ? <KeyCap keys={String(index + 1)} /> : null}
            </button>
          </li>
        ))}
        <li>
          <button type="button" className="row row-button" onClick={onElsewhere}>
            <span className="row-main">
              <span className="row-title">{t('repairs:intake.elsewhere')}</span>
            </span>
            <KeyCap keys={ELSEWHERE_KEY} />
          </button>
        </li>
      </RowList>
      {blocked.length > 0 ? (
        <ul className="plain-list row-note">
          {blocked.map((unit) => (
            <li key={unitKey(unit)}>
              {named(unit)}{' '}
              <Tag>
                {t(`repairs:intake.blocked.${unit.blocked ?? 'returned'}`, {
                  number: unit.repair?.number ?? '',
                })}
              </Tag>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
