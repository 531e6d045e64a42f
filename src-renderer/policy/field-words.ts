import { ORPCError } from '@orpc/client'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { readTrouble } from '../app/client.ts'

/** Which words say the values of a field. */
const GROUPS: Readonly<Record<string, string>> = {
  layer: 'layer',
  effect: 'effect',
  validBy: 'validBy',
  reasons: 'reasonClass',
  window_unit: 'unit',
  window_dayKind: 'dayKind',
  window_start: 'start',
  start: 'start',
  trigger_kind: 'triggerKind',
  trigger_cause: 'cause',
  remedies: 'remedy',
  remedies_remedy: 'remedy',
  remedies_fee_kind: 'fee',
  chooser: 'chooser',
  needs_conditions: 'condition',
  freight: 'freight',
  gift: 'gift',
  approver: 'approverRole',
  findings: 'finding',
  depreciation: 'depreciation',
  priceBasis: 'priceBasis',
  burdenOfProof: 'burdenOfProof',
  offerOrder: 'remedy',
  scope_channels: 'channel',
  scope_not_channels: 'channel',
  testFee_fault: 'payer',
  testFee_noFault: 'payer',
  testFee_unknown: 'payer',
}

/** `remedies.0.fee.ppm` → `remedies_fee_ppm`: places in a list say nothing to a reader. */
function keyOf(path: string): string {
  return path
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('_')
}

/** The name of a rule's field as the form has it; the nearest name above where the field has none of its own. */
export function sayField(path: string, t: TFunction): string {
  const parts = keyOf(path).split('_')
  const names = parts.map((_part, index) => parts.slice(0, parts.length - index).join('_'))
  return t(
    names.map((name) => `policy-screen:path.${name}`),
    { defaultValue: path },
  )
}

/** A value of a field in words. */
export function sayValue(path: string, value: string, t: TFunction): string {
  if (value === '' || value === 'null') return t('policy-screen:file.nothing')
  if (value === 'true' || value === 'false') {
    return t(`policy-screen:answer.${value === 'true' ? 'yes' : 'no'}`)
  }
  const group = GROUPS[keyOf(path)]
  if (group === undefined) return value
  return value
    .split(', ')
    .map((code) => t(`policy-screen:${group}.${code}`, { defaultValue: code }))
    .join(t('policy-screen:scope.and'))
}

/** Parameters of a refusal with its field by name; a field that no rule has keeps the name the file gives it. */
export function withFieldNamed(
  { reason, params }: { reason: string; params: Readonly<Record<string, string | number>> },
  t: TFunction,
): Record<string, string | number> {
  const { field } = params
  const isKnown = typeof field === 'string' && reason !== 'policy.file_unknown_field'
  return isKnown ? { ...params, field: sayField(field, t) } : { ...params }
}

/** An error of the desk that names a rule's field, with the name the form gives it. */
export function useNamedField(error: unknown): unknown {
  const { t } = useTranslation()
  return useMemo(() => {
    if (error === null || error === undefined) return error
    const trouble = readTrouble(error)
    if (trouble.kind !== 'refused' || trouble.params['field'] === undefined) return error
    const data = { reason: trouble.reason, params: withFieldNamed(trouble, t) }
    return new ORPCError('REFUSED', { data })
  }, [error, t])
}
