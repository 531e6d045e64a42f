import { useTranslation } from 'react-i18next'

import { Tag } from '../ui/tag.tsx'
import { type Item, type Reception, toneOfAcceptance, toneOfReception } from './repair.ts'

const usual: readonly Reception[] = ['received', 'with_repairer', 'back', 'ready', 'handed_back']
const rare: readonly Reception[] = ['expected', 'kept', 'cancelled']

/** Where goods are among the usual steps, the current one marked; what is off the way stands alone. */
export function StateSteps({ item }: { item: Item }) {
  const { t } = useTranslation()
  const { reception } = item
  const at = usual.indexOf(reception)
  const been = new Set(item.movements.map(({ action }) => actionsTo[action]))
  return (
    <ol className="repair-steps" aria-label={t('repairs:one.steps')}>
      {rare.includes(reception) ? (
        <li className="repair-step repair-step-now" aria-current="step">
          {t(`repairs:reception.${reception}`)}
        </li>
      ) : null}
      {usual.map((each, index) => {
        const isNow = each === reception
        const isDone = index < at && (each !== 'with_repairer' || been.has('with_repairer'))
        const look = isNow ? ' repair-step-now' : isDone ? ' repair-step-done' : ''
        return (
          <li key={each} className={`repair-step${look}`} aria-current={isNow ? 'step' : undefined}>
            {isDone ? <span aria-hidden="true">✓ </span> : null}
            {t(`repairs:reception.${each}`)}
          </li>
        )
      })}
    </ol>
  )
}

/** Where a movement led, by its action. */
const actionsTo: Record<string, Reception> = { send: 'with_repairer' }

/** The two axes: where the goods are, and who pays. */
export function Axes({ item }: { item: Pick<Item, 'reception' | 'acceptance'> }) {
  const { t } = useTranslation()
  return (
    <>
      <Tag tone={toneOfReception[item.reception]}>{t(`repairs:reception.${item.reception}`)}</Tag>{' '}
      <Tag tone={toneOfAcceptance[item.acceptance]}>
        {t(`repairs:acceptance.${item.acceptance}`)}
      </Tag>
    </>
  )
}
