import type { ReactNode } from 'react'

interface TableProps {
  caption: string
  columns: readonly { title: string; figure?: boolean }[]
  children: ReactNode
}

/** A plain table: its caption is read aloud, and it scrolls by itself where it is too wide. */
export function Table({ caption, columns, children }: TableProps) {
  return (
    // Wide tables scroll; the keyboard has to reach that.
    <div className="vendor-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="vendor-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, figure }) => (
              <th key={title} scope="col" className={figure ? 'figure' : ''}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
