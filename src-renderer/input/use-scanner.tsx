import { useEffect, useLayoutEffect, useRef } from 'react'

import { isImeKey } from './composition.ts'
import { BURST_IDLE_MS, HALF_CODE_IDLE_MS, ScanBurst, SHORTEST_SCAN } from './scan-burst.ts'
import { writeInto } from './writing.ts'

/** Takes a scan; `false` passes it on to the screen below. */
export type ScanHandler = (text: string) => boolean | void

type ImeHandler = () => void

interface FieldBefore {
  field: HTMLInputElement | HTMLTextAreaElement
  value: string
  start: number | null
  end: number | null
}

const handlers: { current: ScanHandler }[] = []
const imeHandlers = new Set<ImeHandler>()
const burst = new ScanBurst()
let before: FieldBefore | null = null
let paused = 0
let completed = 0
let idleTimer: ReturnType<typeof setTimeout> | undefined

function focusedField(): HTMLInputElement | HTMLTextAreaElement | null {
  const element = document.activeElement
  if (element instanceof HTMLTextAreaElement) return element
  return element instanceof HTMLInputElement &&
    element.type !== 'checkbox' &&
    element.type !== 'radio'
    ? element
    : null
}

function rememberField(): FieldBefore | null {
  const field = focusedField()
  if (!field) return null
  return { field, value: field.value, start: field.selectionStart, end: field.selectionEnd }
}

/** Puts back what the scan typed over. */
function restoreField({ field, value, start, end }: FieldBefore): void {
  if (field.value === value) return
  writeInto(field, value)
  if (document.activeElement === field && start !== null) field.setSelectionRange(start, end)
}

/** Ends a composition the scan has started, so that restoring the field is not undone by it. */
function restoreAfterScan(ime: boolean): void {
  const kept = before
  before = null
  if (!kept) return
  if (!ime) return restoreField(kept)
  kept.field.blur()
  setTimeout(() => {
    restoreField(kept)
    kept.field.focus()
  }, 0)
}

function deliver(text: string): void {
  for (const handler of handlers.toReversed()) {
    if (handler.current(text) !== false) return
  }
}

function complete(event: ReturnType<ScanBurst['feed']>): boolean {
  if (event.kind !== 'scan') return false
  completed += 1
  restoreAfterScan(event.ime)
  if (event.ime) for (const handler of imeHandlers) handler()
  else deliver(event.text)
  return true
}

/** Without a terminator a scan counts only where no text is being typed, or in a field made for scans. */
function mayEndBySilence(): boolean {
  const field = focusedField()
  return field === null || field.dataset['scan'] === 'true'
}

/** A timer later than this says that the page was busy: keys of the scan may still wait behind it. */
const LATE_MS = 30

/** Ends the scan when no key has come for a while; silence of a busy page does not count. */
function endBySilence(wait = BURST_IDLE_MS): void {
  const due = performance.now() + wait
  idleTimer = setTimeout(() => {
    if (performance.now() > due + LATE_MS) endBySilence(wait)
    // Half a code may still be on its way; after that the screen says that it is incomplete.
    else if (wait === BURST_IDLE_MS && burst.isHalfCode) endBySilence(HALF_CODE_IDLE_MS)
    else complete(burst.finish())
  }, wait)
}

function onKeyDown(event: KeyboardEvent): void {
  if (paused > 0 || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
  clearTimeout(idleTimer)
  const result = burst.feed({
    code: event.code,
    key: event.key,
    shift: event.shiftKey,
    at: event.timeStamp,
    ime: isImeKey(event) && event.code !== 'Enter',
  })
  if (result.kind === 'pending') {
    if (result.fresh) before = rememberField()
    if (result.length >= SHORTEST_SCAN && mayEndBySilence()) {
      endBySilence()
    }
    return
  }
  if (complete(result)) {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
}

let listening = 0

function listen(): () => void {
  if (listening++ === 0) window.addEventListener('keydown', onKeyDown, true)
  return () => {
    if (--listening === 0) window.removeEventListener('keydown', onKeyDown, true)
  }
}

/** A scan is being typed this very moment: single keys must not act. */
export function isScanRunning(): boolean {
  return burst.running
}

/** How many scans have come so far: a key pressed before one of them belonged to it. */
export function countScans(): number {
  return completed
}

/**
 * Hears every scan while mounted, wherever the focus is; the field that had the focus gets its text back.
 * The screen mounted last is asked first. Text arrives half-width and without control characters.
 */
export function useScanner(onScan: ScanHandler, active = true): void {
  const handler = useRef(onScan)
  useLayoutEffect(() => {
    handler.current = onScan
  })
  useLayoutEffect(() => {
    if (!active) return undefined
    handlers.push(handler)
    const stop = listen()
    return () => {
      handlers.splice(handlers.indexOf(handler), 1)
      stop()
    }
  }, [active])
}

/** Hears of scans that an input method has spoilt: the clerk is asked to switch it off and scan again. */
export function useSpoiltScan(onSpoilt: ImeHandler): void {
  useEffect(() => {
    imeHandlers.add(onSpoilt)
    return () => {
      imeHandlers.delete(onSpoilt)
    }
  }, [onSpoilt])
}

/** While true no scan is heard and fast typing stays typing: under the lock, where only a PIN counts. */
export function useScannerPause(active: boolean): void {
  useEffect(() => {
    if (!active) return undefined
    paused += 1
    return () => {
      paused -= 1
    }
  }, [active])
}
