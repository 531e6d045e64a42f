import { SaveOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { importKinds } from '../../src-main/imports/contract.ts'
import { api, desk } from '../app/client.ts'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { Field } from '../ui/field.tsx'
import { Panel } from '../ui/page.tsx'
import { useCommand } from '../ui/use-command.ts'
import { hasDates } from './import-form.ts'
import type { Inspection, Kind, Mapping } from './import-form.ts'
import { ImportTrouble } from './import-trouble.tsx'

interface MappingChoicesProps {
  fileId: string
  inspection: Inspection
  mapping: Mapping
  onMapping: (mapping: Mapping) => void
  onKind: (kind: Kind) => void
}

/** What holds for the whole file: its kind, how dates and decimals are written, and the saved profile. */
export function MappingChoices(props: MappingChoicesProps) {
  const { t } = useTranslation()
  const { inspection, mapping, onMapping, onKind } = props
  return (
    <Panel title={t('imports-screen:whole.title')}>
      {inspection.profile ? (
        <Alert
          className="import-trouble"
          type="success"
          showIcon
          title={t('imports-screen:profile.used', { name: inspection.profile.name })}
        />
      ) : null}
      <div className="choices">
        <Field label={t('imports-screen:kind.title')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={mapping.kind}
              options={importKinds.map((value) => ({
                value,
                label: t(`imports:kinds.${value}`),
              }))}
              onChange={onKind}
            />
          )}
        </Field>
        {hasDates(mapping) ? (
          <Field
            label={t('imports-screen:dateOrder.title')}
            problem={mapping.dateOrder === null ? t('imports-screen:dateOrder.choose') : undefined}
          >
            {(id) => (
              <Select
                id={id}
                className="full-width"
                value={mapping.dateOrder}
                status={mapping.dateOrder === null ? 'error' : ''}
                options={(['ymd', 'dmy', 'mdy'] as const).map((value) => ({
                  value,
                  label: t(`imports-screen:dateOrder.${value}`),
                }))}
                onChange={(dateOrder) => onMapping({ ...mapping, dateOrder })}
              />
            )}
          </Field>
        ) : null}
        <fieldset className="field">
          <legend>{t('imports-screen:decimalMark.title')}</legend>
          <Radio.Group
            optionType="button"
            buttonStyle="solid"
            value={mapping.decimalMark}
            options={[
              { value: '.', label: t('imports-screen:decimalMark.point') },
              { value: ',', label: t('imports-screen:decimalMark.comma') },
            ]}
            onChange={(event) => onMapping({ ...mapping, decimalMark: event.target.value })}
          />
        </fieldset>
        <Profiles {...props} />
      </div>
    </Panel>
  )
}

function Profiles({ fileId, inspection, mapping, onMapping }: MappingChoicesProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [name, setName] = useState(inspection.profile?.name ?? '')
  const [saved, setSaved] = useState('')
  const profiles = useQuery(api.imports.profiles.queryOptions())
  const fitting = (profiles.data ?? []).filter((each) => each.mapping.kind === mapping.kind)
  const save = useCommand(desk.imports.saveProfile, {
    onDone: (_output, input) => {
      setSaved(input.name)
      void cache.invalidateQueries({ queryKey: [['imports', 'profiles']] })
    },
  })
  const commit = () => {
    if (name.trim()) save.mutate({ name: name.trim(), fileId, mapping })
  }
  const onEnter = useEnterSubmit(commit)
  return (
    <>
      {fitting.length > 0 ? (
        <Field label={t('imports-screen:profile.apply')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              placeholder={t('imports-screen:profile.choose')}
              value={inspection.profile?.id ?? null}
              options={fitting.map((each) => ({ value: each.id, label: each.name }))}
              onChange={(chosen) => {
                const profile = fitting.find((each) => each.id === chosen)
                if (profile) onMapping(profile.mapping)
              }}
            />
          )}
        </Field>
      ) : null}
      <Field
        label={t('imports-screen:profile.save')}
        hint={
          saved ? (
            <span className="tone-good">
              ✓ {t('imports-screen:profile.saved', { name: saved })}
            </span>
          ) : undefined
        }
      >
        {(id) => (
          <span className="profile-save">
            <Input
              id={id}
              value={name}
              maxLength={60}
              autoComplete="off"
              placeholder={t('imports-screen:profile.example')}
              onChange={(event) => setName(event.target.value)}
              {...onEnter}
            />
            <Button
              icon={<SaveOutlined />}
              disabled={name.trim() === ''}
              loading={save.isPending}
              onClick={commit}
            >
              {t('imports-screen:profile.keep')}
            </Button>
          </span>
        )}
      </Field>
      <ImportTrouble error={save.error} />
    </>
  )
}
