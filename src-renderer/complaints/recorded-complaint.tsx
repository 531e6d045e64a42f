import { CheckCircleFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'

export interface Recorded {
  id: number
  number: string
  caseId: number
  repeats: InferClientOutputs<typeof desk>['complaints']['record']['repeats']
  outcome: InferClientInputs<typeof desk>['complaints']['record']['outcome']
}

interface RecordedComplaintProps {
  recorded: Recorded
  close: () => void
  another: () => void
}

/** What to tell the customer once the complaint is on record. */
export function RecordedComplaint({ recorded, close, another }: RecordedComplaintProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { outcome } = recorded
  return (
    <div className="recorded" role="status">
      <p className="recorded-title">
        <CheckCircleFilled aria-hidden="true" /> {t('complaints:recorded.title')}
      </p>
      <p className="recorded-number">{recorded.number}</p>
      <p className="tell">
        {t('complaints:recorded.tell')}
        {outcome.kind === 'solved' ? (
          // A number that breaks at its hyphens cannot be read aloud.
          t('complaints:recorded.solved', { number: recorded.number.replaceAll('-', '\u2011') })
        ) : (
          <>
            <Moment at={outcome.promise.dueAt} />
            {t('complaints:recorded.promised', { promise: outcome.promise.text })}
          </>
        )}
      </p>
      {recorded.repeats ? (
        <p className="repeats-note" role="alert">
          {t(`complaints:repeats.${recorded.repeats.days === 0 ? 'foundToday' : 'found'}`, {
            number: recorded.repeats.number,
            count: recorded.repeats.days,
            basis: t(`complaints:repeats.${recorded.repeats.basis}`),
          })}
        </p>
      ) : null}
      <ActionBar
        actions={[
          { keys: 'Esc', label: t('complaints:recorded.back'), primary: true, run: close },
          { keys: 'F8', label: t('complaints:recorded.another'), run: another },
          {
            keys: 'Ctrl+Enter',
            label: t('complaints:recorded.open'),
            run: () => void navigate(paths.complaint(recorded.id), { replace: true }),
          },
        ]}
      />
    </div>
  )
}
