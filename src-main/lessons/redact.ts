import { type PersonalDataKind, personalDataKinds } from './contract.ts'

/**
 * Takes personal data out of a text that others will read: a case as an example, a sheet for the morning meeting
 * (domain.md §5.3). Finds what has a form (numbers, addresses of mail and chat, number plates, 王先生) and what the desk
 * knows of the case (names, numbers of papers). It cannot know everything: somebody reads the text before it is shown.
 */

/** What the desk knows of a case that points at somebody. */
export interface KnownPersons {
  /** Names of customers. */
  customers: readonly string[]
  /** Names of people who work here. */
  staff: readonly string[]
  /** Numbers of papers, receipts and serial numbers. */
  numbers: readonly string[]
}

export interface Redacted {
  text: string
  /** Kinds that were taken out, each once. */
  removed: PersonalDataKind[]
  /** The words themselves, as they stood there. */
  found: string[]
}

const stands: Readonly<Record<PersonalDataKind, string>> = {
  phone: '〔电话〕',
  identity: '〔证件号〕',
  mail: '〔邮箱〕',
  chat: '〔社交账号〕',
  plate: '〔车牌〕',
  number: '〔号码〕',
  address: '〔住址〕',
  person: '某',
}

/** The hundred family names that nearly everybody has, and those of two Hanzi. */
const familyNames =
  '(?:欧阳|司马|上官|诸葛|夏侯|慕容|司徒|令狐|皇甫|尉迟|[王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚])'
const titles = '先生|女士|小姐|太太|阿姨|大爷|大妈|大叔|奶奶|爷爷|同志|师傅|经理|店长|主管|老师'

const digit = '[\\d０-９]'
const gap = '[\\s\\-－—]?'

interface Shape {
  kind: PersonalDataKind
  pattern: RegExp
  put: string
}

/** Words that begin like a family name and are none. */
const noNames = '(?!顾客|高级|于是|任何|方面|马上|万一|常务|白天)'

/** In this order: what is longer or says more comes first. */
const shapes: readonly Shape[] = [
  {
    kind: 'mail',
    pattern: /[\w.+-]+[@＠][\w-]+(?:\.[\w-]+)+/gu,
    put: stands.mail,
  },
  {
    kind: 'chat',
    pattern: /(微信号?|QQ号?|qq号?|wx|vx|VX|WX)(\s*[:：]?\s*)[A-Za-z0-9][\w-]{4,}/gu,
    put: `$1$2${stands.chat}`,
  },
  {
    kind: 'identity',
    pattern: new RegExp(`(?<!${digit})[1-9１-９]${digit}{16}[\\dXx０-９Ｘ](?!${digit})`, 'gu'),
    put: stands.identity,
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<!${digit})(?:\\+?86${gap})?[1１][3-9３-９]${digit}${gap}(?:${digit}${gap}){7}${digit}(?!${digit})`,
      'gu',
    ),
    put: stands.phone,
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<!${digit})(?:[0０]${digit}{2,3}${gap}${digit}{7,8}|[48][0０][0０]${gap}${digit}{3,4}${gap}${digit}{3,4})(?!${digit})`,
      'gu',
    ),
    put: stands.phone,
  },
  {
    kind: 'plate',
    pattern:
      /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.\s]?[A-Z0-9]{5,6}/gu,
    put: stands.plate,
  },
  {
    kind: 'number',
    pattern: new RegExp(`[A-Za-z]{0,4}(?:${digit}[-－]?){6,}${digit}`, 'gu'),
    put: stands.number,
  },
  {
    kind: 'address',
    pattern:
      /[\p{Script=Han}A-Za-z\d]{0,10}(?:路|街|巷|弄|小区|花园|新村|苑|公寓)[\p{Script=Han}\d]{0,8}?\d+(?:号|栋|幢|座|单元|室|楼)(?:\d+(?:号|栋|幢|座|单元|室|楼))*/gu,
    put: stands.address,
  },
  {
    kind: 'person',
    pattern: new RegExp(`${noNames}${familyNames}\\p{Script=Han}{0,2}?(${titles})`, 'gu'),
    put: `${stands.person}$1`,
  },
]

/** The text without personal data; doing it again changes nothing. */
export function redact(text: string, known: KnownPersons): Redacted {
  const removed = new Set<PersonalDataKind>()
  const found: string[] = []
  let clean = text
  const replace = (kind: PersonalDataKind, pattern: RegExp, put: string) => {
    const words = clean.match(pattern) ?? []
    if (words.length === 0) return
    removed.add(kind)
    found.push(...words)
    clean = clean.replaceAll(pattern, put)
  }
  for (const number of longestFirst(known.numbers))
    replace('number', literally(number), stands.number)
  for (const name of longestFirst(known.customers)) replace('person', titled(name), '顾客')
  for (const name of longestFirst(known.staff)) replace('person', titled(name), '员工')
  for (const { kind, pattern, put } of shapes) replace(kind, pattern, put)
  return { text: clean, removed: personalDataKinds.filter((kind) => removed.has(kind)), found }
}

/** A short name inside a longer one must not break it; one letter is no name. */
function longestFirst(words: readonly string[]): string[] {
  return words.filter((word) => word.trim().length >= 2).toSorted((a, b) => b.length - a.length)
}

function literally(words: string, after = ''): RegExp {
  return new RegExp(words.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') + after, 'giu')
}

/** A name with the title behind it, so that no 顾客女士 is left. */
function titled(name: string): RegExp {
  return literally(name, `(?:${titles})?`)
}
