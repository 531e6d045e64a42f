/** How a store sets its papers up: versions, what is refused, and what it comes to on one paper. */
import type { z } from 'zod'
import en from '../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import { keptPlace } from '../attachments/index.ts'
import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { isRefusal, refuse } from '../foundation/errors.ts'
import { isRoll, type PaperFormat } from '../foundation/paper-formats.ts'
import { findUnfairTerm } from '../foundation/unfair-terms.ts'
import { type Call, query, type RoomHandlers, task } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { type LabelKey, makeLabels } from '../printing/labels.ts'
import type { PaperFrame } from '../printing/layout.ts'
import type { PaperSize } from '../printing/render-paper.ts'
import {
  type DesignPlace,
  designPlaces,
  paperDesign,
  type papersContract,
  storeSign,
} from './contract.ts'
import { type DesignedPaper, designedPapers } from './design-places.ts'
import { keepLogo, requireLogo } from './logo.ts'
import type { JobFile, PaperJob } from './render-queue.ts'
import { findDesign, insertDesign, listDesigns, type StoredDesign } from './store.ts'

type Design = z.output<typeof paperDesign>
type Sign = z.output<typeof storeSign>
type Language = PaperJob['language']

/** The place of the store's sign among the versions. */
const SIGN = 'sign'

/** A stamp box where a paper has none of its own: beside the closing words, if the store wants it. */
const ownStamp: NonNullable<DesignedPaper['stamp']> = { key: 'common.stampHere' }

const asIt: Design = paperDesign.parse({})

/** A paper a store cannot set up but for its sign. */
const signedOnly: Pick<DesignedPaper, 'fields' | 'stamp'> = { fields: [], stamp: null }
const unsigned: Sign = storeSign.parse({})

/** So much longer a store's own words may make a slip on a roll, in millimetres. */
const MOST_ROLL_MM = 80

/** Forms of half a page on one strip: what does not fit on one goes on on the next. */
const CONTINUOUS: PaperFormat = '241mm'

/** Versions shown of one place. */
const MOST_VERSIONS = 100

export const designHandlers: Pick<
  RoomHandlers<typeof papersContract>,
  | 'designs'
  | 'signVersions'
  | 'designVersions'
  | 'changeDesign'
  | 'changeSign'
  | 'previewDesign'
  | 'keepLogo'
> = {
  designs: query(async (r) => {
    const sign = await findDesign(r, SIGN)
    const papers = await Promise.all(
      designPlaces.map(async (place) => {
        const paper = designedPapers[place]
        const found = await findDesign(r, place)
        const { key, law = null } = paper.stamp ?? ownStamp
        return {
          place,
          value: paperDesign.parse(found.design),
          ...stateOf(found),
          formats: [...paper.formats],
          stamp: { key, law, byDefault: paper.stamp !== null },
          fields: paper.fields.map((field) => ({
            key: field.key,
            byDefault: field.off !== true,
            law: field.law ?? null,
          })),
        }
      }),
    )
    return { sign: { value: storeSign.parse(sign.design), ...stateOf(sign) }, papers }
  }),

  signVersions: query(async (r) => {
    const found = await listDesigns(r, SIGN, MOST_VERSIONS)
    return found.map((each) => ({
      value: storeSign.parse(each.design),
      restores: each.restores,
      ...stateOf(each),
    }))
  }),

  designVersions: query(async (r, _call, { place }) => {
    const found = await listDesigns(r, place, MOST_VERSIONS)
    return found.map((each) => ({
      value: paperDesign.parse(each.design),
      restores: each.restores,
      ...stateOf(each),
    }))
  }),

  changeDesign: task(async (call, { place, value, version, restores }) => {
    requireFairDesign(value)
    requireKnownFields(call, designedPapers[place], value)
    const sign = await call.store.read((r) => readSign(r))
    for (const language of ['zh', 'en', 'bilingual'] as const) {
      for (const format of designedPapers[place].formats) {
        await requireFit(call, { place, format, language, design: value, sign })
      }
    }
    return write(call, { place, value, version, restores })
  }),

  changeSign: task(async (call, { value, version, restores }) => {
    for (const text of Object.values(value.headLine)) requireFair(text)
    const { now, designs } = await call.store.read(async (r) => {
      if (value.logo) await requireLogo(r, value.logo)
      return { now: await readSign(r), designs: await readDesigns(r) }
    })
    // A roll holds any sign, and what is on the papers already has its place there.
    const isSame =
      JSON.stringify([now.logo, now.headLine]) === JSON.stringify([value.logo, value.headLine])
    for (const { place, design } of isSame ? [] : designs) {
      const format = tightest(designedPapers[place].formats)
      if (format === undefined) continue
      for (const language of ['zh', 'bilingual'] as const) {
        await requireFit(call, { place, format, language, design, sign: value })
      }
    }
    return write(call, { place: SIGN, value, version, restores })
  }),

  previewDesign: task(async (call, asked) => {
    if (!designedPapers[asked.place].formats.includes(asked.format)) {
      refuse('papers.unknown_format', { format: asked.format })
    }
    const paper = await call.printing.renderPaper(exampleJob(call, asked))
    const { pdf, missingGlyphs } = paper
    const trouble = await requireFit(call, asked, paper).then(
      () => null,
      (error: unknown) => {
        if (!isRefusal(error)) throw error
        return { reason: error.reason, params: { ...error.params } }
      },
    )
    return {
      fileName: `${asked.place.replaceAll('_', '-')}-${asked.format}.pdf`,
      pdf: new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }),
      missingGlyphs: missingGlyphs.map((glyph) => glyph.text),
      trouble,
    }
  }),

  keepLogo: task((call, asked) => keepLogo(call, asked)),
}

