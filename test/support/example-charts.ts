import type { ChartData } from '../../src-main/foundation/chart/data.ts'

const count = { time: false, additive: true, step: 1, write: String, tick: String }

/** Names as stores have them: short, long in Chinese, long in English, with accents and with a rare character. */
const names = [
  '三楼东区女装部',
  '一楼化妆品',
  '欧莱雅(中国)有限公司上海徐汇第一分公司联营专柜暨售后服务中心与会员积分兑换处',
  'Home & Kitchen Appliances Department Store of the Eastern District',
  'Café Zürich – Pâtisserie',
  '㛃㛄㐱记',
]

export function namesOf(length: number): string[] {
  return Array.from({ length }, (_, at) => `${names[at % names.length]}${at}`)
}

/** Falling figures, the largest first. */
export function falling(length: number, first = 240): number[] {
  return Array.from({ length }, (_, at) => Math.round(first / (at + 1)))
}

const days = Array.from({ length: 31 }, (_, at) => `10-${String(at + 1).padStart(2, '0')}`)
const classes = ['商品质量', '服务态度', '环境设施', '价格收费', '承诺未兑现', '其他']

/** One of each kind, and what is hard about each. */
export const exampleCharts: Record<string, ChartData> = {
  bar: {
    ...count,
    kind: 'bar',
    labels: namesOf(6),
    series: [{ name: '受理', values: falling(6) }],
  },
  many: {
    ...count,
    kind: 'bar',
    labels: namesOf(60),
    series: [{ name: '受理', values: falling(60, 9000) }],
  },
  compared: {
    ...count,
    kind: 'bar',
    labels: namesOf(7),
    series: [
      { name: '受理', values: falling(7) },
      { name: '受理 2025-10-01 – 2025-10-31', values: falling(7, 310), before: true },
    ],
  },
  change: {
    ...count,
    kind: 'bar',
    labels: namesOf(6),
    series: [{ name: '增减', values: [12, -40, 3, 0, null, 8] }],
  },
  single: { ...count, kind: 'bar', labels: namesOf(1), series: [{ name: '受理', values: [3] }] },
  shares: {
    ...count,
    kind: 'bar',
    additive: false,
    most: 100,
    write: (value) => `${value}%`,
    labels: namesOf(4),
    series: ['满意', '当日答复', '兑现承诺'].map((name, at) => ({
      name,
      values: [92 - at * 8, 100, null, 0],
    })),
  },
  stacked: {
    ...count,
    kind: 'stacked',
    labels: namesOf(8),
    series: classes.map((name, at) => ({ name, values: falling(8, 40 * (at + 1)) })),
  },
  pareto: {
    ...count,
    kind: 'pareto',
    labels: namesOf(20),
    series: [{ name: '单数', values: falling(20) }],
  },
  line: {
    ...count,
    kind: 'line',
    time: true,
    labels: days,
    series: [
      { name: '受理', values: days.map((_, at) => (at * 7) % 13) },
      { name: '办结', values: days.map((_, at) => (at === 9 ? null : (at * 5) % 11)) },
    ],
  },
  months: {
    ...count,
    kind: 'stacked',
    time: true,
    labels: Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`),
    series: ['退货', '换货', '价格调整'].map((name, at) => ({
      name,
      values: falling(12, 120 * (at + 1)),
    })),
  },
}
