import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'

/** Where files for the POS go, and for how long its payments are looked for. */
export function SettingsDialog({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const settings = useQuery(api.posInstructions.settings.queryOptions())
  const [folder, setFolder] = useState<string | null>(null)
  const [days, setDays] = useState<number | null>(null)
  const change = useCommand(desk.posInstructions.changeSettings, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['posInstructions']] })
    },
  })
  const known = settings.data
  return (
    <ConfirmDialog
      open={open}
      title={t('pos-instructions:settings.title')}
      confirmLabel={t('pos-instructions:settings.save')}
      busy={change.isPending}
      unready={!known}
      onConfirm={() =>
        known &&
        change.mutate({
          exportFolder: (folder ?? known.exportFolder).trim(),
          windowDays: days ?? known.windowDays,
          version: known.version,
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={change.error} />
      <Field
        label={t('pos-instructions:settings.folder')}
        hint={t('pos-instructions:settings.folderHint')}
      >
        {(id) => (
          <Input
            id={id}
            value={folder ?? known?.exportFolder ?? ''}
            maxLength={400}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setFolder(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t('pos-instructions:settings.days')}
        hint={t('pos-instructions:settings.daysHint')}
      >
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={60}
            precision={0}
            value={days ?? known?.windowDays ?? 7}
            onChange={setDays}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
