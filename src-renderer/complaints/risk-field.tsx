import { useTranslation } from 'react-i18next'

import { type RiskFlag, riskFlags } from '../../src-main/cases/contract.ts'
import { KeyChoices } from '../ui/key-choices.tsx'

interface RiskFieldProps {
  value: readonly RiskFlag[]
  onChange: (risks: RiskFlag[]) => void
}

/** What makes a complaint serious: each on or off with one key, any of them sends its money to the top. */
export function RiskField({ value, onChange }: RiskFieldProps) {
  const { t } = useTranslation()
  return (
    <KeyChoices
      legend={t('complaints:risk.title')}
      choices={riskFlags.map((risk, index) => ({
        keys: `Alt+${index + 1}`,
        value: risk,
        label: t(`complaints:risk.${risk}`),
      }))}
      value={value}
      onChoose={(risk) =>
        onChange(riskFlags.filter((each) => (each === risk) !== value.includes(each)))
      }
    />
  )
}
