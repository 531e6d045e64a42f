/** 晨会案例简报: examples to read out at the morning meeting, A4 (domain.md §3.6 row 21). */
import { weekdayOf } from '../foundation/business-date.ts'
import type { PaperField } from '../printing/fields.ts'
import type { Labels } from '../printing/labels.ts'
import {
  type Block,
  composePaper,
  heading,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  rule,
  signatureRow,
  storeWords,
  type TypeScale,
} from '../printing/layout.ts'

/** Everything the sheet prints. */
export interface BriefingFacts {
  frame: PaperFrame
  businessDate: string
  lessons: readonly {
    title: string
    class: string
    goods: string
    story: string
    handling: string
    takeaway: string
  }[]
}

/** What a store can set on the sheet; what is to be remembered always prints. */
export const briefingFields: readonly PaperField[] = [
  { key: 'briefing.story' },
  { key: 'briefing.handling' },
  { key: 'briefing.readBy' },
]

/** Read aloud, standing: larger than other sheets. */
const SHEET: TypeScale = { text: 11, label: 9, second: 8, small: 8 }

/** Composes the sheet; pure. */
export function composeBriefing(facts: BriefingFacts, labels: Labels): PaperDefinition {
  const page = PAPERS.a4Portrait
  const day = `${facts.businessDate} ${labels.weekday(weekdayOf(facts.businessDate))}`
  const title = `${labels.say('briefing.title')} ${facts.businessDate}`
  return composePaper({
    title,
    labels,
    frame: facts.frame,
    page,
    type: SHEET,
    footer: pageFooter(labels, facts.frame, page, title),
    content: [
      paperHead({
        labels,
        title: labels.say('briefing.title'),
        subtitle: [labels.second('briefing.title'), day].filter(Boolean).join('   '),
        store: facts.frame.store,
        copy: 0,
        size: 20,
      }),
      { text: labels.both('briefing.private'), style: 'small', margin: [0, 2, 0, 4] },
      ...facts.lessons.flatMap((lesson, index) => lessonBlocks(lesson, index + 1, labels)),
      {
        ...signatureRow(
          labels,
          [
            ...(labels.prints('briefing.readBy') ? ['briefing.readBy' as const] : []),
            'report.floorManager',
          ],
          18,
        ),
        margin: [0, 14, 0, 0],
      },
      ...storeWords(labels, facts.frame),
    ],
  })
}

function lessonBlocks(
  lesson: BriefingFacts['lessons'][number],
  no: number,
  labels: Labels,
): Block[] {
  const about = [labels.codeBoth('report.classes', lesson.class), lesson.goods]
  return [
    rule(0.8, [0, 8, 0, 4]),
    heading(`${labels.both('briefing.example', { no })}  ${lesson.title}`, 14, [0, 0, 0, 1]),
    { text: about.filter(Boolean).join(' · '), style: 'label', margin: [0, 0, 0, 4] },
    ...(['story', 'handling'] as const)
      .filter((part) => labels.prints(`briefing.${part}`))
      .flatMap((part): Block[] => [
        heading(labels.both(`briefing.${part}`), 10, [0, 3, 0, 1]),
        { text: lesson[part], lineHeight: 1.25 },
      ]),
    takeawayBox(lesson.takeaway, labels),
  ]
}

/** What must stay in mind stands in a frame. */
function takeawayBox(takeaway: string, labels: Labels): Block {
  return {
    unbreakable: true,
    margin: [0, 6, 0, 0],
    table: {
      widths: ['*'],
      body: [
        [
          {
            margin: [4, 3, 4, 4],
            stack: [
              heading(labels.both('briefing.takeaway'), 10, [0, 0, 0, 1]),
              { text: takeaway, bold: true, fontSize: 12, lineHeight: 1.25 },
            ],
          },
        ],
      ],
    },
  }
}
