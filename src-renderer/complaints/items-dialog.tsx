import { CloseOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Complaint } from './complaint-form.ts'

type Item = Pick<Complaint['items'][number], 'type' | 'id' | 'label' | 'note'>

const sameItem = (one: Item, other: Item) => one.type === other.type && one.id === other.id

/** Which lines of sales, cards and repairs a complaint is about: found by number, and taken off again. */
export function ItemsDialog({ complaint, close }: { complaint: Complaint; close: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [items, setItems] = useState<Item[]>(complaint.items)
  const [text, setText] = useState('')
  const [receiptId, setReceipt] = useState<number | null>(complaint.receipt?.id ?? null)
  const save = useCommand(desk.complaints.change, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['complaints']] })
      void cache.invalidateQueries({ queryKey: [['cases']] })
    },
  })
  const idsOf = (type: Item['type']) =>
    items.filter((each) => each.type === type).map(({ id }) => id)
  const toggle = (item: Item) =>
    setItems((now) =>
      now.some((each) => sameItem(each, item))
        ? now.filter((each) => !sameItem(each, item))
        : [...now, item],
    )
  return (
    <ConfirmDialog
      open
      width={720}
      title={t('cases:items.title', { number: complaint.number })}
      confirmLabel={t('complaints:risk.save')}
      busy={save.isPending}
      onCancel={close}
      onConfirm={() =>
        save.mutate({
          complaintId: complaint.id,
          version: complaint.version,
          items: {
            lineIds: idsOf('sale_line'),
            cardIds: idsOf('card'),
            repairIds: idsOf('repair'),
          },
        })
      }
    >
      <RefusalAlert error={save.error} />
      <Field label={t('cases:items.find')} hint={t('cases:items.findHint')}>
        {(id) => (
          <Input
            id={id}
            value={text}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Found text={text} items={items} toggle={toggle} openSale={setReceipt} />
      {receiptId === null ? null : (
        <SaleLines receiptId={receiptId} items={items} toggle={toggle} />
      )}
      <p className="guide-head">{t('cases:items.chosen', { count: items.length })}</p>
      {items.length === 0 ? <p className="row-note">{t('cases:items.none')}</p> : null}
      <ul className="case-parts">
        {items.map((item) => (
          <li key={`${item.type} ${item.id}`}>
            {t(`cases:items.${item.type}`)} {item.label}{' '}
            <span className="row-note">{item.note}</span>{' '}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('cases:items.remove', { label: item.label })}
              onClick={() => toggle(item)}
            />
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}

interface PickProps {
  items: readonly Item[]
  toggle: (item: Item) => void
}

/** What the words find: a sale opens its lines, a card or a repair is chosen itself. */
function Found({
  text,
  items,
  toggle,
  openSale,
}: PickProps & { text: string; openSale: (receiptId: number) => void }) {
  const { t } = useTranslation()
  const asked = text.trim()
  const found = useQuery(
    api.sales.find.queryOptions({ input: { text: asked }, enabled: asked.length >= 2 }),
  )
  if (asked.length < 2) return null
  const hits = (found.data?.groups ?? [])
    .filter(({ kind }) => kind === 'receipt' || kind === 'card' || kind === 'repair')
    .flatMap((group) => group.hits)
  if (found.data && hits.length === 0) {
    return <p className="row-note">{t('cases:items.nothing', { text: asked })}</p>
  }
  return (
    <ul className="case-parts found-items">
      <RefusalAlert error={found.error} />
      {hits.map(({ kind, id, label, note }) => (
        <li key={`${kind} ${id}`}>
          {kind === 'receipt' ? (
            <Button size="small" onClick={() => openSale(id)}>
              {t('cases:items.openSale', { number: label })}
            </Button>
          ) : (
            <Checkbox
              checked={items.some((each) => each.type === kind && each.id === id)}
              onChange={() =>
                toggle({ type: kind === 'card' ? 'card' : 'repair', id, label, note: '' })
              }
            >
              {t(`cases:items.${kind === 'card' ? 'card' : 'repair'}`)} {label}
            </Checkbox>
          )}{' '}
          <span className="row-note">{note}</span>
        </li>
      ))}
    </ul>
  )
}

function SaleLines({ receiptId, items, toggle }: PickProps & { receiptId: number }) {
  const { t } = useTranslation()
  const sale = useQuery(api.sales.open.queryOptions({ input: { receiptId } }))
  if (!sale.data) return null
  const { receiptNo, lines } = sale.data
  return (
    <fieldset className="plain-fieldset">
      <legend className="guide-head">{t('cases:items.ofSale', { number: receiptNo })}</legend>
      {lines
        .filter(({ kind }) => kind === 'goods')
        .map(({ id, name }) => {
          const item: Item = { type: 'sale_line', id, label: name, note: receiptNo }
          return (
            <div key={id}>
              <Checkbox
                checked={items.some((each) => sameItem(each, item))}
                onChange={() => toggle(item)}
              >
                {name}
              </Checkbox>
            </div>
          )
        })}
    </fieldset>
  )
}
