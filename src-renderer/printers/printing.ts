import type { InferClientOutputs } from '@orpc/client'
import type { TFunction } from 'i18next'

import { localTime } from '../../src-main/foundation/business-date.ts'
import type { desk } from '../app/client.ts'
import type { StoreView } from '../ui/store-context.ts'

type Outputs = InferClientOutputs<typeof desk>['printers']

export type Printer = Outputs['list'][number]
export type Job = Outputs['jobs']['jobs'][number]
export type Route = Outputs['routes'][number]
export type Condition = Outputs['look']

/** A paper by the name people know it under; one that has none here keeps its own. */
export function nameOfDocument(document: string, t: TFunction): string {
  return t(`printers:document.${document}`, { defaultValue: document.replaceAll('_', ' ') })
}

/** Why a paper is not out, as a sentence. */
export function nameOfTrouble(trouble: string, t: TFunction): string {
  return t(`printers:trouble.${trouble}`, { defaultValue: trouble })
}

/** Tenths of a millimetre as people write them. */
export function formatTenths(tenths: number): string {
  return (tenths / 10).toFixed(1)
}

/** When something happened: the time, and the day where it was another one. */
export function writeMoment(instant: string, { timeZone, today }: StoreView): string {
  const local = localTime(new Date(instant), timeZone)
  const time = local.slice(11, 16)
  return local.slice(0, 10) === today ? time : `${local.slice(5, 10)} ${time}`
}
