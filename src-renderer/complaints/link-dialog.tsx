import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Complaint } from './complaint-form.ts'

/** Says by hand which earlier complaint this one repeats, found by its number or by words of it. */
export function LinkDialog({ complaint, close }: { complaint: Complaint; close: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [text, setText] = useState('')
  const [chosen, choose] = useState<string | null>(null)
  const link = useCommand(desk.complaints.linkFirst, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['complaints']] })
      void cache.invalidateQueries({ queryKey: [['cases']] })
    },
  })
  const asked = text.trim()
  const enabled = asked.length >= 2
  const byNumber = useQuery(api.sales.find.queryOptions({ input: { text: asked }, enabled }))
  const byWords = useQuery(
    api.lessons.search.queryOptions({ input: { text: asked, before: null, limit: 8 }, enabled }),
  )
  const numbered = (byNumber.data?.groups ?? [])
    .flatMap(({ hits }) => hits)
    .filter(({ kind }) => kind === 'complaint')
    .map(({ id, label, note, businessDate }) => ({ id, number: label, text: note, businessDate }))
  const worded = (byWords.data?.cases ?? []).map((each) => ({
    id: each.complaintId,
    number: each.number,
    text: each.excerpt,
    businessDate: each.businessDate,
  }))
  const found = [...numbered, ...worded.filter(({ id }) => !numbered.some((one) => one.id === id))]
    .filter(({ id }) => enabled && id !== complaint.id)
    .slice(0, 10)
  return (
    <ConfirmDialog
      open
      width={640}
      title={t('cases:link.title', { number: complaint.number })}
      confirmLabel={t('cases:link.confirm')}
      busy={link.isPending}
      unready={chosen === null}
      onCancel={close}
      onConfirm={() =>
        link.mutate({
          complaintId: complaint.id,
          firstNumber: chosen ?? '',
          version: complaint.version,
        })
      }
    >
      <RefusalAlert error={link.error ?? byNumber.error ?? byWords.error} />
      <p className="why">{t('cases:link.why')}</p>
      <Field label={t('cases:link.find')}>
        {(id) => (
          <Input
            id={id}
            value={text}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value)
              choose(null)
            }}
          />
        )}
      </Field>
      {enabled && byWords.data && byNumber.data && found.length === 0 ? (
        <p className="row-note">{t('cases:link.nothing')}</p>
      ) : null}
      <Radio.Group
        className="link-choices"
        aria-label={t('cases:link.find')}
        value={chosen}
        onChange={(event) => choose(String(event.target.value))}
      >
        {found.map(({ id, number, text: said, businessDate }) => (
          <Radio key={id} value={number}>
            {number} {businessDate ? <BusinessDate date={businessDate} /> : null}
            <span className="row-note link-said">{said}</span>
          </Radio>
        ))}
      </Radio.Group>
    </ConfirmDialog>
  )
}
