import { createRouterClient } from '@orpc/server'
import { afterAll, describe, expect, it } from 'vitest'
import { press } from '../support/desk-pages.ts'
import { launchElectron, missingForElectron } from '../support/electron.ts'
import { makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'
import { noCups, openPrivateCups } from '../support/private-cups.ts'
import { signIn } from '../support/web-desk.ts'
import { readPdf } from '../documents/support/read-pdf.ts'

const missing = missingForElectron() ?? (noCups === '' ? undefined : noCups)

describe('a desk whose system has no commands of CUPS', () => {
  const folder = makeTempFolder('electron-print')
  const path = process.env['PATH']
  afterAll(() => {
    process.env['PATH'] = path
    folder.remove()
  })

  it('prints through its window: the paper comes out of the driver in its own size', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const cups = await openPrivateCups()
    cups.addPdfQueue('Papers')
    process.env['PATH'] = '/nowhere'
    try {
      const before = await openQuietDesk(folder.dir)
      const client = createRouterClient(before.router, { context: { trusted: true } })
      await client.settings.setUp(NEW_STORE)
      const { printerId } = await client.printers.add({
        name: '激光',
        kind: 'system',
        target: 'Papers',
        options: {},
      })
      expect(await client.printers.discover()).toEqual({ via: 'none', found: [] })
      await client.printers.testPage({ printerId, format: 'A5', what: 'marks' })
      const state = async () => (await client.printers.jobs({ view: 'all' })).jobs[0]?.state
      await expect.poll(state).toBe('failed')
      await before.close()

      const desk = await launchElectron({ dataDir: folder.dir })
      try {
        const { code, pin } = NEW_STORE.manager
        await signIn(desk.page, { code, pin })
        await press(desk.page, 'Alt+Shift+P')
        await desk.page.locator('.printer-row').waitFor()
        await press(desk.page, 'Alt+r')
        const paper = await cups.paper('test-page')
        const { pages } = await readPdf(paper)
        expect(pages).toHaveLength(1)
        const size = [pages[0]?.width ?? 0, pages[0]?.height ?? 0].toSorted((a, b) => a - b)
        expect(Math.abs((size[0] ?? 0) - (148 * 72) / 25.4)).toBeLessThan(2)
        expect(Math.abs((size[1] ?? 0) - (210 * 72) / 25.4)).toBeLessThan(2)
        await press(desk.page, '2')
        await desk.page
          .locator('.printer-row', { hasText: /已送到打印机|At the printer/ })
          .waitFor()
      } finally {
        await desk.close()
      }
    } finally {
      process.env['PATH'] = path
      await cups.close()
    }
  })
})
