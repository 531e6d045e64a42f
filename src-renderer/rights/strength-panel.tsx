import { useTranslation } from 'react-i18next'

import { Tag } from '../ui/tag.tsx'

interface StrengthProps {
  score: number
  strength: 'strong' | 'fair' | 'weak'
  approver: 'clerk' | 'floor_manager' | 'store_manager'
}

const tones = { strong: 'good', fair: 'soon', weak: 'plain' } as const

/** How strong the proofs are together, in words and figures, and who decides on them. */
export function StrengthPanel({ score, strength, approver }: StrengthProps) {
  const { t } = useTranslation()
  return (
    <div className="proof-strength">
      <p className="proof-score">
        <strong>{score}</strong> / 100{' '}
        <Tag tone={tones[strength]}>{t(`rights:proof.strength.${strength}`)}</Tag>
      </p>
      <meter
        min={0}
        max={100}
        value={score}
        aria-label={t('rights:proof.together')}
        className={`proof-meter meter-${strength}`}
      />
      <p>{t(`rights:proof.decides.${approver}`)}</p>
      <p className="row-note">{t('rights:proof.never')}</p>
    </div>
  )
}
