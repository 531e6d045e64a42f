import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { api, type desk } from '../app/client.ts'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { DesignForm } from './design-form.tsx'
import { SignForm } from './sign-form.tsx'
import './papers.css'

export type Designs = InferClientOutputs<typeof desk>['papers']['designs']

const SIGN = 'sign'

/** How the store's papers look: its sign on all of them, and each paper's texts, stamp box and fields, with a preview. */
export function PapersPart() {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const designs = useQuery(api.papers.designs.queryOptions())
  const asked = query.get('of') ?? SIGN
  if (!designs.data) {
    return designs.error ? (
      <RefusalAlert error={designs.error} retry={designs.refetch} />
    ) : (
      <LoadingState />
    )
  }
  const { papers, sign } = designs.data
  const paper = papers.find(({ place }) => place === asked)
  const options = [
    { value: SIGN, label: t('designs:sign.title') },
    ...papers.map(({ place }) => ({ value: place, label: t(`designs:place.${place}`) })),
  ]
  return (
    <>
      <p className="settings-note">{t('designs:intro')}</p>
      <Field label={t('designs:which')}>
        {(id) => (
          <Select
            id={id}
            className="full-width designs-which"
            options={options}
            value={paper?.place ?? SIGN}
            onChange={(of) => setQuery({ of }, { replace: true })}
          />
        )}
      </Field>
      {paper ? (
        <DesignForm key={`${paper.place} ${paper.version}`} paper={paper} sign={sign.value} />
      ) : (
        <SignForm key={sign.version} sign={sign} papers={papers} />
      )}
    </>
  )
}
