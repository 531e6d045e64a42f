import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What axe finds wrong with the page, one readable line per element; empty when nothing is. */
export async function findA11yProblems(page: Page): Promise<string[]> {
  const first = await lookOnce(page)
  // What arrives while axe looks may be caught half-way through its change of colour: a real fault is there twice.
  return first.length === 0 ? first : lookOnce(page)
}

async function lookOnce(page: Page): Promise<string[]> {
  await settleMotion(page)
  // The whole desk is one frame: what axe does for several opens a page of its own each time.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`,
    ),
  )
}

/**
 * Half-way through a change of colour anything has too little contrast, and a change may begin a moment after the key
 * that caused it: looks only once nothing has moved for a while. Endless motion (spinners) is left running.
 */
async function settleMotion(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isMoving = () =>
      document.getAnimations().some(({ effect, playState }) => {
        return playState === 'running' && effect?.getComputedTiming().endTime !== Infinity
      })
    let quietSince = performance.now()
    while (performance.now() - quietSince < 200) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      if (isMoving()) quietSince = performance.now()
    }
  })
}
