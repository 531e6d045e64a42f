/** Names of keys as screens write them: `F4`, `Ctrl+Enter`, `Alt+1`, `Esc`, `?`, `+`, `Space`, `1`. */

const namedKeys: Record<string, string> = {
  Escape: 'Esc',
  ' ': 'Space',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** Digits and letters by physical key, so an IME or a keyboard layout cannot change them. */
function plainKey(event: KeyboardEvent): string {
  const { code, key } = event
  if (/^Digit\d$/.test(code) && !event.shiftKey) return code.slice(5)
  if (/^Numpad\d$/.test(code)) return code.slice(6)
  if (code === 'NumpadAdd') return '+'
  if (code === 'NumpadSubtract') return '-'
  if (code === 'NumpadEnter') return 'Enter'
  if (/^Key[A-Z]$/.test(code)) return code.slice(3)
  return namedKeys[key] ?? (key.length === 1 ? key.toUpperCase() : key)
}

/** The name of the key combination an event stands for. */
export function nameOfKey(event: KeyboardEvent): string {
  const key = plainKey(event)
  const shiftCounts = key.length > 1 || /^[A-Z]$/.test(key)
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey && shiftCounts) parts.push('Shift')
  parts.push(key)
  return parts.join('+')
}

/** True for a key a scanner also types: it may act only when no burst follows. */
export function isTypedKey(name: string): boolean {
  return [...name].length === 1 && !/[↑↓←→]/.test(name)
}
