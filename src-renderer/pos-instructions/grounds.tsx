import { useTranslation } from 'react-i18next'

import { type Ground, speaksAgainst } from './reconcile.ts'

/** Why two belong together, or why not: each with a sign beside the words. */
export function Grounds({ grounds }: { grounds: readonly Ground[] }) {
  const { t } = useTranslation()
  return (
    <ul className="pos-grounds">
      {grounds.map((ground) => (
        <li key={ground} className={speaksAgainst(ground) ? 'tone-risk' : ''}>
          <span aria-hidden="true">{speaksAgainst(ground) ? '✗' : '✓'}</span>{' '}
          {t(`pos-instructions:ground.${ground}`)}
        </li>
      ))}
    </ul>
  )
}
