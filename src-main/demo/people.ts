import type { Chance } from './random.ts'

/** Surnames and given names of nobody in particular. */
const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢',
]
const rareSurnames = ['欧阳', '上官', '司徒', '单', '仇', '解']
const givenNames = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '洋',
  '艳',
  '勇',
  '军',
  '杰',
  '娟',
  '涛',
  '超',
  '秀英',
  '建华',
  '桂芳',
  '志明',
  '晓红',
  '文博',
  '子涵',
  '思远',
  '雨欣',
  '佳怡',
  '俊杰',
  '海燕',
  '国庆',
  '美玲',
  '春梅',
  '一鸣',
  '浩然',
  '欣怡',
  '玉兰',
  '小明',
  '丽华',
  '建平',
  '淑芬',
  '雪梅',
  '家豪',
  '诗涵',
  '明轩',
  '雅琪',
  '宏伟',
  '婷婷',
]
const streets = ['梧桐路', '滨江大道', '新华街', '解放路', '学府路', '柳荫巷', '青年路', '文昌街']

export interface Member {
  memberNo: string
  name: string
  phone: string
  address: string
  joinedOn: string
  points: number
  tier: string
}

export function inventName(chance: Chance): string {
  const surname = chance.happens(0.04) ? chance.pick(rareSurnames) : chance.pick(surnames)
  return surname + chance.pick(givenNames)
}

/** A mobile number of the block 1xx 0000 xxxx, which belongs to nobody. */
export function inventPhone(chance: Chance): string {
  const network = chance.pick([
    '130',
    '135',
    '136',
    '137',
    '138',
    '139',
    '150',
    '158',
    '159',
    '186',
    '188',
  ])
  return `${network}0000${String(chance.int(0, 9999)).padStart(4, '0')}`
}

export function inventAddress(chance: Chance): string {
  const house = chance.int(1, 288)
  return `江城市${chance.pick(['东湖区', '西城区', '临江区'])}${chance.pick(streets)}${house}号${chance.int(1, 24)}栋${chance.int(101, 2604)}室`
}

/** Members of the store's club; the first is the 张伟 everybody looks up. */
export function inventMembers(
  chance: Chance,
  count: number,
  joinedOn: (chance: Chance) => string,
): Member[] {
  return Array.from({ length: count }, (_, index) => {
    const member = inventMember(chance, index, joinedOn)
    return { ...member, tier: index === 0 ? '金卡' : tierOf(member.points) }
  })
}

function inventMember(chance: Chance, index: number, joinedOn: (chance: Chance) => string) {
  return {
    memberNo: `8800${String(100_001 + index * 7)}`,
    name: index === 0 ? '张伟' : inventName(chance),
    phone: index === 0 ? '13800005521' : inventPhone(chance),
    address: chance.happens(0.6) ? inventAddress(chance) : '',
    joinedOn: joinedOn(chance),
    points: chance.int(0, 32_000),
  }
}

/** Who has many points is of a higher tier; most are of none. */
function tierOf(points: number): string {
  if (points >= 30_000) return '钻石卡'
  if (points >= 26_000) return '金卡'
  return points >= 20_000 ? '银卡' : ''
}
