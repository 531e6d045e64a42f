import { foldName } from './bigrams.ts'

/** Words that say a size and nothing else: 42码, 170/88A, 110cm, XL. */
const sizeWord =
  /^(?:\d{1,3}(?:\.5)?(?:码|号|cm|寸)|\d{3}\/\d{2,3}[a-c]?|(?:\d?x{0,4}[sl]|m)码?|均码|one ?size)$/u

/**
 * The name of a model without its size: what is left when the catalogue's spec and words that are sizes are taken
 * out. Folded, as names are compared.
 */
export function familyName({ name, spec }: { name: string; spec: string }): string {
  const folded = foldName(name)
  const size = foldName(spec).trim()
  const bare = size === '' ? folded : folded.replace(size, ' ')
  const words = bare.split(/[\s,()·]+/u).filter((word) => word !== '')
  const left = words.filter((word) => !sizeWord.test(word))
  return (left.length > 0 ? left : words).join(' ')
}
