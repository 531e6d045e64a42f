import type { Question, RightsFacts } from './facts.ts'
import { openQuestions } from './grants.ts'
import { isInForce, type RuleSet, tagsOf } from './layers.ts'
import { type Outcome, reachOutcome } from './outcome.ts'
import { type ClockStart, conditionGrades, type ReasonClass } from './rule.ts'
import { coversCategory, matchesScope } from './scope.ts'
import { countsFrom } from './situation.ts'

/**
 * What the desk still has to ask: a fact nobody knows is asked only where two of its possible answers lead to
 * different rights. In the order of the desk's routine.
 */
export function findQuestions(outcome: Outcome, reason: ReasonClass, rules: RuleSet): Question[] {
  const { facts } = outcome.situation
  return candidates
    .filter((one) => one.isUnknown(facts) && one.mayMatter(outcome))
    .filter((one) => {
      const answers = one.answers(outcome).map((answer) => reachOutcome(answer, reason, rules))
      const seen = new Set(answers.map(one.movesDays ? rightsOnly : rightsAndTerms))
      return seen.size > 1
    })
    .map((one) => one.question)
}

interface Candidate {
  question: Question
  isUnknown(facts: RightsFacts): boolean
  /** A quick look that spares asking all rules again. */
  mayMatter(outcome: Outcome): boolean
  /** The facts under each possible answer. */
  answers(outcome: Outcome): RightsFacts[]
  /** The answer always moves some last day: it is asked for only where it gives or takes a right. */
  movesDays?: boolean
}

const isOpen = (question: Question) => (outcome: Outcome) =>
  outcome.grants.some((grant) => openQuestions(grant).includes(question))

/** A later start can only bring back what is over, or put off what has a first day. */
const hangsOn =
  (start: ClockStart) =>
  ({ situation, rulings }: Outcome) =>
    rulings.some(
      ({ compiled, days, reasons }) =>
        (days.from !== null || reasons.some(({ key }) => key === 'reason.window_over')) &&
        countsFrom(compiled.rule.window, start, situation),
    )

/** What a fault of a car can be, for the rules that name it. */
const carFaultTags = ['car_main_assembly', 'car_grave_fault', 'car_safety_fault'] as const

