import { useTranslation } from 'react-i18next'

import { type Handover, steps } from './handover.ts'

const circled = ['①', '②', '③', '④', '⑤']

/** What the form lacks, step by step: a list to work off. */
export function MissingList({ handover }: { handover: Handover }) {
  const { t } = useTranslation()
  if (handover.missing.length === 0) return null
  // With one unit on each side everybody knows which is meant.
  const isOneForOne = handover.back.length <= 1 && handover.given.length <= 1
  const say = ({ what, name }: Handover['missing'][number]) =>
    isOneForOne || name === ''
      ? t(`exchanges:missing.${what}`)
      : t('exchanges:handover.missingOf', { what: t(`exchanges:missing.${what}`), name })
  return (
    <ul className="missing-list" aria-label={t('exchanges:handover.missing')}>
      {steps.map((step, index) => {
        const lacking = handover.missing.filter((each) => each.step === step)
        return lacking.length === 0 ? null : (
          <li key={step}>
            <span aria-hidden="true">{circled[index]}</span>{' '}
            {[...new Set(lacking.map(say))].join(t('app:listComma'))}
          </li>
        )
      })}
    </ul>
  )
}