/** The sheet with the least room; none of a paper that comes on rolls alone. */
function tightest(formats: readonly string[]): string | undefined {
  return ['A6', 'A5', 'A4'].find((format) => formats.includes(format))
}

function stateOf({ version, changedAt, changedBy }: StoredDesign) {
  return { version, changedAt, changedBy }
}

async function readDesign(r: ReadHandle, place: DesignPlace): Promise<Design> {
  return paperDesign.parse((await findDesign(r, place)).design)
}

function readDesigns(r: ReadHandle): Promise<{ place: DesignPlace; design: Design }[]> {
  return Promise.all(
    designPlaces.map(async (place) => ({ place, design: await readDesign(r, place) })),
  )
}

async function readSign(r: ReadHandle): Promise<Sign> {
  return storeSign.parse((await findDesign(r, SIGN)).design)
}

function requireFair(text: string): void {
  const term = findUnfairTerm(text)
  if (term) refuse(`papers.unfair_${term.law}`, { words: term.words })
}

/** Each text by itself and all of one language together: a term is none the fairer for beginning in the line before. */
function requireFairDesign({ terms, words, stamp }: Design): void {
  for (const language of ['zh', 'en'] as const) {
    const texts = [terms[language], words[language], stamp.caption[language]]
    for (const text of [...texts, texts.slice(0, 2).join('\n')]) requireFair(text)
  }
}

/** Refuses a field the paper does not have, and one that is left out though a law asks for it (domain.md §2.2). */
function requireKnownFields(call: Call, paper: DesignedPaper, { fields, stamp }: Design): void {
  const labels = makeLabels({ zh, en }, call.profile.language === 'en' ? 'en' : 'zh')
  for (const [key, isOn] of Object.entries(fields)) {
    const field = paper.fields.find((each) => each.key === key)
    if (!field) refuse('papers.unknown_field', { field: key })
    if (!isOn && field.law) refuse(`papers.required_${field.law}`, { field: labels.say(field.key) })
  }
  const own = paper.stamp
  if (stamp.on === false && own?.law) {
    refuse(`papers.required_${own.law}`, { field: labels.say(own.key) })
  }
}

async function write(
  call: Call,
  change: { place: string; value: Design | Sign; version: number; restores: number | null },
): Promise<{ version: number }> {
  const { place, value, restores } = change
  const version = change.version + 1
  const written = await call.commit(async (w: WriteHandle) => {
    const at = call.now().toISOString()
    const before = await findDesign(w, place)
    const row = { place, version, design: value, restores, at, by: call.actor.id }
    if (before.version !== change.version || !(await insertDesign(w, row))) {
      refuse('desk.changed_meanwhile')
    }
    const facts = { version, restores, before: before.design, after: value }
    await record(w, call, 'papers.change_design', { type: 'paper_design', id: place }, facts)
    return { version }
  })
  call.announce('papers')
  return written
}

