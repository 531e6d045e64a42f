import { CheckOutlined, ExclamationOutlined, StopOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { longestNote } from '../../src-main/day-closes/contract.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import type { CloseDay } from './day-close-page.tsx'

type Check = CloseDay['checks'][number]

/** What is behind a check; null where the page itself is. */
function usePathOf(): (kind: Check['kind']) => string | null {
  const booking = useQuery(api.dayCloses.booking.queryOptions())
  const earlier = booking.data?.unclosed[0]
  const behind: Record<Check['kind'], string | null> = {
    earlier_days: earlier === undefined ? null : paths.dayClose(earlier),
    goods_counted: paths.goods(),
    store_open: null,
    unmatched: paths.posInstructions(),
    handovers: paths.exchanges(),
    approvals: paths.approvals(),
    promises: paths.promises('overdue'),
    loans: paths.loanUnits(),
    drafts: null,
  }
  return (kind) => behind[kind]
}

interface ChecksProps {
  day: CloseDay
  notes: Readonly<Record<string, string>>
  onNote: (kind: Check['kind'], note: string) => void
}

/** The list that turns green: digits open what is behind an item. */
export function Checks({ day, notes, onNote }: ChecksProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const pathOf = usePathOf()
  const isClosed = day.close !== null
  useHotkeys(
    day.checks.flatMap(({ kind, count }, place) => {
      const to = pathOf(kind)
      if (to === null || count === 0) return []
      return [
        {
          keys: String(place + 1),
          label: t(`day-closes:check.${kind}`),
          run: () => void navigate(to),
        },
      ]
    }),
  )
  return (
    <Panel title={t('day-closes:checks')}>
      <ul className="close-checks">
        {day.checks.map((check, place) => {
          const { kind, count } = check
          const to = pathOf(kind)
          const note = isClosed ? check.note : (notes[kind] ?? '')
          const state = check.state === 'note' && note.trim() !== '' ? 'done' : check.state
          const told = state === 'done' && note.trim() === '' ? 'listed' : state
          return (
            <li key={kind} className={`close-check is-${state}`}>
              <span className="close-sign" aria-hidden="true">
                {state === 'done' ? (
                  <CheckOutlined />
                ) : state === 'note' ? (
                  <ExclamationOutlined />
                ) : (
                  <StopOutlined />
                )}
              </span>
              <span className="close-what">
                {count > 0 ? (
                  <>
                    {t(`day-closes:check.${kind}`)} <strong>{count}</strong>{' '}
                    <span className="row-note">{t(`day-closes:checkState.${told}`)}</span>
                  </>
                ) : (
                  t(`day-closes:fine.${kind}`)
                )}
              </span>
              {to !== null && count > 0 ? (
                <Button size="small" onClick={() => void navigate(to)}>
                  {t('day-closes:look')} <KeyCap keys={String(place + 1)} />
                </Button>
              ) : null}
              {isClosed ? (
                note === '' ? null : (
                  <p className="close-note">{note}</p>
                )
              ) : check.state === 'note' ? (
                <Input
                  className="close-note"
                  aria-label={t('day-closes:noteOf', { what: t(`day-closes:check.${kind}`) })}
                  placeholder={t('day-closes:note')}
                  value={note}
                  maxLength={longestNote}
                  autoComplete="off"
                  onChange={(event) => onNote(kind, event.target.value)}
                />
              ) : null}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
