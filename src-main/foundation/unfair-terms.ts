import { toHalfWidth } from './text.ts'

/** Words a store may not print, and the law that says so. */
export interface UnfairTerm {
  /** What was found, as the text has it once blanks and punctuation are gone. */
  words: string
  law: 'interpretation' | 'liability' | 'rights' | 'complaint'
}

/**
 * Terms that are void and forbidden on slips, cards and notices: 消费者权益保护法 第二十六条, 侵害消费者权益行为处罚办法
 * 第十二条 (1) liability to repair, exchange and refund excluded, (2) the customer's rights cut, (3) complaints
 * barred, (6) the final say kept for the store. Looked for in text without blanks and punctuation, simplified and in
 * lower case.
 */
const terms: readonly [law: UnfairTerm['law'], pattern: RegExp][] = [
  ['interpretation', /最终解释权|解释权归|(?:保留|享有|拥有)(?:一切|最后|全部)?解释权/],
  ['interpretation', /final(?:rightof)?interpretation|rightoffinalinterpretation/],
  [
    'liability',
    /(?:离柜|出门|离店|售出|过后|遗失|丢失|损坏).{0,6}(?:概不|恕不|一概不|不予)(?:负责|认账|承担|受理)/,
  ],
  ['liability', /(?:notresponsible|noresponsibility|noliability|notliable)/],
  ['rights', /不退不换|不换不退|不退换|不退货|不换货|不退款|只换不退|不得退|不得换|不可退|不可换/],
  [
    'rights',
    /(?:概不|恕不|一概不|不予|不作|不办理|谢绝)(?:办理|接受|给予|任何)?(?:退|换|更换|保修|维修|修理|三包|赔)/,
  ],
  ['rights', /(?:norefunds?|noreturns?|noexchanges?|nonrefundable|nonreturnable|exchangeonly)/],
  ['rights', /allsales(?:are)?final|finalsale|soldasis|nowarranty/],
  ['complaint', /(?:不得|不许|禁止|无权)(?:投诉|举报|起诉|仲裁|曝光)/],
  [
    'complaint',
    /放弃.{0,8}(?:投诉|追究|索赔|诉讼|起诉)|waives?(?:all|any)?.{0,12}(?:claims?|rights?)/,
  ],
]

/** The first term in a text that law forbids a store to print; null where there is none. */
export function findUnfairTerm(text: string): UnfairTerm | null {
  const plain = plainText(text)
  for (const [law, pattern] of terms) {
    const found = pattern.exec(plain)
    if (found) return { words: found[0], law }
  }
  return null
}

/** Nobody gets round it with full width, blanks, stops between the letters, or traditional characters. */
function plainText(text: string): string {
  return [...toHalfWidth(text.normalize('NFKC')).toLowerCase()]
    .map((letter) => simplified.get(letter) ?? letter)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

const pairs =
  '終终釋释權权歸归擁拥後后門门離离櫃柜過过遺遗丟丢損损壞坏負负責责認认賬账帳账換换貨货辦办給给維维許许禁禁無无訴诉舉举報报棄弃償偿賠赔務务單单保保證证條条'
const simplified: ReadonlyMap<string, string> = new Map(
  Array.from({ length: [...pairs].length / 2 }, (_, index) => {
    const letters = [...pairs]
    return [letters[index * 2] ?? '', letters[index * 2 + 1] ?? ''] as const
  }),
)
