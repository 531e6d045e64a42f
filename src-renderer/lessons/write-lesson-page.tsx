import { useQuery } from '@tanstack/react-query'
import { Alert, App, Input } from 'antd'
import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import './lessons.css'

type Draft = InferClientOutputs<typeof desk>['lessons']['draft']

/** The manager words a closed case as an example: personal data are out already, the last look is a person's. */
export default function WriteLessonPage() {
  const { t } = useTranslation()
  const complaintId = Number(useParams()['complaintId']) || 0
  const draft = useQuery(api.lessons.draft.queryOptions({ input: { complaintId } }))
  if (draft.data)
    return <LessonForm key={complaintId} complaintId={complaintId} draft={draft.data} />
  return (
    <Page title={t('lessons:view.examples')} back={paths.lessons()}>
      {draft.error ? <RefusalAlert error={draft.error} retry={draft.refetch} /> : <LoadingState />}
    </Page>
  )
}

const PARTS = ['title', 'story', 'handling', 'takeaway'] as const
type Part = (typeof PARTS)[number]

const LONGEST: Readonly<Record<Part, number>> = {
  title: 60,
  story: 4000,
  handling: 2000,
  takeaway: 600,
}

function LessonForm({ complaintId, draft }: { complaintId: number; draft: Draft }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const draftKey = `lesson-${complaintId}-${draft.version}`
  const { title, story, handling, takeaway } = draft
  const [values, keep, clear] = useDraft(draftKey, { title, story, handling, takeaway })
  const show = useCommand(desk.lessons.show, {
    draftKey,
    onDone: () => {
      clear()
      void message.success(t('lessons:write.shown'))
      void navigate(paths.lessons(), { replace: true })
    },
  })
  const isMissing = PARTS.some((part) => values[part].trim().length < 2)
  const heading = t('lessons:write.title', { number: draft.complaintNumber })
  return (
    <Page
      title={heading}
      width="form"
      back={paths.complaint(complaintId)}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('lessons:write.commit'),
              primary: true,
              busy: show.isPending,
              ...(isMissing && { unless: t('lessons:write.missing') }),
              run: () => show.mutate({ ...values, complaintId, version: draft.version }),
            },
          ]}
        />
      }
    >
      <PageHeader title={heading} />
      <RefusalAlert error={show.error} />
      {draft.lessonId === null ? <WhatWentOut removed={draft.removed} /> : null}
      <div className="lesson-form">
        {PARTS.map((part) => (
          <LessonField
            key={part}
            part={part}
            value={values[part]}
            first={part === (draft.lessonId === null ? 'takeaway' : 'title')}
            onChange={(value) => keep((now) => ({ ...now, [part]: value }))}
          />
        ))}
      </div>
    </Page>
  )
}

/** What was recognised and is gone; the rest is for whoever reads. */
function WhatWentOut({ removed }: { removed: Draft['removed'] }) {
  const { t } = useTranslation()
  const kinds = removed.map((kind) => t(`lessons:personal.${kind}`)).join('、')
  return (
    <Alert
      showIcon
      type={removed.length > 0 ? 'warning' : 'info'}
      title={
        removed.length > 0
          ? t('lessons:write.removed', { kinds })
          : t('lessons:write.nothingRemoved')
      }
    />
  )
}

interface FieldProps {
  part: Part
  value: string
  first: boolean
  onChange: (value: string) => void
}

function LessonField({ part, value, first, onChange }: FieldProps) {
  const { t } = useTranslation()
  return (
    <Field label={t(`lessons:write.${part}Label`)}>
      {(id) =>
        part === 'title' ? (
          <Input
            id={id}
            autoFocus={first}
            value={value}
            maxLength={LONGEST[part]}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input.TextArea
            id={id}
            autoFocus={first}
            value={value}
            maxLength={LONGEST[part]}
            autoSize={{ minRows: 2, maxRows: 10 }}
            placeholder={part === 'takeaway' ? t('lessons:write.takeawayExample') : ''}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  )
}
