import { FolderOpenOutlined, InboxOutlined } from '@ant-design/icons'
import { Progress, Radio } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { importKinds } from '../../src-main/imports/contract.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import type { Kind } from './import-form.ts'
import { ImportSteps } from './import-steps.tsx'
import { ImportTrouble } from './import-trouble.tsx'
import { PastImports } from './past-imports.tsx'
import { fileOfDrop, uploadFile } from './upload-file.ts'
import './imports.css'

type KindChoice = Kind | 'auto'

/** Choose or drop a file; below, what was imported before. */
export default function ImportsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [kind, setKind] = useState<KindChoice>('auto')
  const [error, setError] = useState<unknown>(null)
  const [sending, setSending] = useState<{ file: File; sent: number } | null>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  const take = async (file: File) => {
    stop.current?.abort()
    const control = new AbortController()
    stop.current = control
    setError(null)
    setSending({ file, sent: 0 })
    try {
      const fileId = await uploadFile(file, (sent) => setSending({ file, sent }), control.signal)
      if (control.signal.aborted) return
      void navigate(`/imports/file/${fileId}${kind === 'auto' ? '' : `?kind=${kind}`}`)
    } catch (problem) {
      if (!control.signal.aborted) setError(problem)
    } finally {
      setSending(null)
      if (chooser.current) chooser.current.value = ''
    }
  }
  const takeNow = useRef(take)
  useEffect(() => {
    takeNow.current = take
  })
  // The whole window takes a drop: beside the frame the browser would open the file instead.
  useEffect(() => {
    const allow = (event: DragEvent) => event.preventDefault()
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      if (!event.dataTransfer) return
      try {
        void takeNow.current(fileOfDrop(event.dataTransfer))
      } catch (problem) {
        setError(problem)
      }
    }
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return (
    <Page
      title={t('imports-screen:title')}
      back="/"
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('imports-screen:file.choose'),
              icon: <FolderOpenOutlined />,
              primary: true,
              busy: sending !== null,
              run: () => chooser.current?.click(),
            },
          ]}
        >
          {t('imports-screen:file.hint')}
        </ActionBar>
      }
    >
      <PageHeader title={t('imports-screen:title')} />
      <ImportSteps at="file" />
      <ImportTrouble error={error} onRead={() => setError(null)} />
      <div className="import-start">
        <fieldset className="field">
          <legend>{t('imports-screen:kind.title')}</legend>
          <Radio.Group
            optionType="button"
            buttonStyle="solid"
            value={kind}
            options={(['auto', ...importKinds] as const).map((value) => ({
              value,
              label: value === 'auto' ? t('imports-screen:kind.auto') : t(`imports:kinds.${value}`),
            }))}
            onChange={(event) => setKind(event.target.value)}
          />
        </fieldset>
        <label className="drop-zone">
          <input
            ref={chooser}
            type="file"
            className="sr-only"
            aria-label={t('imports-screen:file.choose')}
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file) void take(file)
            }}
          />
          {sending ? (
            <span className="sending">
              {t('imports-screen:file.sending', { fileName: sending.file.name })}
              <Progress
                percent={Math.round((sending.sent / Math.max(1, sending.file.size)) * 100)}
                aria-label={t('imports-screen:file.sending', { fileName: sending.file.name })}
              />
            </span>
          ) : (
            <>
              <InboxOutlined className="drop-icon" aria-hidden="true" />
              <strong>{t('imports-screen:file.drop')}</strong>
              <span className="row-note">{t('imports-screen:file.kinds')}</span>
            </>
          )}
        </label>
      </div>
      <Panel title={t('imports-screen:past.title')}>
        <PastImports />
      </Panel>
    </Page>
  )
}
