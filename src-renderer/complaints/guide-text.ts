import type { z } from 'zod'

import { guideBody } from '../../src-main/complaints/contract.ts'

type Body = z.output<typeof guideBody>

const languages = ['zh-CN', 'en'] as const
const parts = ['steps', 'scripts'] as const

/** A guide as it is typed: one step or sentence a line. */
export type GuideText = Record<(typeof languages)[number], Record<(typeof parts)[number], string>>

export function textOf(body: Body): GuideText {
  const typed = (language: (typeof languages)[number]) => ({
    steps: body[language].steps.join('\n'),
    scripts: body[language].scripts.join('\n'),
  })
  return { 'zh-CN': typed('zh-CN'), en: typed('en') }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What was typed as it is kept; null where a language has no step, or more or longer lines than are kept. */
export function toBody(text: GuideText): Body | null {
  const typed = (language: (typeof languages)[number]) => ({
    steps: linesOf(text[language].steps),
    scripts: linesOf(text[language].scripts),
  })
  const body = guideBody.safeParse({ 'zh-CN': typed('zh-CN'), en: typed('en') })
  return body.success ? body.data : null
}

/** Lines that one version has and the other has not, in the order they stand. */
export function changedLines(from: Body, to: Body): { kind: 'added' | 'removed'; text: string }[] {
  return languages.flatMap((language) =>
    parts.flatMap((part) => {
      const before = from[language][part]
      const after = to[language][part]
      return [
        ...before
          .filter((line) => !after.includes(line))
          .map((text) => ({ kind: 'removed' as const, text })),
        ...after
          .filter((line) => !before.includes(line))
          .map((text) => ({ kind: 'added' as const, text })),
      ]
    }),
  )
}
