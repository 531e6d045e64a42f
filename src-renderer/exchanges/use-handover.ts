import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { desk } from '../app/client.ts'
import { useCommand } from '../ui/use-command.ts'
import {
  goodsBackOf,
  type Handover,
  newCheckedOf,
  papersBackOf,
  papersGivenOf,
  type Step,
} from './handover.ts'
import type { GoodsBack, NewChecked, PapersBack, PapersGiven } from './handover.ts'

type Sign = Parameters<typeof desk.handovers.sign>[0]
type Signing = Pick<Sign, 'receiver' | 'customer' | 'store'>

/** What came of steps; null where one of them was refused. */
interface Given {
  /** The card that was issued with the goods, where they were given now and there is one. */
  cardId: number | null
}

/** The steps of one form as commands. Each is durable by itself: what broke off goes on where it stood. */
export interface HandoverControl {
  busy: boolean
  error: unknown
  saveGoodsBack: (units: GoodsBack[]) => Promise<boolean>
  savePapersBack: (units: PapersBack[]) => Promise<boolean>
  saveNewChecked: (units: NewChecked[]) => Promise<boolean>
  give: (units: PapersGiven[]) => Promise<Given | null>
  sign: (signing: Signing) => Promise<boolean>
  /** Ticks one step as it usually is. */
  tick: (step: Step) => Promise<Given | null>
  /** Ticks all that is left before the signatures, and takes the signatures on the paper for given. */
  finishOnPaper: () => Promise<Given | null>
}

export function useHandover(handover: Handover): HandoverControl {
  const cache = useQueryClient()
  const goodsBack = useCommand(desk.handovers.saveGoodsBack)
  const papersBack = useCommand(desk.handovers.savePapersBack)
  const newChecked = useCommand(desk.handovers.saveNewChecked)
  const giving = useCommand(desk.handovers.give)
  const signing = useCommand(desk.handovers.sign)
  const commands = [goodsBack, papersBack, newChecked, giving, signing]
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<unknown>(null)

  /** Runs steps one after the other, each on the version the one before left; a refusal ends the row. */
  const run = async <Result>(
    work: (at: (version: number) => { handoverId: number; version: number }) => Promise<Result>,
  ): Promise<Result | null> => {
    setRunning(true)
    setError(null)
    try {
      return await work((version) => ({ handoverId: handover.id, version }))
    } catch (refused) {
      setError(refused)
      return null
    } finally {
      await cache.invalidateQueries({ queryKey: [['handovers']] })
      void cache.invalidateQueries({ queryKey: [['exchanges']] })
      setRunning(false)
    }
  }
  const { version } = handover

  const tickOne = async (
    step: Step,
    at: (version: number) => { handoverId: number; version: number },
    now: number,
  ): Promise<{ version: number; cardId: number | null }> => {
    const none = { cardId: null }
    switch (step) {
      case 'goods_back': {
        const units = handover.back.map(goodsBackOf)
        return { ...none, ...(await goodsBack.mutateAsync({ ...at(now), units })) }
      }
      case 'papers_back': {
        const units = handover.back.map(papersBackOf)
        return { ...none, ...(await papersBack.mutateAsync({ ...at(now), units })) }
      }
      case 'new_checked': {
        const units = handover.given.map(newCheckedOf)
        return { ...none, ...(await newChecked.mutateAsync({ ...at(now), units })) }
      }
      case 'papers_given': {
        const units = handover.given.map(papersGivenOf)
        const given = await giving.mutateAsync({ ...at(now), units })
        return { version: given.version, cardId: given.card?.id ?? null }
      }
      case 'signed':
        return { ...none, ...(await signing.mutateAsync({ ...at(now), ...onPaper })) }
    }
  }

  return {
    busy: running || commands.some((each) => each.isPending),
    error,
    saveGoodsBack: async (units) =>
      (await run((at) => goodsBack.mutateAsync({ ...at(version), units }))) !== null,
    savePapersBack: async (units) =>
      (await run((at) => papersBack.mutateAsync({ ...at(version), units }))) !== null,
    saveNewChecked: async (units) =>
      (await run((at) => newChecked.mutateAsync({ ...at(version), units }))) !== null,
    give: async (units) => {
      const given = await run((at) => giving.mutateAsync({ ...at(version), units }))
      return given && { cardId: given.card?.id ?? null }
    },
    sign: async (signatures) =>
      (await run((at) => signing.mutateAsync({ ...at(version), ...signatures }))) !== null,
    tick: (step) => run((at) => tickOne(step, at, version)),
    finishOnPaper: () =>
      run(async (at) => {
        let last = { version, cardId: null as number | null }
        for (const { step, done } of handover.steps) {
          if (done) continue
          const taken = await tickOne(step, at, last.version)
          last = { version: taken.version, cardId: taken.cardId ?? last.cardId }
        }
        return last
      }),
  }
}

/** What a plain swap is signed with: the customer took it, both signed the printed form. */
const onPaper: Signing = {
  receiver: { who: 'self' },
  customer: { way: 'paper' },
  store: { way: 'paper' },
}
