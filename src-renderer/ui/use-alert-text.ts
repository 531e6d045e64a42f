import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'

import type { desk } from '../app/client.ts'
import { useTongue } from './use-tongue.ts'

type Row = InferClientOutputs<typeof desk>['alerts']['inbox'][number]

/** The sentence of a message, in the language on screen. */
export function useAlertText(): (row: Pick<Row, 'kind' | 'params'>) => string {
  const { t } = useTranslation()
  const tongue = useTongue()
  return ({ kind, params }) => {
    const flags = typeof params['risks'] === 'string' ? params['risks'].split(' ') : []
    const risks = flags.filter(Boolean).map((flag) => t(`complaints:risk.${flag}`))
    // What has a name in both languages is named in that of the screen.
    const name = params[tongue] ?? params['name']
    return t(`alerts:kind.${kind}`, { ...params, name, risks: risks.join('、') })
  }
}
