import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { namePinyin, wordPinyin } from '../../src-main/foundation/pinyin.ts'

const namesFile = fileURLToPath(
  new URL(
    '../../../shared/data/pinyin-match-cases/names_771_initials_pinyin-pro.csv',
    import.meta.url,
  ),
)

describe('how a name sounds', () => {
  it.each([
    ['张伟', 'zhangwei', 'zw'],
    ['单小敏', 'shanxiaomin', 'sxm'],
    ['曾志强', 'zengzhiqiang', 'zzq'],
    ['令狐冲', 'linghuchong', 'lhc'],
    ['万俟', 'moqi', 'mq'],
    ['吕布', 'lvbu', 'lb'],
    ['Anna Smith', 'annasmith', 'as'],
    ['王Anna', 'wanganna', 'wa'],
    ['阿卜杜拉·买买提', 'abudulamaimaiti', 'abdlmmt'],
    ['', '', ''],
  ])('%s: %s, %s', (name, full, initials) => {
    expect(namePinyin(name)).toEqual({ full, initials })
  })

  it('reads goods as words, not as surnames', () => {
    expect(wordPinyin('单肩包').initials).toBe('djb')
    expect(wordPinyin('尖头短靴 36码').full).toBe('jiantouduanxue36ma')
  })
})

describe.skipIf(!existsSync(namesFile))('771 invented names', () => {
  it('sound as the reference says, but for a 乐 that is no surname', () => {
    const rows = readFileSync(namesFile, 'utf8').trim().split(/\r?\n/).slice(1)
    const wrong = rows.filter((row) => {
      const [name = '', initials = '', full = ''] = row.split(',')
      const keys = namePinyin(name)
      return keys.initials !== initials.toLowerCase() || keys.full !== full.replaceAll(' ', '')
    })
    expect(rows).toHaveLength(771)
    // The reference reads every 乐 as the surname Yue; inside a given name it is le.
    expect(wrong.filter((row) => !/^.乐,/.test(row))).toEqual([])
  })
})
