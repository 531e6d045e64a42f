import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'

import type { RailItem } from './room.ts'

function isCurrent({ to, also = [] }: RailItem, path: string): boolean {
  if (to === '/') return path === '/' || also.some((each) => path.startsWith(each))
  return [to, ...also].some((each) => path === each || path.startsWith(`${each}/`))
}

/** The rooms, as icon and word; each has a key. */
export function Rail({ items }: { items: readonly RailItem[] }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <nav className="rail" aria-label={t('app:rail')}>
      {items.map((item) => {
        const current = isCurrent(item, pathname)
        return (
          <Link
            key={item.to}
            to={item.to}
            className={current ? 'rail-item rail-current' : 'rail-item'}
            aria-current={current ? 'page' : undefined}
            title={item.keys ? `${t(item.label)} · ${item.keys}` : t(item.label)}
            aria-keyshortcuts={item.keys?.replace('Ctrl', 'Control')}
          >
            <span className="rail-icon" aria-hidden="true">
              {item.icon}
            </span>
            <span>{t(item.label)}</span>
          </Link>
        )
      })}
    </nav>
  )
}
