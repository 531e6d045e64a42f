/** `13812345521` → `138****5521`; shorter numbers keep their last four digits (domain.md §5.3). */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\s/g, '')
  if (digits.length <= 4) return '****'
  if (digits.length < 8) return `****${digits.slice(-4)}`
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`
}

/** Digits of a phone number as typed, without separators and a leading +86: what search compares. */
export function phoneDigits(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '')
  return digits.replace(/^(?:\+86|0086)(?=1\d{10}$)/, '').replace(/\D/g, '')
}

/** `王小明` → `王**`: enough to greet somebody by, not enough to look them up. */
export function maskName(name: string): string {
  const letters = [...name.trim()]
  if (letters.length === 0) return ''
  return (letters[0] ?? '') + '*'.repeat(Math.min(Math.max(letters.length - 1, 1), 2))
}
