import { Button, Input, Segmented, Select } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { channels, noteKinds } from '../../src-main/cases/contract.ts'
import { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { Moment } from '../ui/business-date.tsx'
import { CaseTimeline } from '../ui/case-timeline.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import type { CaseFile } from './owner-panel.tsx'

const pathOf = {
  complaint: paths.complaint,
  refund: paths.refund,
  exchange: paths.exchange,
  repair: paths.repair,
  voucher: paths.voucher,
  refusal: paths.refusal,
} as const

/** What hangs on a case: complaints and remedies of one visit or affair. */
export function PartsPanel({ file, complaintId }: { file: CaseFile; complaintId?: number }) {
  const { t } = useTranslation()
  const parts = file.parts.filter(({ type, id }) => type !== 'complaint' || id !== complaintId)
  if (parts.length === 0) return null
  return (
    <Panel title={t('complaints:parts.title')}>
      <ul className="case-parts">
        {parts.map((part) => (
          <li key={`${part.type}-${part.id}`}>
            <Link to={pathOf[part.type](part.id)}>
              {t(`complaints:parts.${part.type}`)} {part.number}
            </Link>{' '}
            {part.isVoid ? <Tag tone="risk">{t('complaints:parts.void')}</Tag> : null}
            {part.open ? <Tag tone="soon">{t('complaints:state.open')}</Tag> : null}
            <p className="row-note part-note">
              <Moment at={part.at} /> {part.note}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

interface NoteValues {
  about: (typeof noteKinds)[number]
  channel: (typeof channels)[number] | null
  text: string
}

/** One timeline of everything, newest last, with the line that is being written below it. */
export function StoryPanel({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const start: NoteValues = { about: 'said', channel: null, text: '' }
  const [kept, keep, clear] = useDraft<NoteValues>(`note-of-case-${file.id}`, start)
  const [initial] = useState(start)
  const values = { ...initial, ...kept }
  const note = useCommand(desk.cases.note, {
    onDone: () => {
      clear()
      void cache.invalidateQueries({ queryKey: [['cases']] })
      void cache.invalidateQueries({ queryKey: [['complaints']] })
    },
  })
  return (
    <Panel title={t('complaints:one.timeline')}>
      <CaseTimeline events={file.timeline} />
      {file.may.includes('note') ? (
        <div className="note-form">
          <RefusalAlert error={note.error} />
          <div className="note-kinds">
            <Segmented
              size="small"
              aria-label={t('complaints:note.about')}
              value={values.about}
              options={noteKinds.map((value) => ({ value, label: t(`complaints:note.${value}`) }))}
              onChange={(about) => keep({ ...values, about })}
            />
            {values.about === 'contact' ? (
              <Select
                size="small"
                aria-label={t('complaints:note.channel')}
                value={values.channel}
                placeholder={t('complaints:note.channel')}
                options={channels.map((value) => ({
                  value,
                  label: t(`complaints:channel.${value}`),
                }))}
                onChange={(channel) => keep({ ...values, channel })}
              />
            ) : null}
          </div>
          <Input.TextArea
            aria-label={t('complaints:note.text')}
            placeholder={t('complaints:note.text')}
            value={values.text}
            maxLength={20_000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            onChange={(event) => keep({ ...values, text: event.target.value })}
          />
          <Button
            disabled={values.text.trim() === '' || note.isPending}
            onClick={() =>
              note.mutate({
                caseId: file.id,
                about: values.about,
                channel: values.about === 'contact' ? values.channel : null,
                text: values.text,
              })
            }
          >
            {t('complaints:note.add')}
          </Button>
        </div>
      ) : null}
    </Panel>
  )
}
