import type { DeskClient } from './desk.ts'

type Handover = Awaited<ReturnType<DeskClient['handovers']['ofExchange']>>
type Inputs = {
  [Name in 'saveGoodsBack' | 'savePapersBack' | 'saveNewChecked' | 'give']: Parameters<
    DeskClient['handovers'][Name]
  >[0]['units'][number]
}

const found = <const Is extends string>(is: Is) => ({ is, reason: '' })

/** The version of a form every command wants to see. */
export function seen({ id, version }: Handover) {
  return { handoverId: id, version }
}

/** ① Everything is back. */
export function goodsBack(form: Handover, part: Partial<Inputs['saveGoodsBack']> = {}) {
  return form.back.map(({ saleLineId, unitNo, soldSerialNo }) => ({
    saleLineId,
    unitNo,
    serialNo: soldSerialNo,
    goods: found('back'),
    accessories: found('complete'),
    ...part,
  }))
}

/** ② The card where there is one, the manual, and the stamp on the slip. */
export function papersBack(form: Handover, part: Partial<Inputs['savePapersBack']> = {}) {
  return form.back.map(({ saleLineId, unitNo, liveCard }) => ({
    saleLineId,
    unitNo,
    card: found(liveCard ? 'back' : 'none'),
    manual: found('back'),
    invoice: found('stamped'),
    ...part,
  }))
}

/** ③ Sound, with the serial number it was recorded with. */
export function newChecked(form: Handover, part: Partial<Inputs['saveNewChecked']> = {}) {
  return form.given.map(({ lineId, unitNo, expectedSerialNo }) => ({
    lineId,
    unitNo,
    serialNo: expectedSerialNo,
    seal: found('opened_before_customer'),
    appearance: found('sound'),
    ...part,
  }))
}

/** ④ Manual and accessories. */
export function papersGiven(form: Handover, part: Partial<Inputs['give']> = {}) {
  return form.given.map(({ lineId, unitNo }) => ({
    lineId,
    unitNo,
    manual: found('given'),
    accessories: found('complete'),
    ...part,
  }))
}

const steps = ['goods_back', 'papers_back', 'new_checked', 'papers_given', 'signed'] as const
export type HandoverStep = (typeof steps)[number]

/** Takes the next step of a form as it usually goes; null once it is closed. */
export async function takeNextStep(
  client: DeskClient,
  exchangeId: number,
): Promise<HandoverStep | null> {
  const form = await client.handovers.ofExchange({ exchangeId })
  const next = form.steps.find((each) => !each.done)?.step
  if (!next || form.state === 'signed' || form.state === 'waived') return null
  await takeStep(client, form, next)
  return next
}

async function takeStep(client: DeskClient, form: Handover, step: HandoverStep): Promise<void> {
  const { handovers } = client
  switch (step) {
    case 'goods_back':
      await handovers.saveGoodsBack({ ...seen(form), units: goodsBack(form) })
      return
    case 'papers_back':
      await handovers.savePapersBack({ ...seen(form), units: papersBack(form) })
      return
    case 'new_checked':
      await handovers.saveNewChecked({ ...seen(form), units: newChecked(form) })
      return
    case 'papers_given':
      await handovers.give({ ...seen(form), units: papersGiven(form) })
      return
    case 'signed':
      await handovers.sign({
        ...seen(form),
        receiver: { who: 'self' },
        customer: { way: 'paper' },
        store: { way: 'paper' },
      })
  }
}

/** Takes the steps of a form until `last` is done, or all of them. */
export async function stepUntil(
  client: DeskClient,
  exchangeId: number,
  last: HandoverStep = 'signed',
): Promise<Handover> {
  for (;;) {
    const taken = await takeNextStep(client, exchangeId)
    if (taken === null || taken === last) return client.handovers.ofExchange({ exchangeId })
  }
}
