import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { Moment } from '../ui/business-date.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Complaint } from './complaint-form.ts'
import type { CaseFile } from './owner-panel.tsx'

type Promised = Complaint['promises'][number]

function PromiseState({ promise }: { promise: Promised }) {
  const { t } = useTranslation()
  if (promise.overdue) return <Tag tone="risk">{t('complaints:promise.overdue')}</Tag>
  if (promise.state === 'kept') return <Tag tone="good">{t('complaints:promise.kept')}</Tag>
  if (promise.state === 'broken') return <Tag tone="risk">{t('complaints:promise.broken')}</Tag>
  return <Tag tone="soon">{t('complaints:promise.open')}</Tag>
}

interface PromiseListProps {
  promises: readonly Promised[]
  open: boolean
  /** The complaint on screen: what was promised for others names them. */
  of?: number
  parts: CaseFile['parts']
}

/** The number of what a promise was given for, where that is not what is on screen. */
function aboutOf(promise: Promised, parts: CaseFile['parts'], of: number | undefined) {
  const { complaintId, repairId, exchangeId } = promise
  if (complaintId !== null && complaintId === of) return undefined
  const part = parts.find(
    ({ type, id }) =>
      (type === 'complaint' && id === complaintId) ||
      (type === 'repair' && id === repairId) ||
      (type === 'exchange' && id === exchangeId),
  )
  return part?.number
}

/** What the customer was promised, and whether it was kept. */
export function PromiseList({ promises, open, of, parts }: PromiseListProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { may } = useSession()
  const settle = useCommand(desk.cases.settlePromise, {
    onDone: () => {
      void cache.invalidateQueries({ queryKey: [['complaints']] })
      void cache.invalidateQueries({ queryKey: [['cases']] })
    },
  })
  return (
    <Panel title={t('complaints:promise.title')}>
      <RefusalAlert error={settle.error} />
      {promises.length === 0 ? (
        <p className="row-note">{t('complaints:promise.none')}</p>
      ) : (
        <ul className="promises">
          {promises.map((promise) => (
            <li key={promise.id}>
              <p className="promise-head">
                <PromiseState promise={promise} />
                <span>
                  {t('complaints:event.until')} <Moment at={promise.dueAt} />
                </span>
              </p>
              <p>{promise.text}</p>
              <p className="row-note">
                {[promise.ownerName, aboutOf(promise, parts, of)].filter(Boolean).join(' · ')}
              </p>
              {promise.state === 'open' && open && may('complaints.record') ? (
                <p className="promise-keys">
                  <Button
                    size="small"
                    icon={<CheckOutlined />}
                    disabled={settle.isPending}
                    onClick={() =>
                      settle.mutate({
                        promiseId: promise.id,
                        kept: true,
                        version: promise.version,
                      })
                    }
                  >
                    {t('complaints:promise.keep')}
                  </Button>
                  <Button
                    size="small"
                    icon={<CloseOutlined />}
                    disabled={settle.isPending}
                    onClick={() =>
                      settle.mutate({
                        promiseId: promise.id,
                        kept: false,
                        version: promise.version,
                      })
                    }
                  >
                    {t('complaints:promise.break')}
                  </Button>
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
