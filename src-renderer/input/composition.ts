/** keyCode browsers report while an input method swallows the key. */
const SWALLOWED_BY_IME = 229

let composing = false
let justEnded = false

/** Some browsers end the composition before the Enter that ended it arrives: that Enter still belongs to it. */
function endComposition(): void {
  composing = false
  justEnded = true
  setTimeout(() => {
    justEnded = false
  }, 0)
}

if (typeof document !== 'undefined') {
  document.addEventListener('compositionstart', () => (composing = true), true)
  document.addEventListener('compositionend', endComposition, true)
  document.addEventListener('focusout', () => (composing = false), true)
}

/** An input method is choosing characters right now. */
export function isComposing(): boolean {
  return composing
}

/** The key belongs to an input method (choosing a candidate), not to the desk. */
export function isImeKey(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === SWALLOWED_BY_IME || composing || justEnded
}
