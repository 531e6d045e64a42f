import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nextState } from '../../src-main/foundation/state-machine.ts'
import { paper } from '../../src-main/papers/contract.ts'
import { printTroubles } from '../../src-main/printers/channel.ts'
import { readHostState } from '../../src-main/printers/host-printers.ts'
import { movePages } from '../../src-main/printers/move-pages.ts'
import {
  actionAfterFailure,
  expiryInstant,
  isMediaSource,
  isQueueName,
  printJobMachine,
  readAddress,
} from '../../src-main/printers/rules.ts'
import { ROOT } from '../support/run-command.ts'

describe('a job', () => {
  it('is never sent again by itself once anything may have come out', () => {
    for (const trouble of printTroubles) {
      expect(actionAfterFailure(trouble, 'perhaps')).toBe('lose')
      expect(['wait', 'fail']).toContain(actionAfterFailure(trouble, 'nothing'))
    }
    for (const action of ['send', 'retry', 'move', 'wait'] as const) {
      for (const state of ['sent', 'unknown', 'confirmed', 'cancelled'] as const) {
        expect(nextState(printJobMachine, state, action)).toBeUndefined()
      }
    }
  })

  it('waits for a printer that is out of order, not for a fault of its own', () => {
    expect(actionAfterFailure('paper_out', 'nothing')).toBe('wait')
    expect(actionAfterFailure('unsupported', 'nothing')).toBe('fail')
  })

  it('is too old by the minutes of the store', () => {
    expect(expiryInstant(new Date('2026-11-22T01:00:00.000Z'), 240)).toBe(
      '2026-11-21T21:00:00.000Z',
    )
  })
})

describe('what is typed for a printer', () => {
  it.each([
    ['192.168.1.50', { host: '192.168.1.50', port: 9100 }],
    [' slip-printer.local:9101 ', { host: 'slip-printer.local', port: 9101 }],
    ['[fe80::1]:9100', { host: 'fe80::1', port: 9100 }],
    ['printer:0', null],
    ['printer:70000', null],
    ['a b', null],
    ['', null],
  ])('reads the address %j', (text, address) => {
    expect(readAddress(text)).toEqual(address)
  })

  it('lets nothing become an option or a path', () => {
    expect(['HP_LaserJet', '小票机', 'a.b'].map(isQueueName)).toEqual([true, true, true])
    expect(['-o', 'a b', 'a/b', '', 'a;b', '$(x)'].some(isQueueName)).toBe(false)
    expect(['', 'InputSlot=Tray1', 'media-source=main'].every(isMediaSource)).toBe(true)
    expect(['Tray1', '-o=x', 'InputSlot=a b'].some(isMediaSource)).toBe(false)
  })
})

describe('every paper', () => {
  it.each(['zh-CN', 'en'])('has a name on the screen of printers (%s)', (language) => {
    const file = path.join(ROOT, 'resources', 'locales', language, 'printers.json')
    const names = (JSON.parse(readFileSync(file, 'utf8')) as { document: Record<string, string> })
      .document
    const documents = paper.options.flatMap(({ shape }) => [...shape.document.values])
    expect(documents.length).toBeGreaterThan(20)
    expect(documents.filter((each) => !(each in names))).toEqual([])
  })
})

describe('what a window knows of a printer', () => {
  it.each([
    ['win32', { status: 0, options: {} }, 'ready'],
    ['win32', { status: 0x10, options: {} }, 'paper_out'],
    ['win32', { status: 0x400080, options: {} }, 'cover_open'],
    ['win32', { status: 0x80, options: {} }, 'unreachable'],
    ['win32', { status: undefined, options: {} }, 'unknown'],
    ['linux', { status: 3, options: { 'printer-state': '3' } }, 'ready'],
    ['linux', { status: 5, options: { 'printer-state': '5' } }, 'stopped'],
    [
      'darwin',
      { status: 3, options: { 'printer-state': '3', 'printer-state-reasons': 'media-empty' } },
      'paper_out',
    ],
  ] as const)('%s %j', (platform, told, state) => {
    expect(readHostState(platform, told)).toBe(state)
  })
})

describe('a paper that is moved', () => {
  it('is the same paper where it is not, and refused where it is none of ours', () => {
    const bytes = new TextEncoder().encode('no PDF')
    expect(movePages(bytes, 0, 0)).toBe(bytes)
    expect(() => movePages(bytes, 1, 0)).toThrow('no trailer')
  })
})
