import { SafetyCertificateOutlined, SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'

function writeSize(bytes: number, language: string): string {
  const inMegabytes = bytes >= 1_000_000
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: inMegabytes ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: 1,
  }).format(bytes / (inMegabytes ? 1_000_000 : 1_000))
}

function BackUp() {
  const { t, i18n } = useTranslation()
  const backUp = useCommand((_input: undefined, options) =>
    desk.settings.backUp(undefined, options),
  )
  return (
    <Panel title={t('settings:data.backUp')}>
      <p className="settings-note">{t('settings:data.backUpHint')}</p>
      <RefusalAlert error={backUp.error} />
      {backUp.data ? (
        <Alert
          type="success"
          showIcon
          title={t('settings:data.backedUp', { size: writeSize(backUp.data.bytes, i18n.language) })}
          description={
            <>
              <Moment at={backUp.data.at} /> · <span className="path">{backUp.data.file}</span>
            </>
          }
        />
      ) : null}
      <Button
        icon={<SaveOutlined />}
        loading={backUp.isPending}
        onClick={() => backUp.mutate(undefined)}
      >
        {t('settings:data.backUpNow')}
      </Button>
    </Panel>
  )
}

function Verify() {
  const { t } = useTranslation()
  const verify = useMutation({ mutationFn: () => desk.settings.verify() })
  const result = verify.data
  return (
    <Panel title={t('settings:data.verify')}>
      <p className="settings-note">{t('settings:data.verifyHint')}</p>
      <RefusalAlert error={verify.error} />
      {result ? (
        <Alert
          type={result.ok ? 'success' : 'error'}
          showIcon
          title={t(result.ok ? 'settings:data.sound' : 'settings:data.unsound')}
          description={
            <ul className="plain-list">
              <li>{t('settings:data.integrity', { result: result.integrity })}</li>
              <li>{t('settings:data.foreignKeys', { count: result.foreignKeyViolations })}</li>
              <li>
                {result.auditBrokenAt === null
                  ? t('settings:data.auditSound', { count: result.auditEntries })
                  : t('settings:data.auditBroken', { at: result.auditBrokenAt })}
              </li>
              <Evidence {...result.evidence} />
            </ul>
          }
        />
      ) : null}
      <Button
        icon={<SafetyCertificateOutlined />}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {t('settings:data.verifyNow')}
      </Button>
    </Panel>
  )
}

type EvidenceCheck = InferClientOutputs<typeof desk>['settings']['verify']['evidence']

/** Kept photos and papers: whole, or which of them are not. */
function Evidence({ files, missing, changed, orphans }: EvidenceCheck) {
  const { t } = useTranslation()
  const lost = [...missing, ...changed]
  return (
    <>
      <li>
        {lost.length === 0
          ? t('settings:data.filesSound', { count: files })
          : t('settings:data.filesBroken', { missing: missing.length, changed: changed.length })}
      </li>
      {lost.length > 0 ? (
        <li>
          {t('settings:data.filesNamed', { names: lost.map(({ name }) => name).join(' · ') })}
        </li>
      ) : null}
      {orphans.length > 0 ? <li>{t('settings:data.orphans', { count: orphans.length })}</li> : null}
    </>
  )
}

type OutgoingFolders = InferClientOutputs<typeof desk>['settings']['folders']

function Folders() {
  const folders = useQuery(api.settings.folders.queryOptions())
  return (
    <>
      <RefusalAlert error={folders.error} retry={folders.refetch} />
      {folders.data ? <FoldersForm key={folders.data.version} folders={folders.data} /> : null}
    </>
  )
}

const kinds = ['exports', 'drafts'] as const

/** Where exports for head office and mails to be sent are put. */
function FoldersForm({ folders }: { folders: OutgoingFolders }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [values, setValues] = useState({ exports: folders.exports, drafts: folders.drafts })
  const change = useCommand(desk.settings.changeFolders, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const save = () =>
    change.mutate({
      exports: values.exports.trim(),
      drafts: values.drafts.trim(),
      version: folders.version,
    })
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  return (
    <Panel title={t('settings:data.folders')}>
      <RefusalAlert error={change.error} />
      {kinds.map((kind) => (
        <Field
          key={kind}
          label={t(`settings:data.${kind}`)}
          hint={t(`settings:data.${kind}Hint`, { folder: folders.usualDrafts })}
        >
          {(id) => (
            <Input
              id={id}
              value={values[kind]}
              maxLength={500}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setValues({ ...values, [kind]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Button icon={<SaveOutlined />} loading={change.isPending} onClick={save}>
        {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </Panel>
  )
}

/** Copies of the data, proof that the data is whole, and where files that leave it go. */
export function DataPart() {
  return (
    <>
      <BackUp />
      <Verify />
      <Folders />
    </>
  )
}