const candidates: readonly Candidate[] = [
  {
    question: 'condition',
    isUnknown: (facts) => facts.condition === null,
    mayMatter: isOpen('condition'),
    answers: ({ situation: { facts } }) =>
      conditionGrades.map((condition) => ({ ...facts, condition })),
  },
  {
    question: 'complete',
    isUnknown: (facts) => facts.complete === null,
    mayMatter: isOpen('complete'),
    answers: ({ situation: { facts } }) =>
      [true, false].map((complete) => ({ ...facts, complete })),
  },
  {
    question: 'findings',
    isUnknown: (facts) => facts.findings === null,
    mayMatter: ({ situation, remedies }) =>
      situation.voids.length > 0 && remedies.some(({ allowed }) => allowed),
    answers: ({ situation: { facts, voids } }) => [
      { ...facts, findings: [] },
      ...voids.flatMap(({ rule }) =>
        rule.findings.map((finding) => ({ ...facts, findings: [finding] })),
      ),
    ],
  },
  {
    question: 'part',
    movesDays: true,
    isUnknown: (facts) => facts.part === null,
    mayMatter: ({ situation, rulings }) =>
      situation.clocks.length > 1 &&
      rulings.some(({ compiled }) => compiled.rule.window === 'term'),
    answers: ({ situation: { facts, clocks } }) => clocks.map(({ of }) => ({ ...facts, part: of })),
  },
  {
    question: 'same_model_in_stock',
    isUnknown: (facts) => facts.sameModelInStock === null,
    mayMatter: isOpen('same_model_in_stock'),
    answers: ({ situation: { facts } }) =>
      [true, false].map((sameModelInStock) => ({ ...facts, sameModelInStock })),
  },
  {
    question: 'delivered_on',
    movesDays: true,
    isUnknown: (facts) => facts.channel !== 'counter' && facts.dates.delivered === null,
    mayMatter: hangsOn('delivery'),
    answers: ({ situation: { facts, claim } }) =>
      [facts.dates.sold, claim].map((delivered) => ({
        ...facts,
        dates: { ...facts.dates, delivered },
      })),
  },
  {
    question: 'installed_on',
    movesDays: true,
    isUnknown: (facts) => facts.dates.installed === null && facts.dates.exchanged === null,
    mayMatter: hangsOn('installation'),
    answers: ({ situation: { facts, claim } }) =>
      [facts.dates.delivered ?? facts.dates.sold, claim].map((installed) => ({
        ...facts,
        dates: { ...facts.dates, installed },
      })),
  },
  {
    question: 'kilometres',
    isUnknown: (facts) => facts.kilometres == null,
    mayMatter: ({ rulings }) =>
      rulings.some(
        ({ compiled, state }) => compiled.rule.kilometresTo !== undefined && state !== 'no',
      ),
    answers: ({ situation: { facts } }) =>
      [0, mostKilometres].map((kilometres) => ({ ...facts, kilometres })),
  },
  {
    question: 'car_fault',
    isUnknown: ({ line }) => carFaultTags.every((tag) => isUntold(tag, line)),
    mayMatter: (outcome) => carFaultTags.some((tag) => tellsApart(tag, outcome)),
    answers: ({ situation: { facts } }) => [
      facts,
      ...carFaultTags.map((tag) => withTag(facts, tag)),
    ],
  },
  askTag('contract_rate'),
  askTag('no_tag'),
  {
    ...askTag('opened_media'),
    isUnknown: ({ line }) =>
      isUntold('opened_media', line) &&
      (line.category === null || coversCategory('books_media', line.category)),
  },
  askTag('confirmed_unsuitable'),
]

/** Nothing that drives runs further. */
const mostKilometres = 9_999_999

/** A tag that only people can tell, asked where a rule speaks on such goods, or on all but such. */
function askTag(tag: Question): Candidate {
  return {
    question: tag,
    isUnknown: ({ line }) => isUntold(tag, line),
    mayMatter: (outcome) => tellsApart(tag, outcome),
    answers: ({ situation: { facts } }) => [facts, withTag(facts, tag)],
  }
}

function isUntold(tag: string, { tags, notTags }: RightsFacts['line']): boolean {
  return !tags.includes(tag) && notTags?.includes(tag) !== true
}

function withTag(facts: RightsFacts, tag: string): RightsFacts {
  return { ...facts, line: { ...facts.line, tags: [...facts.line.tags, tag] } }
}

/** Is a rule in force about these goods with the tag and not without, or the other way round? */
function tellsApart(
  tag: string,
  { situation: { facts, claim, candidates: found } }: Outcome,
): boolean {
  return found.tagged.some((one) => {
    if (!tagsOf(one.rule).includes(tag)) return false
    if (!isInForce(one, facts.dates.sold, claim)) return false
    const { scope } = one.rule
    return matchesScope(scope, facts) !== matchesScope(scope, withTag(facts, tag))
  })
}

/** Two outcomes with the same text are the same to the customer. */
export function rightsAndTerms({ remedies }: Outcome): string {
  return remedies
    .map((one) =>
      one.allowed
        ? [
            one.remedy,
            one.until,
            one.sameTermsUntil,
            one.amount,
            one.fee.amount,
            one.approver,
            one.chooser,
            one.freight,
            one.gift,
          ].join(' ')
        : `${one.remedy} - ${one.open.join(' ')}`,
    )
    .join('\n')
}

function rightsOnly({ remedies }: Outcome): string {
  return remedies
    .map((one) => (one.allowed ? `${one.remedy} ${one.fee.kind}` : `${one.remedy} -`))
    .join('\n')
}
