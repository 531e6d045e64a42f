import type { Page } from 'playwright-core'

/** Milliseconds between two keys of a scanner, as its own clock says. */
const SCANNER_GAP = 4

interface Key {
  code: string
  key: string
  keyCode: number
  shift: boolean
}

function keyOf(character: string): Key {
  const upper = character.toUpperCase()
  if (/[A-Z]/.test(upper)) {
    return {
      code: `Key${upper}`,
      key: character,
      keyCode: upper.charCodeAt(0),
      shift: character === upper,
    }
  }
  if (/\d/.test(character)) {
    return {
      code: `Digit${character}`,
      key: character,
      keyCode: character.charCodeAt(0),
      shift: false,
    }
  }
  if (character === '-') return { code: 'Minus', key: '-', keyCode: 189, shift: false }
  if (character === '.') return { code: 'Period', key: '.', keyCode: 190, shift: false }
  throw new Error(`the test scanner cannot type ${character}`)
}

/**
 * Waits for the next frame and for what was left for after it: what listens to keys, and the field that is to have the
 * focus, are in place then. A window in the background paints none and is not waited for.
 */
export async function untilPainted(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve, 0))
        setTimeout(resolve, 250)
      }),
  )
}

interface ScanOptions {
  /** `none`: the scanner is set up without a terminator. */
  end?: 'Enter' | 'Tab' | 'none'
  /** An input method takes every key, as a pinyin IME does. */
  ime?: boolean
}

/**
 * Types like a keyboard-wedge scanner. Each key carries its own time stamp and none waits for the one before, so
 * the burst is a burst however busy the machine is.
 */
export async function scan(
  page: Page,
  text: string,
  { end = 'Enter', ime = false }: ScanOptions = {},
): Promise<void> {
  await untilPainted(page)
  const session = await page.context().newCDPSession(page)
  const start = Date.now() / 1000
  const keys = [...text].map(keyOf)
  if (end !== 'none') {
    keys.push({ code: end, key: end, keyCode: end === 'Enter' ? 13 : 9, shift: false })
  }
  const sent: Promise<unknown>[] = []
  for (const [index, { code, key, keyCode, shift }] of keys.entries()) {
    const isText = key.length === 1
    const swallowed = ime && isText
    const common = {
      code,
      key: swallowed ? 'Process' : key,
      windowsVirtualKeyCode: swallowed ? 229 : keyCode,
      modifiers: shift ? 8 : 0,
      timestamp: start + (index * SCANNER_GAP) / 1000,
    }
    sent.push(
      session.send('Input.dispatchKeyEvent', {
        ...common,
        type: isText && !swallowed ? 'keyDown' : 'rawKeyDown',
        ...(isText && !swallowed ? { text: key } : {}),
      }),
    )
    sent.push(session.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp' }))
  }
  await Promise.all(sent)
  await session.detach()
}

/** Types like a person: slow enough never to look like a scan. */
export async function typeSlowly(page: Page, text: string): Promise<void> {
  await untilPainted(page)
  await page.keyboard.type(text, { delay: 70 })
}

/** Starts a composition as an input method does; the text is underlined, not yet typed. */
export async function compose(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  })
  await session.detach()
}

/** The Enter that picks a candidate, then the text the input method leaves behind. */
export async function pickCandidate(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const enter = { code: 'Enter', key: 'Process', windowsVirtualKeyCode: 229 } as const
  await session.send('Input.dispatchKeyEvent', { ...enter, type: 'rawKeyDown' })
  await session.send('Input.insertText', { text })
  await session.send('Input.dispatchKeyEvent', { ...enter, type: 'keyUp' })
  await session.detach()
}
