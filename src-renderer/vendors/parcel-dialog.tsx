import { DatePicker, Radio } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { directions } from '../../src-main/vendors/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/given-fields.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'

type Direction = (typeof directions)[number]

/** A parcel of the case: whither, by whom, and the number it can be followed by. */
export function ParcelDialog({ caseId, close }: { caseId: number; close: () => void }) {
  const { t } = useTranslation()
  const { today } = useStore()
  const [direction, setDirection] = useState<Direction>('to_vendor')
  const [carrier, setCarrier] = useState('')
  const [waybill, setWaybill] = useState('')
  const [goods, setGoods] = useState('')
  const [sentOn, setSentOn] = useState(today)
  const ship = useCommand(desk.vendors.ship, { onDone: close })
  return (
    <ConfirmDialog
      open
      width={560}
      title={t('vendors:parcel.add')}
      confirmLabel={t('vendors:parcel.confirm')}
      busy={ship.isPending}
      unready={carrier.trim() === '' || waybill.trim().length < 3}
      onConfirm={() =>
        ship.mutate({
          caseId,
          direction,
          carrier: carrier.trim(),
          waybill: waybill.trim(),
          goods: goods.trim(),
          sentOn,
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={ship.error} />
      <Field label={t('vendors:parcel.direction')}>
        {(id) => (
          <Radio.Group
            id={id}
            aria-label={t('vendors:parcel.direction')}
            value={direction}
            options={directions.map((value) => ({
              value,
              label: t(`vendors:direction.${value}`),
            }))}
            onChange={(event) => setDirection(event.target.value as Direction)}
          />
        )}
      </Field>
      <div className="field-row">
        <TextField
          label={t('vendors:parcel.carrier')}
          value={carrier}
          maxLength={60}
          onChange={setCarrier}
        />
        <TextField
          label={t('vendors:parcel.waybill')}
          value={waybill}
          maxLength={60}
          onChange={setWaybill}
        />
      </div>
      <div className="field-row">
        <TextField
          label={t('vendors:parcel.goods')}
          value={goods}
          maxLength={200}
          onChange={setGoods}
        />
        <Field label={t('vendors:parcel.sentOn')}>
          {(id) => (
            <DatePicker
              id={id}
              className="full-width"
              allowClear={false}
              value={dayjs(sentOn)}
              maxDate={dayjs(today)}
              onChange={(day) => day && setSentOn(day.format('YYYY-MM-DD'))}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}
