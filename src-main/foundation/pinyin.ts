import { pinyin } from 'pinyin-pro'

/** How a name sounds, for search: `张伟` → full `zhangwei`, initials `zw`. Latin letters and digits stay as they are. */
export interface PinyinKeys {
  full: string
  initials: string
}

/** Pinyin keys of a person's name: the first Hanzi is read as a surname (单 → shan, 曾 → zeng). */
export function namePinyin(name: string): PinyinKeys {
  return keysOf(name, 'head')
}

/** Pinyin keys of a product's or a counter's name. */
export function wordPinyin(text: string): PinyinKeys {
  return keysOf(text, 'off')
}

function keysOf(text: string, surname: 'head' | 'off'): PinyinKeys {
  const syllables = pinyin(text, {
    toneType: 'none',
    type: 'array',
    surname,
    nonZh: 'consecutive',
    v: true,
  })
  // What is not Hanzi comes in one piece: `Anna Smith` has two initials.
  const words = syllables
    .flatMap((syllable) => syllable.toLowerCase().split(/[^a-z0-9]+/))
    .filter((syllable) => syllable !== '')
  return { full: words.join(''), initials: words.map((word) => word[0]).join('') }
}
