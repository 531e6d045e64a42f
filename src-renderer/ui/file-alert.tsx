import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

import { FileGone } from './file-pieces.ts'
import { RefusalAlert } from './refusal-alert.tsx'

/** Why a file could not be taken in: what the desk says, or that it cannot be read any more. */
export function FileAlert({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (!(error instanceof FileGone)) return <RefusalAlert error={error} />
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('attachments:problem.gone', { name: error.fileName })}
    />
  )
}
