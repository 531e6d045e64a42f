import { AuditOutlined, DownloadOutlined, FolderOpenOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, App } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { sayField, sayValue, useNamedField, withFieldNamed } from './field-words.ts'
import { useBilingual } from './policy.ts'
import type { FileReading } from './policy.ts'
import { SignatureDialog } from './signature-dialog.tsx'
import './policy.css'

interface PolicyText {
  name: string
  text: string
}

/** Rules from the chain, shown against what is here before they are signed; the store's own rules to pass on. */
export default function FilePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const chooser = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<PolicyText | null>(null)
  const [signing, setSigning] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const reading = useQuery({
    ...api.policy.readFile.queryOptions({ input: file ?? { name: '', text: '' } }),
    enabled: file !== null,
    gcTime: 0,
  })
  const take = useCommand(desk.policy.takeFile, {
    onDone: ({ taken }) => {
      setSigning(false)
      void message.success(t('policy-screen:file.taken', { count: taken }))
      void navigate(paths.rules())
    },
  })
  const refusal = useNamedField(trouble ?? reading.error)
  const read = reading.data
  const refused = read?.rules.filter(({ problem }) => problem !== null).length ?? 0
  const fresh = read?.rules.filter(({ change }) => change !== 'same').length ?? 0
  const writeOut = async () => {
    try {
      const written = await desk.policy.writeFile()
      save(written.fileName, written.text)
    } catch (error) {
      setTrouble(error)
    }
  }
  const taking: Action = {
    keys: 'Ctrl+Enter',
    label: t('policy-screen:file.take', { count: fresh }),
    icon: <AuditOutlined />,
    primary: true,
    unless:
      refused > 0
        ? t('policy-screen:file.refused', { count: refused })
        : fresh === 0
          ? t('policy-screen:file.nothingNew')
          : undefined,
    run: () => setSigning(true),
  }
  return (
    <Page
      title={t('policy-screen:file.title')}
      back={paths.rules()}
      footer={
        <ActionBar
          actions={[
            ...(read ? [taking] : []),
            {
              keys: 'Insert',
              label: t('policy-screen:file.choose'),
              icon: <FolderOpenOutlined />,
              run: () => chooser.current?.click(),
            },
            {
              keys: 'Alt+X',
              label: t('policy-screen:file.writeOut'),
              icon: <DownloadOutlined />,
              run: () => void writeOut(),
            },
          ]}
        />
      }
    >
      <PageHeader
        title={t('policy-screen:file.title')}
        facts={[file ? file.name : t('policy-screen:file.hint')]}
      />
      <input
        ref={chooser}
        className="sr-only"
        type="file"
        accept=".json,application/json"
        aria-label={t('policy-screen:file.choose')}
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          event.target.value = ''
          setTrouble(null)
          if (chosen) void chosen.text().then((text) => setFile({ name: chosen.name, text }))
        }}
      />
      <RefusalAlert error={refusal} />
      {read ? (
        <Reading reading={read} />
      ) : file && !reading.error ? (
        <LoadingState />
      ) : (
        <Panel>
          <EmptyState
            title={t('policy-screen:file.none')}
            hint={t('policy-screen:file.noneHint')}
          />
        </Panel>
      )}
      <SignatureDialog
        open={signing}
        title={t('policy-screen:file.signTitle')}
        hint={t('policy-screen:file.signHint')}
        confirmLabel={t('policy-screen:act.sign')}
        error={take.error}
        busy={take.isPending}
        onSign={({ pin }) => {
          if (file) take.mutate({ ...file, pin })
        }}
        onCancel={() => {
          take.reset()
          setSigning(false)
        }}
      />
    </Page>
  )
}

/** Hands a text to the browser as a file. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

function Reading({ reading }: { reading: FileReading }) {
  const { t } = useTranslation()
  const say = useBilingual()
  return (
    <Panel title={say(reading.title)}>
      {reading.rules.length === 0 ? (
        <EmptyState small title={t('policy-screen:file.empty')} />
      ) : (
        <ul className="policy-switches policy-diff">
          {reading.rules.map((rule) => (
            <li key={rule.id}>
              <Tag tone={rule.change === 'same' ? 'plain' : 'teal'}>
                {t(`policy-screen:file.${rule.change}`)}
              </Tag>
              <div>
                <p>
                  {say(rule.text)} <span className="row-note policy-id">{rule.id}</span>
                </p>
                {rule.problem ? (
                  <Alert
                    type="error"
                    showIcon
                    title={t(`errors:${rule.problem.reason}`, withFieldNamed(rule.problem, t))}
                  />
                ) : null}
                <ul className="policy-events">
                  {rule.fields.map((field) => (
                    <li key={field.path}>
                      {sayField(field.path, t)}
                      {t('policy-screen:colon')}
                      <del>{sayValue(field.path, field.before, t)}</del>
                      {' → '}
                      <ins>{sayValue(field.path, field.after, t)}</ins>
                    </li>
                  ))}
                </ul>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
