/** What was wrong with a scan on the exchange screen, before the desk was asked. */
export class ScanTrouble extends Error {
  readonly kind: 'isOld' | 'unknown'
  readonly code: string

  constructor(kind: 'isOld' | 'unknown', code: string) {
    super(`${kind} ${code}`)
    this.kind = kind
    this.code = code
  }
}
