import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'

import type { desk } from '../app/client.ts'

type Row = InferClientOutputs<typeof desk>['alerts']['inbox'][number]

/** The sentence of a message, in the language on screen. */
export function useAlertText(): (row: Pick<Row, 'kind' | 'params'>) => string {
  const { t } = useTranslation()
  return ({ kind, params }) => {
    const flags = typeof params['risks'] === 'string' ? params['risks'].split(' ') : []
    const risks = flags.filter(Boolean).map((flag) => t(`complaints:risk.${flag}`))
    return t(`alerts:kind.${kind}`, { ...params, risks: risks.join('、') })
  }
}
