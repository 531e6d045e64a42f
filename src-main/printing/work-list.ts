/** A list to work through with a pen: on A4, of one day, signed by who went through it. */
import type { LabelKey, Labels } from './labels.ts'
import {
  composePaper,
  type Content,
  heading,
  joinKnown,
  pageFooter,
  type PaperDefinition,
  type PaperFrame,
  paperHead,
  type PaperPage,
  signatureRow,
  storeWords,
  WIDE_SHEET_TYPE,
} from './layout.ts'

/** Composes the list; `about` stands behind its name, what is null in it is left out. Pure. */
export function composeWorkList(parts: {
  labels: Labels
  frame: PaperFrame
  page: PaperPage
  title: LabelKey
  businessDate: string
  about: readonly (string | null)[]
  content: Content[]
}): PaperDefinition {
  const { labels, frame, page, title, businessDate } = parts
  return composePaper({
    title: `${labels.both(title)} ${businessDate}`,
    labels,
    frame,
    page,
    type: WIDE_SHEET_TYPE,
    footer: pageFooter(labels, frame, page, businessDate),
    content: [
      paperHead({
        labels,
        title: labels.say(title),
        subtitle: joinKnown([labels.second(title), businessDate, ...parts.about], '   ') ?? '',
        store: frame.store,
        copy: 0,
        size: 17,
      }),
      ...parts.content,
      {
        ...signatureRow(labels, ['repairList.checkedBy', 'report.floorManager'], 18),
        margin: [0, 12, 0, 0],
      },
      ...storeWords(labels, frame),
    ],
  })
}

/** Heading of a part with how much is in it. */
export function workListPart(name: string, count: number): Content {
  return heading(`${name}  (${count})`, 10, [0, 8, 0, 2.5])
}
