import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { Caller } from '../support/calls.ts'
import { type Diary, lookAround, workOneDay } from '../support/day-at-the-desk.ts'
import {
  callOverHttp,
  callOverPort,
  hostOverHttp,
  makeTempFolder,
  openQuietDesk,
} from '../support/hosted-desk.ts'

/** Each transport works the same day on a store of its own. */
async function workOverHttp(): Promise<Diary> {
  const folder = makeTempFolder('http')
  const desk = await openQuietDesk(folder.dir)
  const host = await hostOverHttp(desk)
  try {
    const caller = new Caller()
    return await workOneDay(callOverHttp(host, caller), caller)
  } finally {
    await host.close()
    await desk.close()
    folder.remove()
  }
}

async function workOverPort(): Promise<Diary> {
  const folder = makeTempFolder('port')
  const desk = await openQuietDesk(folder.dir)
  const caller = new Caller()
  const { client, close } = callOverPort(desk, caller)
  try {
    return await workOneDay(client, caller)
  } finally {
    close()
    await desk.close()
    folder.remove()
  }
}

describe('a day at the desk', () => {
  it('is the same through Electron’s port and through HTTP', async () => {
    const [http, port] = [await workOverHttp(), await workOverPort()]
    expect(port).toEqual(http)
    const steps = Object.entries(http)
    const refused = steps.filter(([, seen]) => 'error' in seen).map(([step]) => step)
    // The day holds what it should: otherwise two equal failures would pass for parity.
    expect(refused).toEqual([
      'before set-up',
      'unknown time zone',
      'set-up again',
      'not signed in',
      'wrong PIN',
      'no text',
      'the same code again',
      'a sale that is not there',
      'another amount',
      'too many',
      'repaired twice at once',
      'no such rule',
      'not a date',
      'no such card',
    ])
    expect(http['the same request again']).toEqual(http['a clerk'])
    expect(http['refund']).toMatchObject({ answer: { amount: 3000 } })
  })

  it('reads the same in this process as through both', async () => {
    const folder = makeTempFolder('parity')
    const desk = await openQuietDesk(folder.dir)
    const host = await hostOverHttp(desk)
    const caller = new Caller()
    const http = callOverHttp(host, caller)
    const port = callOverPort(desk, caller)
    try {
      await workOneDay(http, caller)
      const receiptId = (await http.sales.find({ text: 'A0001' })).exact?.receiptId ?? 0
      const direct = createRouterClient(desk.router, {
        context: () => ({
          reqHeaders: new Headers({ authorization: `Bearer ${caller.token}` }),
        }),
      })
      const overHttp = await lookAround(http, receiptId)
      expect(await lookAround(port.client, receiptId)).toEqual(overHttp)
      expect(await lookAround(direct, receiptId)).toEqual(overHttp)
    } finally {
      port.close()
      await host.close()
      await desk.close()
      folder.remove()
    }
  })
})
