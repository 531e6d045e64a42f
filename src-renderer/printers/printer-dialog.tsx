import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { receiptChoices } from '../../src-main/printers/escpos/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/given-fields.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { type KeyChoice, KeyChoices } from '../ui/key-choices.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { ConditionTag } from './condition-tag.tsx'
import type { Printer } from './printing.ts'

const kinds = ['system', 'escpos', 'folder', 'pdf'] as const
type Kind = (typeof kinds)[number]

type ReceiptOption = keyof typeof receiptChoices
const receiptNames = Object.keys(receiptChoices) as ReceiptOption[]

interface PrinterDialogProps {
  /** Null for a new one. */
  printer: Printer | null
  close: () => void
}

/** A printer and how it is reached; tried before it is kept. */
export function PrinterDialog({ printer, close }: PrinterDialogProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>(printer?.kind ?? 'system')
  const [name, setName] = useState(printer?.name ?? '')
  const [target, setTarget] = useState(printer?.target ?? '')
  const [options, setOptions] = useState(printer?.options ?? {})
  const add = useCommand(desk.printers.add, { onDone: close })
  const change = useCommand(desk.printers.change, { onDone: close })
  const probe = useCommand(desk.printers.probe)
  const isReady = name.trim() !== '' && target.trim() !== ''
  const confirm = () => {
    const given = { name: name.trim(), target: target.trim(), options }
    if (printer) change.mutate({ printerId: printer.id, version: printer.version, ...given })
    else add.mutate({ kind, ...given })
  }
  const tryIt = () => probe.mutate({ kind, target: target.trim(), options })
  const setKindOf = (next: Kind) => {
    setKind(next)
    if (next !== kind) setTarget('')
    probe.reset()
  }
  return (
    <ConfirmDialog
      open
      width={560}
      title={t(printer ? 'printers:dialog.change' : 'printers:dialog.add')}
      confirmLabel={t('printers:act.save')}
      busy={add.isPending || change.isPending}
      unready={!isReady}
      onConfirm={confirm}
      onCancel={close}
    >
      <RefusalAlert error={add.error ?? change.error ?? probe.error} />
      {printer ? null : <KindChoices kind={kind} onChoose={setKindOf} />}
      <Target kind={kind} target={target} onTarget={setTarget} onName={setName} name={name} />
      <TextField
        label={t('printers:field.name')}
        value={name}
        maxLength={60}
        placeholder={t('printers:field.nameHint')}
        onChange={setName}
      />
      {kind === 'escpos' ? (
        <ReceiptOptions
          options={options}
          onOption={(key, value) => setOptions({ ...options, [key]: value })}
        />
      ) : null}
      <div className="printer-tried">
        <TryIt busy={probe.isPending} unready={target.trim() === ''} tryIt={tryIt} />
        {probe.data ? (
          <span role="status">
            <ConditionTag condition={probe.data} /> {probe.data.detail}
          </span>
        ) : null}
      </div>
    </ConfirmDialog>
  )
}

function KindChoices({ kind, onChoose }: { kind: Kind; onChoose: (kind: Kind) => void }) {
  const { t } = useTranslation()
  const choices = kinds.map<KeyChoice<Kind>>((value, index) => ({
    keys: `Alt+${index + 1}`,
    value,
    label: t(`printers:kind.${value}`),
  }))
  return (
    <KeyChoices
      legend={t('printers:field.kind')}
      choices={choices}
      value={kind}
      onChoose={onChoose}
    />
  )
}

interface TargetProps {
  kind: Kind
  target: string
  name: string
  onTarget: (target: string) => void
  onName: (name: string) => void
}

/** Where the printer is: one of the system's, an address, or a folder. */
function Target({ kind, target, name, onTarget, onName }: TargetProps) {
  const { t } = useTranslation()
  const found = useQuery(api.printers.discover.queryOptions({ enabled: kind === 'system' }))
  const queues = found.data?.found ?? []
  if (kind === 'system') {
    const none = found.data?.via === 'none' ? 'noSystem' : 'noQueues'
    return (
      <Field
        label={t('printers:field.queue')}
        hint={found.data && queues.length === 0 ? t(`printers:field.${none}`) : undefined}
      >
        {(id) => (
          <Select
            id={id}
            className="full-width"
            showSearch
            loading={found.isLoading}
            value={target === '' ? null : target}
            options={queues.map((queue) => ({
              value: queue.name,
              label: [
                queue.name,
                queue.description === queue.name ? '' : queue.description,
                queue.isDefault ? t('printers:field.usual') : '',
              ]
                .filter(Boolean)
                .join(' · '),
            }))}
            onChange={(queue: string) => {
              onTarget(queue)
              if (name === '') onName(queue)
            }}
          />
        )}
      </Field>
    )
  }
  return (
    <Field label={t(`printers:field.target.${kind}`)} hint={t(`printers:field.targetHint.${kind}`)}>
      {(id) => (
        <Input
          id={id}
          value={target}
          maxLength={300}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onTarget(event.target.value)}
        />
      )}
    </Field>
  )
}

interface ReceiptOptionsProps {
  options: Printer['options']
  onOption: (name: ReceiptOption, value: string) => void
}

function ReceiptOptions({ options, onOption }: ReceiptOptionsProps) {
  const { t } = useTranslation()
  return (
    <div className="printer-options">
      {receiptNames.map((name) => (
        <Field key={name} label={t(`printers:option.${name}.label`)}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={String(options[name] ?? receiptChoices[name][0])}
              options={receiptChoices[name].map((value) => ({
                value,
                label: t(`printers:option.${name}.${value}`),
              }))}
              onChange={(value) => onOption(name, value)}
            />
          )}
        </Field>
      ))}
    </div>
  )
}

const TRY = 'Alt+P'

function TryIt({ busy, unready, tryIt }: { busy: boolean; unready: boolean; tryIt: () => void }) {
  const { t } = useTranslation()
  useHotkeys([{ keys: TRY, label: t('printers:act.probe'), run: tryIt, when: !busy && !unready }])
  return (
    <Button
      className="printer-try"
      loading={busy}
      disabled={unready}
      aria-keyshortcuts={TRY}
      onClick={tryIt}
    >
      {t('printers:act.probe')} <KeyCap keys={TRY} />
    </Button>
  )
}
