import { useQuery } from '@tanstack/react-query'
import type { InferClientOutputs } from '@orpc/client'
import { App, AutoComplete, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'

type Duty = InferClientOutputs<typeof desk>['alerts']['duty']

const setKey = 'Alt+B'

/** Who has the duty today, floor by floor; a manager sets it, whoever has it hands it over. */
export function DutyPanel() {
  const { t } = useTranslation()
  const [setting, openSetting] = useState(false)
  const duty = useQuery(api.alerts.duty.queryOptions({ input: {} }))
  const maySet = duty.data?.maySet ?? false
  useHotkeys([
    {
      keys: setKey,
      label: t('alerts:duty.set'),
      when: maySet,
      run: () => openSetting(true),
    },
  ])
  return (
    <Panel
      title={t('alerts:duty.title')}
      extra={
        maySet ? (
          <Button size="small" onClick={() => openSetting(true)}>
            {t('alerts:duty.set')} <KeyCap keys={setKey} />
          </Button>
        ) : null
      }
    >
      <RefusalAlert error={duty.error} />
      {duty.data?.now.length === 0 ? <p className="row-note">{t('alerts:duty.none')}</p> : null}
      <ul className="duty-list">
        {duty.data?.now.map((row) => (
          <li key={row.id}>
            {row.floor || t('alerts:duty.all')}：<strong>{row.operator.name}</strong>{' '}
            {row.operator.phone}{' '}
            <span className="row-note">
              {t('alerts:duty.since', { name: row.setBy })} <Moment at={row.setAt} short />
              {row.note ? ` · ${row.note}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {duty.data && setting ? <SetDuty duty={duty.data} close={() => openSetting(false)} /> : null}
    </Panel>
  )
}

function SetDuty({ duty, close }: { duty: Duty; close: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const people = useQuery(api.staff.colleagues.queryOptions({ staleTime: 60_000 }))
  const managers = (people.data ?? []).filter(({ role }) => role !== 'clerk')
  const [floor, setFloor] = useState('')
  const [chosen, choose] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const set = useCommand(desk.alerts.setDuty, {
    onDone: () => {
      close()
      void message.success(t('alerts:duty.done'))
    },
  })
  return (
    <ConfirmDialog
      open
      title={t('alerts:duty.setTitle')}
      confirmLabel={t('alerts:duty.set')}
      busy={set.isPending}
      unready={chosen === null}
      onCancel={close}
      onConfirm={() =>
        set.mutate({
          businessDate: duty.businessDate,
          floor: floor.trim(),
          operatorId: chosen ?? 0,
          note: note.trim(),
        })
      }
    >
      <RefusalAlert error={set.error} />
      <p className="why">{t('alerts:duty.hint')}</p>
      <Field label={t('alerts:duty.who')}>
        {(id) => (
          <Select
            id={id}
            value={chosen}
            showSearch={{ optionFilterProp: 'label' }}
            options={managers.map((each) => ({ value: each.id, label: each.name }))}
            onChange={choose}
          />
        )}
      </Field>
      <Field label={t('alerts:duty.floor')} hint={t('alerts:duty.all')}>
        {(id) => (
          <AutoComplete
            id={id}
            value={floor}
            options={duty.floors.map((value) => ({ value }))}
            onChange={setFloor}
          />
        )}
      </Field>
      <Field label={t('alerts:duty.note')}>
        {(id) => (
          <Input
            id={id}
            value={note}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
