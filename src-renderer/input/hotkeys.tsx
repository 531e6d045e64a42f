import {
  createContext,
  useContext,
  useId,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import type { ReactNode } from 'react'

import { isComposing, isImeKey } from './composition.ts'
import { isTypedKey, nameOfKey } from './key-name.ts'
import { countScans, isScanRunning } from './use-scanner.tsx'
import { isWriting } from './writing.ts'

/** One key of a screen. */
export interface Hotkey {
  /** As in `key-name.ts`: `F4`, `Ctrl+Enter`, `Esc`, `?`, `1`, `Space`. */
  keys: string
  /** What it does, in the clerk's language: shown on the key sheet. */
  label: string
  run: () => void
  /** Absent means always. */
  when?: boolean
  /** Acts even while text is being typed. F-keys and keys with Ctrl or Alt always do. */
  whileTyping?: boolean
  /** Acts over open dialogs too; only the lock is above it. */
  overDialogs?: boolean
}

/** Layer of the lock screen: nothing below it hears a key. */
export const LOCK_LAYER = 100

export type HotkeyGroup = 'screen' | 'everywhere'

interface Registration {
  id: string
  layer: number
  group: HotkeyGroup
  order: number
  keys: readonly Hotkey[]
}

/** How long a letter or digit waits to prove it is not the first of a scan, in milliseconds. */
const TYPED_KEY_WAIT_MS = 45

let registrations: readonly Registration[] = []
let nextOrder = 0
let waiting:
  | { timer: ReturnType<typeof setTimeout>; pressedAt: number; act: () => void }
  | undefined
const subscribers = new Set<() => void>()

function change(next: readonly Registration[]): void {
  registrations = next
  for (const subscriber of subscribers) subscriber()
}

function topLayer(): number {
  return Math.max(0, ...registrations.map((each) => each.layer))
}

/** Keys that act now: of the top layer only, the screen mounted last first. */
function activeRegistrations(): Registration[] {
  const layer = topLayer()
  return registrations.filter((each) => each.layer === layer).toSorted((a, b) => b.order - a.order)
}

/** A focused button or choice keeps the keys it answers to by itself. */
function belongsToControl(name: string): boolean {
  const element = document.activeElement
  if (name === 'Space') {
    return element?.matches('button, a[href], summary, [type="checkbox"], [type="radio"]') ?? false
  }
  return /^[↑↓←→]$/.test(name) && (element?.matches('[type="radio"], [role="tab"]') ?? false)
}

/** An open list or calendar of a field owns Esc. */
function hasOpenPopup(): boolean {
  return (
    document.querySelector(
      '.ant-select-dropdown:not(.ant-select-dropdown-hidden), .ant-picker-dropdown:not(.ant-picker-dropdown-hidden), .ant-dropdown:not(.ant-dropdown-hidden), .ant-popover:not(.ant-popover-hidden)',
    ) !== null
  )
}

function find(name: string): Hotkey | undefined {
  const typing = isWriting()
  const free = !isTypedKey(name) && name !== 'Space' && !/^[↑↓←→]$/.test(name)
  for (const { keys } of activeRegistrations()) {
    const hit = keys.find(
      (each) => each.keys === name && each.when !== false && (!typing || free || each.whileTyping),
    )
    if (hit) return hit
  }
  if (topLayer() >= LOCK_LAYER) return undefined
  return registrations
    .flatMap(({ keys }) => keys)
    .find((each) => each.overDialogs && each.keys === name && each.when !== false)
}

/**
 * A key that follows another settles what that one was. While the page is busy both wait in a queue: by the time stamps
 * of the keyboard the first one may have stood alone long enough, though its turn to act has not come.
 */
function settleWaiting(followedAt: number): void {
  if (!waiting) return
  const { timer, pressedAt, act } = waiting
  waiting = undefined
  clearTimeout(timer)
  if (followedAt - pressedAt > TYPED_KEY_WAIT_MS) act()
}

function onKeyDown(event: KeyboardEvent): void {
  settleWaiting(event.timeStamp)
  if (event.defaultPrevented || isImeKey(event) || isComposing()) return
  const name = nameOfKey(event)
  if ((name === 'Esc' && hasOpenPopup()) || belongsToControl(name)) return
  const hotkey = find(name)
  if (!hotkey) return
  if (event.repeat && !/^[↑↓←→]$/.test(name)) return event.preventDefault()
  if (!isTypedKey(name)) {
    event.preventDefault()
    hotkey.run()
    return
  }
  if (!isWriting()) event.preventDefault()
  const scansBefore = countScans()
  const act = () => {
    waiting = undefined
    // The last key of a scan is followed by its Enter, which this listener never sees.
    if (!isScanRunning() && countScans() === scansBefore) hotkey.run()
  }
  waiting = { timer: setTimeout(act, TYPED_KEY_WAIT_MS), pressedAt: event.timeStamp, act }
}

/** A field with a list opens it on any Enter; with Ctrl it is the screen's, wherever the focus is. */
function onListKeyDown(event: KeyboardEvent): void {
  const isInList = document.activeElement?.closest('.ant-select') != null
  if (!isInList || event.key !== 'Enter' || !event.ctrlKey) return
  event.stopPropagation()
  onKeyDown(event)
}

if (typeof window !== 'undefined') {
  window.addEventListener('keydown', onListKeyDown, true)
  window.addEventListener('keydown', onKeyDown)
}

const LayerContext = createContext(0)

/** Everything inside takes the keyboard for itself while mounted: dialogs and overlays. */
export function HotkeyLayer({ level = 1, children }: { level?: number; children: ReactNode }) {
  const layer = useContext(LayerContext) + level
  return <LayerContext value={layer}>{children}</LayerContext>
}

/**
 * Makes keys work while the component is mounted, from the moment it is on screen. The component mounted last wins a
 * key.
 */
export function useHotkeys(keys: readonly Hotkey[], group: HotkeyGroup = 'screen'): void {
  const id = useId()
  const layer = useContext(LayerContext)
  const [order] = useState(() => nextOrder++)
  useLayoutEffect(() => {
    change([...registrations.filter((each) => each.id !== id), { id, layer, group, order, keys }])
  })
  useLayoutEffect(
    () => () => {
      change(registrations.filter((each) => each.id !== id))
    },
    [id],
  )
}

function subscribe(onChange: () => void): () => void {
  subscribers.add(onChange)
  return () => subscribers.delete(onChange)
}

/** The keys that act now, for the key sheet; a key taken by the screen is not listed twice. */
export function useActiveHotkeys(layer = 0): { group: HotkeyGroup; hotkey: Hotkey }[] {
  const all = useSyncExternalStore(subscribe, () => registrations)
  const seen = new Set<string>()
  return all
    .filter((each) => each.layer === layer)
    .toSorted((a, b) => b.order - a.order)
    .flatMap(({ group, keys }) => keys.map((hotkey) => ({ group, hotkey })))
    .filter(({ hotkey }) => {
      if (hotkey.when === false || seen.has(hotkey.keys)) return false
      seen.add(hotkey.keys)
      return true
    })
}
