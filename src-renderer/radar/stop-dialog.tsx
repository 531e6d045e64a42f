import { useQuery } from '@tanstack/react-query'
import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'

interface StopDialogProps {
  productId: number | null
  incidentId: number | null
  close: () => void
  onDone: () => void
}

interface Typed {
  goods?: string
  barcode?: string
  model?: string
  brand?: string
  counters?: string[]
}

/** Takes goods out of sale: known ones, or those a pattern fits. */
export function StopDialog({ productId, incidentId, close, onDone }: StopDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const known = useQuery(
    api.radar.countersOf.queryOptions({
      input: { productId: productId ?? 1 },
      enabled: productId !== null,
    }),
  )
  const [typed, type] = useState<Typed>({})
  const [batchNo, setBatchNo] = useState('')
  const [reason, setReason] = useState('')
  const [effectiveOn, setEffectiveOn] = useState(today)
  const none = { goods: '', barcode: '', model: '', brand: '', counters: [] }
  const values = { ...none, ...known.data, ...typed }
  const issue = useCommand(desk.radar.issueStop, { onDone })
  const hasPattern = [values.barcode, values.model, values.brand].some((text) => text.trim() !== '')
  const isReady =
    values.goods.trim().length >= 2 &&
    reason.trim().length >= 2 &&
    values.counters.length > 0 &&
    (productId !== null || hasPattern)
  const field = (name: 'goods' | 'barcode' | 'model' | 'brand', max: number) => (
    <Field label={t(`radar:stop.${name}`)} wide={name === 'goods'}>
      {(id) => (
        <Input
          id={id}
          value={values[name]}
          maxLength={max}
          autoComplete="off"
          onChange={(event) => type((now) => ({ ...now, [name]: event.target.value }))}
        />
      )}
    </Field>
  )
  return (
    <ConfirmDialog
      open
      danger
      width={680}
      title={t('radar:do.stop')}
      confirmLabel={t('radar:stop.issue')}
      busy={issue.isPending}
      unready={!isReady}
      onCancel={close}
      onConfirm={() =>
        issue.mutate({
          incidentId,
          productId,
          goods: values.goods.trim(),
          barcode: values.barcode.trim(),
          brand: values.brand.trim(),
          model: values.model.trim(),
          batchNo: batchNo.trim(),
          reason: reason.trim(),
          effectiveOn,
          counters: values.counters,
        })
      }
    >
      <RefusalAlert error={issue.error ?? known.error} />
      <div className="radar-form">
        {field('goods', 160)}
        {field('barcode', 40)}
        {field('model', 60)}
        {field('brand', 60)}
        <Field label={t('radar:stop.batch')} hint={t('radar:stop.batchHint')}>
          {(id) => (
            <Input
              id={id}
              value={batchNo}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setBatchNo(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('radar:stop.reason')} wide>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              value={reason}
              maxLength={600}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('radar:stop.counters')} hint={t('radar:stop.countersHint')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              mode="tags"
              tokenSeparators={['，', ',']}
              value={values.counters}
              options={(known.data?.counters ?? []).map((value) => ({ value, label: value }))}
              onChange={(counters: string[]) => type((now) => ({ ...now, counters }))}
            />
          )}
        </Field>
        <Field label={t('radar:stop.effective')}>
          {(id) => (
            <DatePicker
              id={id}
              className="full-width"
              allowClear={false}
              value={dayjs(effectiveOn)}
              onChange={(day) => setEffectiveOn(day?.format('YYYY-MM-DD') ?? today)}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}
