import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Radio } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { exportFormats } from '../../src-main/pos-instructions/contract.ts'
import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { saveFile } from '../ui/save-file.ts'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'

type Format = (typeof exportFormats)[number]
const contents = ['instructions', 'unmatched'] as const

/** A day's file, saved anywhere or put into the folder of the POS. */
export function ExportDialog({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation()
  const { today } = useStore()
  const { may } = useSession()
  const cache = useQueryClient()
  const [businessDate, setDate] = useState(today)
  const [format, setFormat] = useState<Format>('csv')
  const [what, setWhat] = useState<(typeof contents)[number]>('instructions')
  const settings = useQuery(api.posInstructions.settings.queryOptions({ enabled: open }))
  const files = useQuery(api.posInstructions.exports.queryOptions({ enabled: open }))
  const save = useMutation({
    mutationFn: () => desk.posInstructions.file({ businessDate, format, what }, { context: {} }),
    onSuccess: ({ content, fileName }) => saveFile(content, fileName),
  })
  const put = useCommand(desk.posInstructions.exportToFolder, {
    onDone: () => void cache.invalidateQueries({ queryKey: [['posInstructions', 'exports']] }),
  })
  const folder = settings.data?.exportFolder ?? ''
  return (
    <ConfirmDialog
      open={open}
      width={560}
      title={t('pos-instructions:export.title')}
      confirmLabel={t('pos-instructions:export.save')}
      busy={save.isPending}
      focusField={false}
      onConfirm={() => save.mutate()}
      onCancel={close}
    >
      <RefusalAlert error={save.error ?? put.error} />
      {save.data ? (
        <Alert
          type="success"
          showIcon
          title={t('pos-instructions:export.saved', {
            fileName: save.data.fileName,
            count: save.data.rows,
          })}
        />
      ) : null}
      {put.data ? (
        <Alert
          type="success"
          showIcon
          title={t('pos-instructions:export.put', {
            fileName: put.data.fileName,
            folder: put.data.folder,
            count: put.data.rows,
          })}
        />
      ) : null}
      <div className="field-row">
        <Field label={t('pos-instructions:export.day')}>
          {(id) => (
            <DatePicker
              id={id}
              className="full-width"
              allowClear={false}
              value={dayjs(businessDate)}
              maxDate={dayjs(today)}
              onChange={(day) => day && setDate(day.format('YYYY-MM-DD'))}
            />
          )}
        </Field>
        <Field label={t('pos-instructions:export.format')}>
          {(id) => (
            <Radio.Group
              id={id}
              aria-label={t('pos-instructions:export.format')}
              value={format}
              options={exportFormats.map((value) => ({ value, label: value.toUpperCase() }))}
              onChange={(event) => setFormat(event.target.value as Format)}
            />
          )}
        </Field>
      </div>
      <Field label={t('pos-instructions:export.what')}>
        {(id) => (
          <Radio.Group
            id={id}
            aria-label={t('pos-instructions:export.what')}
            value={what}
            options={contents.map((value) => ({
              value,
              label: t(`pos-instructions:export.${value}`),
            }))}
            onChange={(event) => setWhat(event.target.value as typeof what)}
          />
        )}
      </Field>
      {may('instructions.settle') ? (
        <p className="pos-put">
          <Button
            disabled={folder === '' || what !== 'instructions'}
            loading={put.isPending}
            onClick={() => put.mutate({ businessDate, format })}
          >
            {t('pos-instructions:export.toFolder')}
          </Button>{' '}
          <span className="row-note pos-folder">
            {folder || t('pos-instructions:export.noFolder')}
          </span>
        </p>
      ) : null}
      {files.data?.length ? (
        <>
          <h3>{t('pos-instructions:export.files')}</h3>
          <ul className="pos-files">
            {files.data.slice(0, 5).map((file) => (
              <li key={file.fileName}>
                {file.fileName}{' '}
                <span className="row-note">
                  {t('pos-instructions:totals.count', { count: file.rows })} ·{' '}
                  <Moment at={file.exportedAt} /> · {file.exportedBy}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </ConfirmDialog>
  )
}
