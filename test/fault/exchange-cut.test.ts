import { spawn } from 'node:child_process'
import { createRouterClient } from '@orpc/server'
import { afterAll, describe, expect, it } from 'vitest'
import type { Desk } from '../../src-main/desk.ts'
import { makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { ROOT } from '../support/run-command.ts'

const folder = makeTempFolder('exchange-cut')
afterAll(() => folder.remove())

/** Lets a desk go on with the exchange until it has confirmed one step more, and kills it there as a power cut would. */
function goOnAndKill(): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['test/support/exchange-steps.ts', folder.dir], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('\n')) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', () => resolve(output.trim()))
  })
}

/** What is on file after a cut. */
async function lookInto(desk: Desk) {
  const client = createRouterClient(desk.router, { context: { trusted: true } })
  const { ok, auditBrokenAt } = await client.settings.verify()
  const { exchanges } = await client.exchanges.recent({ limit: 10 })
  const [exchange] = exchanges
  const form = exchange ? await client.handovers.ofExchange({ exchangeId: exchange.id }) : undefined
  const count = await desk.folder.store.read(async (r) => {
    const cards = await r.selectFrom('card').select(['state']).orderBy('id').execute()
    const events = await r.selectFrom('handover_event').select('action').orderBy('id').execute()
    const cases = await r.selectFrom('case_file').select('state').execute()
    const sales = await r.selectFrom('receipt').select('till').execute()
    return { cards, events, cases, sales }
  })
  return { ok, auditBrokenAt, exchanges, form, ...count }
}

async function afterCut() {
  const desk = await openQuietDesk(folder.dir)
  try {
    return await lookInto(desk)
  } finally {
    await desk.close()
  }
}

const steps = ['goods_back', 'papers_back', 'new_checked', 'papers_given', 'signed'] as const

describe('an exchange whose desk is killed between any two steps', () => {
  it('goes on exactly where it stood, does nothing twice, and is closed only at the end', async () => {
    expect(await goOnAndKill()).toBe('ready')
    expect(await goOnAndKill()).toBe('recorded')
    const recorded = await afterCut()
    expect(recorded.exchanges).toMatchObject([{ state: 'awaiting_handover' }])
    expect(recorded.form?.steps.every((each) => !each.done)).toBe(true)
    for (const [index, step] of steps.entries()) {
      expect(await goOnAndKill()).toBe(step)
      const now = await afterCut()
      expect({ ok: now.ok, auditBrokenAt: now.auditBrokenAt }).toEqual({
        ok: true,
        auditBrokenAt: null,
      })
      const done = now.form?.steps.filter((each) => each.done).map((each) => each.step)
      expect(done).toEqual(steps.slice(0, index + 1))
      const isGiven = index >= steps.indexOf('papers_given')
      const isClosed = step === 'signed'
      expect(now.exchanges).toMatchObject([
        { state: isGiven ? 'handed_over' : 'awaiting_handover' },
      ])
      expect(now.cards.map((each) => each.state)).toEqual(isGiven ? ['void', 'active'] : ['active'])
      expect(now.sales).toHaveLength(isGiven ? 3 : 2)
      expect(now.cases.map((each) => each.state)).toEqual([isClosed ? 'closed' : 'open'])
    }
    expect(await goOnAndKill()).toBe('closed')
    const { events, exchanges } = await afterCut()
    expect(events.map((each) => each.action)).toEqual([
      'open',
      'goods_back',
      'papers_back',
      'new_checked',
      'give',
      'sign',
    ])
    expect(exchanges).toHaveLength(1)
  })
})
