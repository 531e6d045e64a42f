import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Subject } from '../../src-main/attachments/contract.ts'
import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { AskSignature } from './ask-signature.tsx'
import { AttachmentView } from './attachment-view.tsx'
import { Moment } from './business-date.tsx'
import type { KeptFile } from './kept-file.ts'
import { Panel } from './page.tsx'
import { PhotoBox, photoKeys } from './photo-box.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { Thumbnail } from './thumbnail.tsx'
import { useCommand } from './use-command.ts'
import './attachments.css'

export type Attachment = InferClientOutputs<typeof desk>['attachments']['list'][number]

interface AttachmentsPanelProps {
  subject: Subject
  /** What the photos are of. */
  label: string
  title?: string
  /** Keys of the box; null where another box of the screen has them. */
  keys?: { camera: string; file: string } | null
  /** Shows what there is and takes nothing more. */
  readOnly?: boolean
}

/** Photos and papers of a case or remedy: add by camera, file, drop or paste; Enter opens one in full. */
export function AttachmentsPanel(props: AttachmentsPanelProps) {
  const { subject, label, title, keys = photoKeys, readOnly = false } = props
  const { t } = useTranslation()
  const { may } = useSession()
  const mayAdd = !readOnly && may('attachments.add')
  const list = useQuery(api.attachments.list.queryOptions({ input: { subject } }))
  const attach = useCommand(desk.attachments.attach, { onDone: () => void list.refetch() })
  const add = ({ sha256, mediaType }: KeptFile) =>
    attach.mutate({
      sha256,
      subject,
      role: mediaType === 'application/pdf' ? 'document' : 'photo',
    })
  const all = list.data ?? []
  return (
    <Panel title={title ?? t('attachments:list.title')}>
      <RefusalAlert error={list.error ?? attach.error} />
      <AttachmentList
        attachments={all}
        label={label}
        {...(mayAdd ? { onVoided: () => void list.refetch() } : {})}
      />
      {mayAdd ? (
        <>
          <PhotoBox label={label} papers keys={keys} onKept={add} />
          <AskSignature
            subject={subject}
            hasKey={keys !== null}
            onSigned={() => void list.refetch()}
          />
        </>
      ) : null}
      {all.length === 0 && list.data ? (
        <p className="row-note">{t('attachments:list.none')}</p>
      ) : null}
    </Panel>
  )
}

interface AttachmentListProps {
  attachments: readonly Attachment[]
  label: string
  /** Absent where nothing may be taken off. */
  onVoided?: () => void
}

/** Attached files as small pictures, and in words what was taken off. */
export function AttachmentList({ attachments, label, onVoided }: AttachmentListProps) {
  const { t } = useTranslation()
  const [shown, show] = useState<number | null>(null)
  const live = attachments.filter(({ voided }) => voided === null)
  const gone = attachments.flatMap(({ id, voided, name }) => (voided ? [{ id, name, voided }] : []))
  const at = live.findIndex(({ id }) => id === shown)
  return (
    <>
      {live.length > 0 ? (
        <ul className="photo-strip" aria-label={t('attachments:list.of', { label })}>
          {live.map((each, index) => (
            <li key={each.id}>
              <button type="button" className="photo-tile" onClick={() => show(each.id)}>
                <Thumbnail file={each} alt={nameOf(each, index, t)} />
                <span className="photo-tile-label">{each.label || each.attachedBy}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {gone.length > 0 ? (
        <ul className="plain-list row-note">
          {gone.map(({ id, name, voided }) => (
            <li key={id}>
              {t('attachments:list.gone', { name, by: voided.by, reason: voided.reason })}{' '}
              <Moment at={voided.at} />
            </li>
          ))}
        </ul>
      ) : null}
      {at >= 0 ? (
        <AttachmentView
          attachments={live}
          at={at}
          onMove={(to) => show(live[to]?.id ?? null)}
          onClose={() => show(null)}
          {...(onVoided ? { onVoided } : {})}
        />
      ) : null}
    </>
  )
}

/** How an attachment is read aloud. */
function nameOf(
  each: Attachment,
  index: number,
  t: ReturnType<typeof useTranslation>['t'],
): string {
  return t('attachments:list.nth', {
    role: t(`attachments:role.${each.role}`),
    number: index + 1,
    label: each.label,
  })
}
