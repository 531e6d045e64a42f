import { Alert, Button } from 'antd'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { readTrouble } from '../app/client.ts'

/** The sentence for an error of the desk, in the clerk's language. */
export function describeTrouble(error: unknown, t: TFunction): string {
  const trouble = readTrouble(error)
  if (trouble.kind !== 'refused') return t(`app:trouble.${trouble.kind}`)
  return t(`errors:${trouble.reason}`, {
    ...trouble.params,
    ...('role' in trouble.params && { role: t(`app:role.${trouble.params['role']}`) }),
    defaultValue: t('app:trouble.unknownReason', { reason: trouble.reason }),
  })
}

interface RefusalAlertProps {
  /** What a query or mutation threw; nothing is shown for null. */
  error: unknown
  /** Offered beside the text: another way to go on. */
  action?: ReactNode
  /** For reads: asks once more. */
  retry?: () => unknown
  onRead?: () => void
}

/** Says why the desk refused. Stays until read; a new error shows again. */
export function RefusalAlert({ error, action, retry, onRead }: RefusalAlertProps) {
  const { t } = useTranslation()
  const [readError, keepRead] = useState<unknown>(null)
  const box = useRef<HTMLDivElement>(null)
  const shown = error !== null && error !== undefined && error !== readError
  useEffect(() => {
    if (shown) box.current?.scrollIntoView({ block: 'nearest' })
  }, [shown, error])
  if (!shown) return null
  return (
    <div ref={box} className="refusal">
      <Alert
        type="error"
        showIcon
        role="alert"
        title={describeTrouble(error, t)}
        action={
          retry ? (
            <Button size="small" onClick={() => void retry()}>
              {t('app:connection.retry')}
            </Button>
          ) : (
            action
          )
        }
        closable={{
          'aria-label': t('app:read'),
          onClose: () => {
            keepRead(error)
            onRead?.()
          },
        }}
      />
    </div>
  )
}
