import type { z } from 'zod'
import type { StateMachine } from '../foundation/state-machine.ts'
import type { followUpPlan, Outcome, Result } from './contract.ts'

export type Plan = z.output<typeof followUpPlan>

export type FollowUpState = 'waiting' | 'reached' | 'unreached' | 'called_off'
export type FollowUpAction = 'try_again' | 'postpone' | 'hand_to' | 'reach' | 'give_up' | 'call_off'

/** A follow-up waits until somebody is reached, nobody can be, or it is not needed any more. */
export const followUpMachine: StateMachine<FollowUpState, FollowUpAction> = {
  initial: 'waiting',
  states: ['waiting', 'reached', 'unreached', 'called_off'],
  transitions: [
    { from: 'waiting', action: 'try_again', to: 'waiting', needs: ['no answer, tries left'] },
    { from: 'waiting', action: 'postpone', to: 'waiting', needs: ['a time outside quiet hours'] },
    { from: 'waiting', action: 'hand_to', to: 'waiting', needs: ['somebody who works here'] },
    { from: 'waiting', action: 'reach', to: 'reached', needs: ['content or not'] },
    {
      from: 'waiting',
      action: 'give_up',
      to: 'unreached',
      needs: ['wrong number, not to be called, or no tries left'],
    },
    {
      from: 'waiting',
      action: 'call_off',
      to: 'called_off',
      needs: ['complaint open again, customer erased or merged, or a reason'],
    },
  ],
}

/** What a try means for its follow-up; `tries` counts those that found nobody, this one included. */
export function stepAfter(
  outcome: Outcome,
  tries: number,
  mostTries: number,
): { action: FollowUpAction; result: Result | null } {
  switch (outcome) {
    case 'content':
    case 'not_content':
      return { action: 'reach', result: outcome }
    case 'wrong_number':
    case 'not_to_be_called':
      return { action: 'give_up', result: outcome }
    case 'no_answer':
      return tries >= mostTries
        ? { action: 'give_up', result: 'no_answer' }
        : { action: 'try_again', result: null }
    case 'postponed':
      return { action: 'postpone', result: null }
  }
}

/** What is known of a complaint as it is solved, as far as plans ask for it. */
export interface SolvedFacts {
  kind: string
  class: string
  severity: string
  onSpot: boolean
  retention: string | null
  points: number | null
  /** Names and categories of the goods it is about. */
  goods: readonly string[]
}

/** True where a plan is for what was solved. */
export function fits({ for: scope }: Plan, facts: SolvedFacts): boolean {
  const among = (list: readonly string[] | undefined, value: string | null) =>
    list === undefined || (value !== null && list.includes(value))
  const { points, goods, onSpot } = scope
  const named = facts.goods.map((each) => each.toLowerCase())
  return (
    among(scope.kinds, facts.kind) &&
    among(scope.classes, facts.class) &&
    among(scope.severities, facts.severity) &&
    among(scope.retention, facts.retention) &&
    (!points ||
      (facts.points !== null && facts.points >= points.from && facts.points <= points.to)) &&
    (!goods || goods.some((word) => named.some((each) => each.includes(word.toLowerCase())))) &&
    (onSpot === undefined || onSpot === facts.onSpot)
  )
}

/**
 * The plan that begins by itself: of those that fit, the one with the lowest priority, so that nobody is called twice
 * for one matter; by name where two have the same.
 */
export function choosePlan<Named extends { planId: string; plan: Plan }>(
  plans: readonly Named[],
  facts: SolvedFacts,
): Named | undefined {
  return plans
    .filter(({ plan }) => plan.starts === 'solved' && fits(plan, facts))
    .toSorted((a, b) => a.plan.priority - b.plan.priority || (a.planId < b.planId ? -1 : 1))[0]
}

/** How content somebody is, as it was answered. */
export interface Asked {
  answer: 'given' | 'not_asked' | 'would_not_say'
  points: number | null
  content: boolean | null
}

export interface SatisfactionCount {
  all: number
  asked: number
  notAsked: number
  wouldNotSay: number
  answered: number
  content: number
  points: number[]
}

/** Counts answers: asked is who answered or would not say; the rate is content of answered. */
export function countSatisfaction(rows: readonly Asked[]): SatisfactionCount {
  const count: SatisfactionCount = {
    all: rows.length,
    asked: 0,
    notAsked: 0,
    wouldNotSay: 0,
    answered: 0,
    content: 0,
    points: [0, 0, 0, 0, 0],
  }
  for (const { answer, points, content } of rows) {
    if (answer === 'not_asked') {
      count.notAsked += 1
      continue
    }
    count.asked += 1
    if (answer === 'would_not_say') {
      count.wouldNotSay += 1
      continue
    }
    count.answered += 1
    if (content) count.content += 1
    if (points !== null) count.points[points - 1] = (count.points[points - 1] ?? 0) + 1
  }
  return count
}
