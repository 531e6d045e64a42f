import { Alert, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { writeMailDraft } from '../../src-main/foundation/mail-draft.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { saveFile } from './save-file.ts'
import { useCommand } from './use-command.ts'

interface SendDialogProps {
  /** What is sent, in words: the subject to begin with. */
  label: string
  /** Says of whom something is on it: whoever gets it has that too. */
  isPersonal: boolean
  /** The paper to hand over, made when it is wanted: a sent paper is counted like a printed one. */
  takePaper: () => Promise<{ fileName: string; pdf: Blob }>
  onSent: (opened: boolean) => void
  onClose: () => void
}

/**
 * Makes a mail with the paper attached and gives it to the mail program: the desk sends nothing by itself. Where the
 * host cannot open one, the draft is saved, and a click on it opens it.
 */
export function SendDialog({ label, isPersonal, takePaper, onSent, onClose }: SendDialogProps) {
  const { t } = useTranslation()
  const [subject, setSubject] = useState(label)
  const [text, setText] = useState(t('papers:send.words', { paper: label }))
  const open = useCommand(desk.papers.openDraft)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async () => {
    const { fileName, pdf } = await takePaper()
    const bytes = new Uint8Array(await pdf.arrayBuffer())
    const attachment = { fileName, mediaType: 'application/pdf', bytes }
    const mail = writeMailDraft({ subject, text, attachment }, `paper-${crypto.randomUUID()}`)
    const draft = new Blob([mail], { type: 'message/rfc822' })
    const draftName = fileName.replace(/\.pdf$/i, '.eml')
    const { opened } = await open.mutateAsync({ fileName: draftName, draft })
    if (!opened) saveFile(draft, draftName)
    onSent(opened)
  }
  const begin = () => {
    setBusy(true)
    setError(null)
    send()
      .catch(setError)
      .finally(() => setBusy(false))
  }
  return (
    <ConfirmDialog
      open
      width={560}
      title={t('papers:send.title')}
      confirmLabel={t('papers:send.confirm')}
      busy={busy}
      unready={subject.trim() === ''}
      onConfirm={begin}
      onCancel={onClose}
    >
      <RefusalAlert error={error} />
      {isPersonal ? <Alert type="warning" showIcon title={t('papers:send.personal')} /> : null}
      <Field label={t('papers:send.subject')}>
        {(id) => (
          <Input
            id={id}
            value={subject}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setSubject(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('papers:send.text')} hint={t('papers:send.hint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={text}
            maxLength={2_000}
            autoSize={{ minRows: 4, maxRows: 8 }}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
