import { useQuery } from '@tanstack/react-query'
import { InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { anyDocument, paperFormats } from '../../src-main/printers/contract.ts'
import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { nameOfDocument, type Route } from './printing.ts'

/** Stands for the system's dialog in the list of printers. */
const ask = 0

/** Where one paper goes, how often, and by how much it is moved. */
export function RouteDialog({ route: before, close }: { route: Route; close: () => void }) {
  const { t, i18n } = useTranslation()
  const [route, setRoute] = useState(before)
  const set = (change: Partial<Route>) => setRoute({ ...route, ...change })
  const isNew = before.document === ''
  const isAny = route.document === anyDocument
  const save = useCommand(desk.printers.setRoute, { onDone: close })
  const printers = useQuery(api.printers.list.queryOptions())
  const printer = printers.data?.find(({ id }) => id === route.printerId)
  const documents = Object.entries(
    i18n.getResourceBundle(i18n.language, 'printers').document as Record<string, string>,
  )
  const size = t(`printers:format.${route.format}`, { defaultValue: route.format })
  const ofDocument = isAny ? size : `${nameOfDocument(route.document, t)} · ${size}`
  const title = isNew ? t('printers:act.addRoute') : ofDocument
  return (
    <ConfirmDialog
      open
      width={560}
      title={title}
      confirmLabel={t('printers:act.save')}
      busy={save.isPending}
      unready={route.document === ''}
      onConfirm={() => save.mutate(route)}
      onCancel={close}
    >
      <RefusalAlert error={save.error} />
      {isNew ? (
        <div className="printer-options">
          <Field label={t('printers:field.document')}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                showSearch={{ optionFilterProp: 'label' }}
                value={route.document === '' ? null : route.document}
                options={documents.map(([value, label]) => ({ value, label }))}
                onChange={(document) => set({ document })}
              />
            )}
          </Field>
          <Field label={t('printers:field.format')}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                value={route.format}
                options={paperFormats.map((value) => ({
                  value,
                  label: t(`printers:format.${value}`),
                }))}
                onChange={(format) => set({ format })}
              />
            )}
          </Field>
        </div>
      ) : null}
      <Field label={t('printers:field.printer')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            value={route.printerId ?? ask}
            options={[
              { value: ask, label: t('printers:routes.ask') },
              ...(printers.data ?? []).map(({ id: value, name }) => ({ value, label: name })),
            ]}
            onChange={(value) => set({ printerId: value === ask ? null : value, mediaSource: '' })}
          />
        )}
      </Field>
      {printer ? (
        <>
          <div className="printer-options">
            <Numbers route={route} set={set} />
          </div>
          {printer.kind === 'system' ? (
            <div className="printer-options">
              <Tray printerId={printer.id} route={route} set={set} />
              <Field label={t('printers:field.sides')}>
                {(id) => (
                  <Select
                    id={id}
                    className="full-width"
                    value={route.sides}
                    options={(['one', 'long_edge', 'short_edge'] as const).map((value) => ({
                      value,
                      label: t(`printers:sides.${value}`),
                    }))}
                    onChange={(sides) => set({ sides })}
                  />
                )}
              </Field>
            </div>
          ) : null}
        </>
      ) : null}
    </ConfirmDialog>
  )
}

interface PartProps {
  route: Route
  set: (change: Partial<Route>) => void
}

function Numbers({ route, set }: PartProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('printers:field.copies')}>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={9}
            precision={0}
            value={route.copies}
            onChange={(copies) => set({ copies: copies ?? 1 })}
          />
        )}
      </Field>
      {(['offsetX', 'offsetY'] as const).map((name) => (
        <Field
          key={name}
          label={t(`printers:field.${name}`)}
          hint={t(`printers:field.${name}Hint`)}
        >
          {(id) => (
            <InputNumber
              id={id}
              min={-30}
              max={30}
              step={0.1}
              precision={1}
              value={route[name] / 10}
              onChange={(millimetres) => set({ [name]: Math.round((millimetres ?? 0) * 10) })}
            />
          )}
        </Field>
      ))}
    </>
  )
}

function Tray({ printerId, route, set }: PartProps & { printerId: number }) {
  const { t } = useTranslation()
  const trays = useQuery(api.printers.trays.queryOptions({ input: { printerId } }))
  return (
    <Field label={t('printers:field.tray')}>
      {(id) => (
        <Select
          id={id}
          className="full-width"
          loading={trays.isLoading}
          value={route.mediaSource}
          options={[
            { value: '', label: t('printers:field.anyTray') },
            ...(trays.data ?? []).map(({ value, name }) => ({ value, label: name })),
          ]}
          onChange={(mediaSource) => set({ mediaSource })}
        />
      )}
    </Field>
  )
}
