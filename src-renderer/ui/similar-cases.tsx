import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { InferClientInputs } from '@orpc/client'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { PastCase } from './past-case.tsx'

type Asked = InferClientInputs<typeof desk>['lessons']['similar']

/** After the last key: while somebody writes there is nothing to read. */
const PAUSE_MS = 350
const SHORTEST = 4
/** Characters of a statement that are sent; the words that matter come first. */
const READ = 4_000
/** What fits beside a form. */
const SHOWN = 3

/** A value that follows only once it has stood still for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** Past complaints like the one being written, with why they are like it and what came of them. */
export function SimilarCases({ asked, linked = false }: { asked: Asked; linked?: boolean }) {
  const { t } = useTranslation()
  const { class: kind, saleLineId, cardId, counter, except } = asked
  const text = useSettled(asked.text.trim().slice(0, READ))
  const similar = useQuery(
    api.lessons.similar.queryOptions({
      input: { text, class: kind, saleLineId, cardId, counter, except },
      enabled: text.length >= SHORTEST || saleLineId !== null || cardId !== null,
      placeholderData: keepPreviousData,
    }),
  )
  const cases = (similar.data ?? []).slice(0, SHOWN)
  if (cases.length === 0) return null
  return (
    <section className="similar-cases" aria-label={t('lessons:similar.title')}>
      <h3>{t('lessons:similar.title')}</h3>
      <ol>
        {cases.map((row) => (
          <li key={row.complaintId}>
            <PastCase row={row} linked={linked}>
              <span className="row-note similar-why">
                {[
                  ...(row.words.length > 0
                    ? [t('lessons:similar.words', { words: row.words.slice(0, 6).join('、') })]
                    : []),
                  ...row.same.map((same) => t(`lessons:similar.same.${same}`)),
                ].join(' · ')}
              </span>
            </PastCase>
          </li>
        ))}
      </ol>
    </section>
  )
}
