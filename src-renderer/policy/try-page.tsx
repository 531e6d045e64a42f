import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useDraft } from '../ui/use-draft.ts'
import type { Trial } from './policy.ts'
import { TryFields } from './try-fields.tsx'
import { VerdictView } from './verdict-view.tsx'
import './policy.css'

/** Facts on the left, the engine's answer on the right: the same engine the counter asks. */
export default function TryPage() {
  const { t } = useTranslation()
  const { today } = useStore()
  const [query] = useSearchParams()
  const draft = query.get('draft')
  const [trial, setTrial] = useDraft<Trial>('policy-try', firstTrial(today))
  const asked = useDeferredValue({ ...trial, asIfSigned: draft })
  const tried = useQuery({
    ...api.policy.tryIt.queryOptions({ input: asked }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t('policy-screen:try.title')} back={paths.rules(draft ?? undefined)}>
      <PageHeader
        title={t('policy-screen:try.title')}
        facts={[
          draft === null
            ? t('policy-screen:try.hint')
            : t('policy-screen:try.asIfSigned', { id: draft }),
        ]}
      />
      <div className="policy-try">
        <Panel title={t('policy-screen:try.facts')}>
          <TryFields trial={trial} change={(next) => setTrial((now) => ({ ...now, ...next }))} />
        </Panel>
        <div aria-live="polite">
          <RefusalAlert error={tried.error} retry={() => tried.refetch()} />
          {tried.data ? <VerdictView tried={tried.data} /> : tried.error ? null : <LoadingState />}
        </div>
      </div>
    </Page>
  )
}

const TRIED_PRICE = 100_000

/** A fault within the first days: the question asked most. */
function firstTrial(today: string): Trial {
  return {
    today,
    sold: today,
    delivered: null,
    installed: null,
    exchanged: null,
    category: null,
    sku: '',
    brand: '',
    counter: '',
    tags: [],
    tier: null,
    channel: 'counter',
    paid: TRIED_PRICE,
    units: 1,
    currentPrice: null,
    reason: 'quality',
    condition: null,
    complete: null,
    part: null,
    proof: { receipt: true, memberCard: false, medical: false, repairRecords: false },
    findings: null,
    foundSubstandard: false,
    repairs: [],
    sameModelInStock: null,
    kilometres: null,
    wish: null,
    asIfSigned: null,
  }
}
