import type { InferClientInputs, InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'

import type { Bilingual, Rule } from '../../src-main/policy/contract.ts'
import type { desk } from '../app/client.ts'

type Outputs = InferClientOutputs<typeof desk>['policy']

export type RuleSummary = Outputs['list']['rules'][number]
export type OpenRule = Outputs['open']
export type RuleVersion = Outputs['history'][number]
export type Choices = Outputs['choices']
export type Tried = Outputs['tryIt']
export type Trial = InferClientInputs<typeof desk>['policy']['tryIt']
export type FileReading = Outputs['readFile']
export type Vocabulary = Outputs['vocabulary']
export type Effect = Rule['effect']

/** Picks the half of a text in both languages that is on screen. */
export function useBilingual(): (text: Bilingual) => string {
  const { i18n } = useTranslation()
  return (text) => (i18n.language === 'zh-CN' ? text.zh : text.en)
}

/** Parts per million as a percentage: 500 is `0.05%`, 1000000 is `100%`. */
export function writePercent(ppm: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 4 }).format(
    ppm / 1_000_000,
  )
}