interface Draft {
  place: DesignPlace
  format: string
  language: Language
  design: Design
  sign: Sign
}

function exampleJob(call: Call, { place, format, language, design, sign }: Draft): PaperJob {
  const paper = designedPapers[place]
  const job = paper.example({ ...frameOf(call), preview: true }, format, language)
  return setUp(call, job, { place, format, design, sign })
}

/**
 * Refuses a design that its paper does not hold, by setting it: a page more than without it
 * (`papers.design_too_long`), or more roll than words of the store are worth (`papers.roll_too_long`).
 *
 * @param set the draft, where it is set already
 */
async function requireFit(call: Call, draft: Draft, set?: PaperSize): Promise<void> {
  const { format } = draft
  const { formLength } = draft.sign
  const after = set ?? (await call.printing.measurePaper(exampleJob(call, draft)))
  if (after.pages <= 1 && !isRoll(format)) return
  const bare = {
    ...draft,
    design: { ...asIt, fields: draft.design.fields },
    sign: { ...unsigned, formLength },
  }
  const before = await call.printing.measurePaper(exampleJob(call, bare))
  const mayGoOn = format === CONTINUOUS || designedPapers[draft.place].goesOn
  const most = before.pages + (mayGoOn ? 1 : 0)
  if (after.pages > most) refuse('papers.design_too_long', { format, pages: after.pages, most })
  if (!isRoll(format)) return
  const more = Math.round(((after.height - before.height) * 25.4) / 72)
  if (more > MOST_ROLL_MM) refuse('papers.roll_too_long', { format, more, most: MOST_ROLL_MM })
}

/** Labels stuck on goods have room for nothing of the store's. */
const LABEL = '70x50'

/** The job as the store has it now; papers that have no design of their own carry the store's sign. */
export async function readSetUp(
  r: ReadHandle,
  call: Call,
  { job, document, format }: { job: PaperJob; document: string; format: string },
): Promise<PaperJob> {
  const place = designPlaces.find((each) => each === document)
  if (format === LABEL) return job
  const design = place ? await readDesign(r, place) : asIt
  return setUp(call, job, { place, format, design, sign: await readSign(r) })
}

/** Puts a design into the frame of a job, and brings the pictures it shows. */
function setUp(
  call: Call,
  job: PaperJob,
  {
    place,
    format,
    design,
    sign,
  }: Omit<Draft, 'language' | 'place'> & {
    place: DesignPlace | undefined
  },
): PaperJob {
  const paper = place ? designedPapers[place] : signedOnly
  const logo = design.logo ? logoOf(sign, format) : null
  const { frame: bare } = job.facts
  const frame: PaperFrame = {
    ...bare,
    store: { ...bare.store, logo, headLine: sign.headLine },
    words: design.words,
    formLength: sign.formLength,
    design: {
      hidden: hiddenOf(paper, design),
      said: { [(paper.stamp ?? ownStamp).key]: design.stamp.caption },
      terms: design.terms,
      stamp: paper.stamp === null && design.stamp.on === true,
      roll: isRoll(format),
    },
  }
  const files = logo ? [...(job.files ?? []), logoFile(call, logo.sha256)] : job.files
  return { ...job, facts: { ...job.facts, frame }, ...(files && { files }) } as PaperJob
}

function hiddenOf({ fields, stamp }: typeof signedOnly, design: Design): LabelKey[] {
  const hidden = fields.filter(({ key, law, off }) => !law && !(design.fields[key] ?? off !== true))
  return [
    ...hidden.map(({ key }) => key),
    ...(stamp && !stamp.law && design.stamp.on === false ? [stamp.key] : []),
  ]
}

/** In colour on a sheet; on a roll and on carbon copies in black and white, as the store chose. */
function logoOf({ logo, onRolls }: Sign, format: string) {
  if (!logo) return null
  if (!format.endsWith('mm')) return logo.colour
  return onRolls === 'none' ? null : logo[onRolls]
}

/** A lost logo must not keep a customer's paper from being printed. */
function logoFile(call: Call, sha256: string): JobFile {
  const place = keptPlace(call.folder.evidenceDir, sha256)
  return { sha256, content: { place }, name: 'logo.png', mediaType: 'image/png', optional: true }
}
