import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { AttachmentsPanel } from '../ui/attachment-list.tsx'
import { isOpen } from './handover.ts'
import type { Handover } from './handover.ts'

/** Photos of the new goods as they were handed over: nobody can say later that they were stained. */
export function HandoverPhotos({ handover }: { handover: Handover }) {
  const { t } = useTranslation()
  const subject = { type: 'handover', id: handover.id } as const
  const list = useQuery(api.attachments.list.queryOptions({ input: { subject } }))
  const open = isOpen(handover)
  if (!open && !list.data?.length) return null
  return (
    <AttachmentsPanel
      subject={subject}
      label={handover.given[0]?.name ?? handover.number}
      title={t('exchanges:handover.photos')}
      readOnly={!open}
    />
  )
}
