import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { allocate } from '../../src-main/foundation/money.ts'
import { liableParties } from '../../src-main/investigations/contract.ts'
import { desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { type RemedyDialogProps, type Settling, useRefresh } from './remedy.ts'

interface Row {
  party: (typeof liableParties)[number]
  name: string
  weight: number | null
}

/** What the case has cost so far: the agreed money, else the dearest offer; what there is to split. */
function costOf({ settlements }: Settling): number | null {
  const [latest] = settlements
  if (!latest) return null
  const agreed = latest.options.find((option) => option.agreed)
  const total = agreed?.total ?? latest.approved
  return total > 0 ? total : null
}

/** Who is liable for how much; shares are percentages or amounts, and always sum to the whole. */
export function SplitDialog({ complaintId, found, settling, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const { split } = found
  const [total, setTotal] = useState<number | null>(split?.total ?? costOf(settling))
  const [rows, setRows] = useState<Row[]>(
    split?.shares.map(({ party, name, weight }) => ({ party, name, weight })) ?? [
      { party: 'store', name: '', weight: 50 },
      { party: 'vendor', name: '', weight: 50 },
    ],
  )
  const refresh = useRefresh(close)
  const write = useCommand(desk.investigations.split, { onDone: refresh })
  const change = (at: number, part: Partial<Row>) =>
    setRows(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  const add = () => {
    const party = liableParties.find((each) => !rows.some((row) => row.party === each)) ?? 'vendor'
    setRows([...rows, { party, name: '', weight: 0 }])
  }
  const weights = rows.map(({ weight }) => weight ?? 0)
  const hasWeight = weights.some((weight) => weight > 0)
  const amounts = total !== null && hasWeight ? allocate(total, weights) : null
  return (
    <ConfirmDialog
      open
      width={720}
      title={t('settlements:costs.split')}
      confirmLabel={t('settlements:save')}
      busy={write.isPending}
      unready={total === null || total <= 0 || !hasWeight}
      onCancel={close}
      onConfirm={() =>
        total !== null &&
        write.mutate({
          complaintId,
          total,
          parties: rows.map(({ party, name, weight }) => ({
            party,
            name: name.trim(),
            weight: weight ?? 0,
          })),
        })
      }
    >
      <SplitKeys add={add} ready={rows.length < 10} />
      <RefusalAlert error={write.error} />
      <Field label={t('settlements:split.total')} hint={t('settlements:split.hint')}>
        {(id) => <MoneyField id={id} value={total} onChange={setTotal} />}
      </Field>
      <ul className="split-rows" aria-label={t('settlements:costs.liability')}>
        {rows.map((row, index) => (
          <li key={index} className="split-row">
            <Select
              aria-label={t('settlements:split.party')}
              value={row.party}
              options={liableParties.map((value) => ({
                value,
                label: t(`settlements:party.${value}`),
              }))}
              onChange={(party) => change(index, { party })}
            />
            <Input
              aria-label={t('settlements:split.name')}
              placeholder={t('settlements:split.name')}
              value={row.name}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => change(index, { name: event.target.value })}
            />
            <InputNumber
              aria-label={t('settlements:split.weight')}
              min={0}
              max={100_000_000}
              precision={0}
              controls={false}
              value={row.weight}
              onChange={(weight) => change(index, { weight })}
            />
            <span className="num">{amounts ? <Money amount={amounts[index] ?? 0} /> : null}</span>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              disabled={rows.length === 1}
              aria-label={`${t('settlements:split.remove')}：${t(`settlements:party.${row.party}`)}`}
              onClick={() => setRows(rows.filter((_row, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      <Button size="small" icon={<PlusOutlined />} onClick={add}>
        {t('settlements:split.add')} <KeyCap keys="Alt+N" />
      </Button>
    </ConfirmDialog>
  )
}

function SplitKeys({ add, ready }: { add: () => void; ready: boolean }) {
  const { t } = useTranslation()
  useHotkeys([{ keys: 'Alt+N', label: t('settlements:split.add'), when: ready, run: add }])
  return null
}
