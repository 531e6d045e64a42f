import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { parseDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { writeDate } from '../ui/dates.ts'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import type { CloseDay } from './day-close-page.tsx'

/** The number of a document as the way to its page; what has no number of its own stays words. */
export function NumberLink({ number }: { number: string }) {
  if (parseDocumentNumber(number) === null) return <strong>{number}</strong>
  return <Link to={paths.find(number)}>{number}</Link>
}

interface SlipsDialogProps {
  date: string
  kind: CloseDay['slips'][number]['kind']
  close: () => void
}

/** The slips behind a count of a day; Enter opens the one that has the focus. */
export function SlipsDialog({ date, kind, close }: SlipsDialogProps) {
  const { t, i18n } = useTranslation()
  const { currency, today } = useStore()
  const list = useRef<HTMLUListElement>(null)
  const { data, error } = useQuery(
    api.dayCloses.slips.queryOptions({ input: { businessDate: date, kind } }),
  )
  useEffect(() => {
    if (data) list.current?.querySelector<HTMLElement>('a')?.focus()
  }, [data])
  return (
    <ConfirmDialog
      open
      focusField={false}
      title={`${t(`day-closes:slip.${kind}`)} · ${writeDate(date, today, i18n.language)}`}
      confirmLabel={t('day-closes:seen')}
      onConfirm={close}
      onCancel={close}
    >
      <RefusalAlert error={error} />
      {data || error ? null : <LoadingState />}
      <ul className="close-late close-behind" ref={list}>
        {data?.map(({ number, at, amount, isVoid, isLate }, place) => (
          // A slip and its being void stand under the same number.
          <li key={`${number} ${place}`}>
            <NumberLink number={number} />{' '}
            <span className="row-note">
              <Moment at={at} />
            </span>{' '}
            {isVoid ? <Tag tone="risk">{t('day-closes:column.voided')}</Tag> : null}
            {isLate ? <Tag tone="soon">{t('day-closes:column.late')}</Tag> : null}
            {amount === 0 ? null : <Money amount={amount} currency={currency} />}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}
