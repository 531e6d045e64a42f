import { Alert, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { paperFormats } from '../../src-main/printers/contract.ts'
import { readableLines } from '../../src-main/printers/escpos/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Printer } from './printing.ts'

type What = 'marks' | 'code_pages' | 'readable'

type Line = keyof typeof readableLines

/** A page to measure by; of a receipt printer, also the lines by which its letters are found, and the answer. */
export function TestDialog({ printer, close }: { printer: Printer; close: () => void }) {
  const { t } = useTranslation()
  const isReceipt = printer.kind === 'escpos'
  const [what, setWhat] = useState<What>('marks')
  const [format, setFormat] = useState<string>(isReceipt ? '80mm' : 'A4')
  const [line, setLine] = useState<Line | null>(null)
  const print = useCommand(desk.printers.testPage)
  const set = useCommand(desk.printers.change, { onDone: close })
  const confirm = () => {
    if (what !== 'readable') print.mutate({ printerId: printer.id, format, what })
    else if (line) {
      set.mutate({
        printerId: printer.id,
        name: printer.name,
        target: printer.target,
        options: { ...printer.options, ...readableLines[line] },
        version: printer.version,
      })
    }
  }
  return (
    <ConfirmDialog
      open
      focusField={false}
      title={t('printers:test.title', { name: printer.name })}
      confirmLabel={t(what === 'readable' ? 'printers:act.save' : 'printers:test.print')}
      busy={print.isPending || set.isPending}
      unready={what === 'readable' && line === null}
      onConfirm={confirm}
      onCancel={close}
    >
      <RefusalAlert error={print.error ?? set.error} />
      {print.data ? (
        <Alert type="info" showIcon role="status" title={t('printers:test.sent')} />
      ) : null}
      {isReceipt ? (
        <KeyChoices<What>
          legend={t('printers:test.what')}
          choices={(['marks', 'code_pages', 'readable'] as const).map((value, index) => ({
            keys: `Alt+${index + 1}`,
            value,
            label: t(`printers:test.${value}`),
          }))}
          value={what}
          onChoose={setWhat}
        />
      ) : null}
      {what === 'marks' ? (
        <Field label={t('printers:field.format')} hint={t('printers:test.marksHint')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={format}
              options={paperFormats.map((value) => ({
                value,
                label: t(`printers:format.${value}`),
              }))}
              onChange={setFormat}
            />
          )}
        </Field>
      ) : null}
      {what === 'code_pages' ? <p>{t('printers:test.codePagesHint')}</p> : null}
      {what === 'readable' ? (
        <KeyChoices<Line>
          legend={t('printers:test.which')}
          choices={(['1', '2', '3'] as const).map((value) => ({
            keys: value,
            value,
            label: t(`printers:test.line.${value}`),
          }))}
          value={line}
          onChoose={setLine}
        />
      ) : null}
    </ConfirmDialog>
  )
}
