import { Alert } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

import { readTrouble } from '../app/client.ts'
import { describeReason } from './import-form.ts'
import { FileProblem } from './upload-file.ts'

function describe(error: unknown, t: TFunction): string {
  if (error instanceof FileProblem) {
    return t(`imports-screen:file.${error.key}`, { fileName: error.fileName })
  }
  const trouble = readTrouble(error)
  return trouble.kind === 'refused'
    ? describeReason(trouble.reason, trouble.params, t)
    : t(`app:trouble.${trouble.kind}`)
}

/** Why a file was not taken; the data is as it was. */
export function ImportTrouble({ error, onRead }: { error: unknown; onRead?: () => void }) {
  const { t } = useTranslation()
  if (error === null || error === undefined) return null
  return (
    <Alert
      className="import-trouble"
      type="error"
      showIcon
      role="alert"
      title={describe(error, t)}
      description={t('imports-screen:nothingChanged')}
      {...(onRead ? { closable: { 'aria-label': t('app:read'), onClose: onRead } } : {})}
    />
  )
}
