const NOT_WRITTEN_IN = ['checkbox', 'radio', 'button', 'submit', 'range']

/** Whether keys become text where the focus is. */
export function isWriting(): boolean {
  const at = document.activeElement
  if (!(at instanceof HTMLElement)) return false
  if (at.isContentEditable || at instanceof HTMLTextAreaElement) return true
  return at instanceof HTMLInputElement && !NOT_WRITTEN_IN.includes(at.type)
}

/** Somebody is in a field of `place` already: what arrives there later must not take the focus away. */
export function isWritingIn(place: Element | null | undefined): boolean {
  return isWriting() && place?.contains(document.activeElement) === true
}
