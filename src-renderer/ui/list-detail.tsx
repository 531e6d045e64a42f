import type { ReactNode } from 'react'

import { MoreRows } from './more-rows.tsx'
import { Panel } from './page.tsx'
import { RowList } from './row-list.tsx'
import './list-detail.css'

interface ListDetailProps {
  /** What the list holds, for who cannot see it. */
  label: string
  rows: ReactNode
  /** Where the list comes a page at a time: its next page. */
  more?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  className?: string
  /** What was chosen. */
  children: ReactNode
}

/** A list to choose from beside what was chosen; ↑↓ go through it. */
export function ListDetail({ label, rows, more, className, children }: ListDetailProps) {
  return (
    <div className={className ? `list-detail ${className}` : 'list-detail'}>
      <Panel>
        <RowList label={label}>{rows}</RowList>
        {more ? (
          <MoreRows
            more={more.hasNextPage}
            loading={more.isFetchingNextPage}
            loadMore={() => void more.fetchNextPage()}
          />
        ) : null}
      </Panel>
      {children}
    </div>
  )
}

interface PickRowProps {
  current: boolean
  onChoose: () => void
  /** Going to it by key is not choosing it: where choosing costs something. */
  byPressOnly?: boolean
  children: ReactNode
}

/** A row of a list to choose from: chosen by pressing it or by going to it. */
export function PickRow({ current, onChoose, byPressOnly = false, children }: PickRowProps) {
  return (
    <li>
      <button
        type="button"
        className={current ? 'row pick-row pick-current' : 'row pick-row'}
        aria-current={current}
        onClick={onChoose}
        onFocus={byPressOnly ? undefined : onChoose}
      >
        {children}
      </button>
    </li>
  )
}
