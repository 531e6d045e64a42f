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

/** Puts `value` into a field as its user would: React hears of it as of any other input. */
export function writeInto(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype =
    field instanceof HTMLTextAreaElement
      ? HTMLTextAreaElement.prototype
      : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
