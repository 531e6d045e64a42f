import texts from '../../resources/settlements/apology.json' with { type: 'json' }
import { record } from '../audit/index.ts'
import { addEvent, momentOf, requireComplained } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { findUnfairTerm } from '../foundation/unfair-terms.ts'
import type { Call } from '../handlers.ts'
import { shippedCauses } from '../investigations/index.ts'
import { mayDo, requireSigner } from '../staff/index.ts'
import type { Inputs } from './steps.ts'
import {
  findFound,
  findLetter,
  insertLetter,
  isLetterUsed,
  listGoodsNames,
  listOptions,
  listPeople,
  listSettlements,
  writeVoided,
} from './store.ts'

type Language = 'zh' | 'en'

/** The wording a letter begins with: the case's facts in the template's sentences, one to a paragraph. */
export async function draftLetter(r: ReadHandle, call: Call, complaintId: number) {
  const complaint = await requireComplained(r, complaintId)
  const goods = (await listGoodsNames(r, complaint)).join('、')
  const found = await findFound(r, complaintId)
  const cause = shippedCauses().causes.find(({ id }) => id === found?.cause)
  const [settlement] = await listSettlements(r, complaintId)
  const options = settlement ? await listOptions(r, settlement.id) : []
  const remedy = options.find(({ id }) => id === settlement?.optionId)?.title ?? ''
  const bodyIn = (language: Language) => {
    const words = texts[language]
    const about = goods === '' ? words.noGoods : words.goods.replace('{{goods}}', goods)
    const facts: Record<string, string> = {
      date: complaint.businessDate,
      number: complaint.number,
      goods: about,
      cause: cause?.[language] ?? '',
      remedy,
    }
    const paragraphs = [
      words.opening,
      // What the customer did wrong has no place in an apology.
      cause && cause.group !== 'customer' ? words.cause : words.noCause,
      ...(remedy === '' ? [] : [words.remedy]),
      words.close,
    ]
    return paragraphs
      .map((each) => each.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => facts[name] ?? ''))
      .join('\n\n')
  }
  const signers = (await listPeople(r)).filter(({ role }) => mayDo(role, 'approvals.decide'))
  return {
    language: call.profile.paperLanguage,
    addressee: complaint.customerName,
    bodyZh: bodyIn('zh'),
    bodyEn: bodyIn('en'),
    signers: signers.map(({ code, name, role }) => ({ code, name, role })),
  }
}

/** Signs a letter with the code and PIN of somebody who may speak for the store. */
export async function signLetter(call: Call, input: Inputs['signLetter']) {
  requireSound(input)
  const signer = await requireSigner(call, input.code, input.pin)
  if (!mayDo(signer.role, 'approvals.decide') || signer.role === 'system') {
    refuse('settlements.letter_authority', { name: signer.name })
  }
  const signed = await call.commit((w) => writeLetter(w, call, input, signer))
  call.announce('settlements', 'cases')
  return signed
}

function requireSound({ language, bodyZh, bodyEn }: Inputs['signLetter']): void {
  const bodies = [...(language === 'en' ? [] : [bodyZh]), ...(language === 'zh' ? [] : [bodyEn])]
  if (bodies.some((body) => body.length < 10)) refuse('settlements.letter_empty')
  for (const body of bodies) {
    const term = findUnfairTerm(body)
    if (term) refuse(`papers.unfair_${term.law}`, { words: term.words })
  }
}

async function writeLetter(
  w: WriteHandle,
  call: Call,
  input: Inputs['signLetter'],
  signer: { id: number; name: string },
): Promise<{ id: number; number: string }> {
  const moment = momentOf(call)
  const complaint = await requireComplained(w, input.complaintId)
  const { caseId } = complaint
  const { deskNo } = call.profile
  const number = await takeDocumentNumber(w, 'ZQ', deskNo, moment.businessDate)
  const { language, addressee, bodyZh, bodyEn, title } = input
  const id = await insertLetter(w, {
    number,
    complaintId: complaint.id,
    caseId,
    language,
    addressee,
    bodyZh: language === 'en' ? '' : bodyZh,
    bodyEn: language === 'zh' ? '' : bodyEn,
    signerId: signer.id,
    signerTitle: title,
    businessDate: moment.businessDate,
    at: moment.at,
    by: moment.actorId,
  })
  const data = { number, signer: signer.name, title, language }
  await addEvent(w, moment, caseId, 'apology_signed', data)
  await record(w, call, 'settlements.sign_letter', { type: 'apology_letter', id: number }, data)
  return { id, number }
}

/** Takes a letter back that was not handed over; one that proves an item stays. */
export async function voidLetter(w: WriteHandle, call: Call, input: Inputs['voidLetter']) {
  const moment = momentOf(call)
  const letter = (await findLetter(w, input.letterId)) ?? refuse('settlements.unknown')
  if (await isLetterUsed(w, letter.id)) refuse('settlements.letter_used')
  const { reason } = input
  const voided = { at: moment.at, by: moment.actorId, reason }
  if (!(await writeVoided(w, 'apology_letter', letter.id, voided))) {
    refuse('settlements.letter_void')
  }
  const { number, caseId } = letter
  await addEvent(w, moment, caseId, 'apology_voided', { number, reason })
  await record(
    w,
    call,
    'settlements.void_letter',
    { type: 'apology_letter', id: number },
    { reason },
  )
  return { done: true }
}
