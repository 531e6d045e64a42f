import { defineConfig } from 'vitest/config'

/** Two cores are the smallest machine this must be pleasant on. */
const WORKERS = 2

/** Tests without a browser take seconds; a limit of theirs is for what hangs as well. */
const HUNG_MS = 60_000

/** Some tests in a browser work a whole day of the desk: a limit for what hangs, not for a busy machine. */
const WHOLE_DAY_MS = 300_000

function suite(name: string, extra: Record<string, unknown> = {}) {
  return {
    extends: true as const,
    test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], ...extra },
  }
}

/**
 * A browser on a machine that does other work now and then answers late. Where nobody is watching, such a test is tried
 * once more and named as unsteady in the closing lines; beside a person the first failure counts.
 */
const retry = process.env['CI'] ? 1 : 0

/** Electron's windows share one display and one keyboard focus: one file at a time. */
const alone = { retry, fileParallelism: false, maxWorkers: 1, sequence: { groupOrder: 2 } }

/** A browser test mostly waits for its browser: after the others, as many files at once as there are workers. */
const inBrowsers = { retry, sequence: { groupOrder: 1 } }

export default defineConfig({
  test: {
    environment: 'node',
    maxWorkers: WORKERS,
    testTimeout: HUNG_MS,
    hookTimeout: HUNG_MS,
    restoreMocks: true,
    // What is waited for comes when it comes; a limit is there for what never does.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      suite('unit'),
      suite('property'),
      suite('database'),
      suite('documents'),
      suite('contract'),
      suite('fault', { testTimeout: 120_000 }),
      suite('e2e', {
        ...inBrowsers,
        testTimeout: WHOLE_DAY_MS,
        hookTimeout: 120_000,
        globalSetup: ['test/support/browser-setup.ts'],
      }),
      suite('electron', { ...alone, testTimeout: WHOLE_DAY_MS, hookTimeout: 120_000 }),
    ],
  },
})
