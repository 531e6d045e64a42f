import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { paperLanguages } from '../../src-main/foundation/procedure.ts'
import { desk } from '../app/client.ts'
import { Field } from '../ui/field.tsx'
import { PdfPreview } from '../ui/pdf-preview.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import type { Designs } from './papers-part.tsx'

export type PreviewPlace = Designs['papers'][number]

export interface PreviewDraft {
  /** Null where each paper shows the design it has. */
  design: PreviewPlace['value'] | null
  sign: Designs['sign']['value']
}

/** Long enough for a word to be typed, short enough to look at once. */
const TYPING_MS = 350

/** An example of the paper as the draft would have it, set anew while somebody types. */
export function DesignPreview(props: { places: readonly PreviewPlace[]; draft: PreviewDraft }) {
  const { places, draft } = props
  const { t } = useTranslation()
  const [place, setPlace] = useState(places[0]?.place ?? 'card')
  const paper = places.find((each) => each.place === place)
  const formats = paper?.formats ?? []
  const [askedFormat, setFormat] = useState('')
  const format = formats.includes(askedFormat) ? askedFormat : (formats[0] ?? '')
  const [language, setLanguage] = useState<(typeof paperLanguages)[number]>('zh')
  const design = draft.design ?? paper?.value
  const input = useSettled({ place, format, language, design, sign: draft.sign })
  const preview = useQuery({
    queryKey: ['design-preview', JSON.stringify(input)],
    queryFn: () => {
      if (!input.design) throw new Error('no design')
      return desk.papers.previewDesign({ ...input, design: input.design })
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    enabled: design !== undefined && format !== '',
  })
  const trouble = preview.data?.trouble
  const glyphs = preview.data?.missingGlyphs ?? []
  return (
    <section className="designs-preview" aria-label={t('designs:preview')}>
      <div className="designs-choice">
        {places.length > 1 ? (
          <Field label={t('designs:previewOf')}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                options={places.map((each) => ({
                  value: each.place,
                  label: t(`designs:place.${each.place}`),
                }))}
                value={place}
                onChange={setPlace}
              />
            )}
          </Field>
        ) : null}
        <Field label={t('designs:format')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              options={formats.map((value) => ({ value, label: value }))}
              value={format}
              onChange={setFormat}
            />
          )}
        </Field>
        <Field label={t('designs:paperLanguage')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              options={paperLanguages.map((value) => ({
                value,
                label: t(`settings:store.paperLanguages.${value}`),
              }))}
              value={language}
              onChange={setLanguage}
            />
          )}
        </Field>
      </div>
      <div role="status">
        {trouble ? (
          <Alert
            type="error"
            showIcon
            title={t(`errors:${trouble.reason}`, { ...trouble.params })}
          />
        ) : null}
        {glyphs.length > 0 ? (
          <Alert
            type="warning"
            showIcon
            title={t('papers:missingGlyphs', { glyphs: glyphs.join(' ') })}
          />
        ) : null}
      </div>
      <RefusalAlert error={preview.error} retry={preview.refetch} />
      <PdfPreview
        pdf={preview.data?.pdf ?? null}
        fileName={preview.data?.fileName ?? 'paper.pdf'}
        label={t('designs:exampleOf', { paper: t(`designs:place.${place}`) })}
      />
    </section>
  )
}

/** The value once it has stayed the same for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as Value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
