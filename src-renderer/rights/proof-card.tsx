import { CameraOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, DatePicker, Input, InputNumber } from 'antd'
import type { GetRef, InputRef } from 'antd'
import dayjs from 'dayjs'
import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { LONGEST_SCAN } from '../../src-main/foundation/card-code.ts'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { Field } from '../ui/field.tsx'
import { PhotoBox } from '../ui/photo-box.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import type { ProofDraft } from './proof-form.ts'

interface ProofCardProps {
  draft: ProofDraft
  /** How it stands to the sale that is chosen, once it is complete. */
  standing: 'agrees' | 'alone' | 'contradicts' | null
  weight: number
  onChange: (part: Partial<ProofDraft>) => void
  onRemove: () => void
}

/** Texts that are longer than a number. */
const longestTexts: Partial<Record<ProofDraft['kind'], number>> = {
  original_box: 200,
  signed_card: LONGEST_SCAN,
}

/** One proof: the few fields its kind needs, a photo if there is one, and what it adds. */
export function ProofCard({ draft, standing, weight, onChange, onRemove }: ProofCardProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const { kind } = draft
  const first = useRef<InputRef>(null)
  const amount = useRef<GetRef<typeof InputNumber>>(null)
  const isBill = kind === 'payment_bill'
  const isFresh = useRef(draft.text === '' && draft.amount === null)
  useLayoutEffect(() => {
    if (isFresh.current) (isBill ? amount.current : first.current)?.focus()
  }, [isBill])
  // Enter is the end of a proof: the digits add the next one then.
  const done = useEnterSubmit(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  const title = t(`rights:proof.kind.${kind}`)
  return (
    <fieldset className="proof-card">
      <legend className="proof-legend">
        {title}
        {standing === null ? (
          <Tag>{t('rights:proof.incomplete')}</Tag>
        ) : (
          <Tag tone={standing === 'agrees' ? 'good' : standing === 'alone' ? 'plain' : 'risk'}>
            {t(`rights:proof.standing.${standing}`)}
          </Tag>
        )}
        {standing === null ? null : <span className="proof-weight">+{weight}</span>}
      </legend>
      <div className="form-row">
        {isBill ? (
          <>
            <Field label={t('rights:proof.field.amount')}>
              {(id) => (
                <InputNumber
                  id={id}
                  ref={amount}
                  className="full-width"
                  min={0}
                  precision={2}
                  controls={false}
                  value={draft.amount}
                  onChange={(value) => onChange({ amount: value })}
                />
              )}
            </Field>
            <Field label={t('rights:proof.field.paidOn')}>
              {(id) => (
                <DatePicker
                  id={id}
                  className="full-width"
                  maxDate={dayjs(today)}
                  value={draft.date ? dayjs(draft.date) : null}
                  onChange={(day) => onChange({ date: day ? day.format('YYYY-MM-DD') : null })}
                />
              )}
            </Field>
          </>
        ) : null}
        <Field label={t(`rights:proof.text.${kind}`)}>
          {(id) => (
            <Input
              id={id}
              ref={first}
              value={draft.text}
              maxLength={longestTexts[kind] ?? 60}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onChange({ text: event.target.value })}
              {...done}
            />
          )}
        </Field>
        {kind === 'member_record' || kind === 'staff_memory' ? (
          <Field label={t(`rights:proof.more.${kind}`)}>
            {(id) => (
              <Input
                id={id}
                value={draft.more}
                maxLength={kind === 'member_record' ? 30 : 500}
                autoComplete="off"
                onChange={(event) => onChange({ more: event.target.value })}
                {...done}
              />
            )}
          </Field>
        ) : null}
      </div>
      {draft.photo ? (
        <p className="proof-photo">
          <CameraOutlined aria-hidden="true" />{' '}
          {t('rights:proof.photoKept', { name: draft.photo.name })}
        </p>
      ) : null}
      <PhotoBox
        label={title}
        keys={null}
        onKept={({ sha256, name }) => onChange({ photo: { sha256, name } })}
      />
      <div className="proof-tools">
        <Button
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('rights:proof.remove', { kind: title })}
          onClick={onRemove}
        />
      </div>
    </fieldset>
  )
}
