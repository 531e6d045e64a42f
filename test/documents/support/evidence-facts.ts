import type { EvidenceFacts, EvidencePart } from '../../../src-main/papers/evidence-pages.ts'
import { frame, refund } from './example-facts.ts'

const hash = (letter: string) => letter.repeat(64)

const parts: EvidencePart[] = [
  {
    title: '顾客原话 TS-0312-261121-0007-M',
    sha256: hash('a'),
    note: '假冒 · 王小明 138****5521 · 李静 · 2026-11-21 10:12',
    body: {
      kind: 'text',
      text: '这块表是假的，我要退一赔三。卖的时候说是原装进口。\n不解决就找报社。',
    },
  },
  {
    title: '经过',
    sha256: hash('b'),
    note: '',
    body: {
      kind: 'table',
      heads: ['时间', '谁', '内容'],
      widths: [86, 64, '*'],
      rows: [
        ['2026-11-21 10:12', '李静', '登记投诉 TS-0312-261121-0007-M'],
        ['2026-11-21 10:13', '李静', '风险标记有变\n媒体介入'],
        ['2026-11-21 11:05', '周建国', '店长决定\n退一，是否赔三等鉴定结果'],
        ['2026-11-21 15:40', '周建国', '证据冻结（（2026）民初 118 号）\n顾客已起诉'],
        ['2026-11-22 09:30', '李静', '往经过里写一条 〔冻结期间补记〕\n律师来电，要求书面答复'],
      ],
    },
  },
  {
    title: '退换货单 TH-0312-261121-0031-9',
    sha256: hash('c'),
    note: '按打印时所依据的数据重新排印',
    body: { kind: 'paper', template: 'refund', facts: { ...refund, paper: 'A5' } },
  },
  {
    title: '审计记录',
    sha256: hash('d'),
    note: `共 1840 条，逐条核对无误；最后一条的哈希 ${hash('e')}`,
    body: {
      kind: 'table',
      heads: ['#', '时间', '谁', '内容', 'SHA-256'],
      widths: [30, 82, 52, '*', 150],
      rows: [
        [
          '1832',
          '2026-11-21 10:12',
          '李静',
          'complaints.record · complaint TS-0312-261121-0007-M',
          hash('f'),
        ],
        ['1839', '2026-11-21 15:40', '周建国', 'evidence.place_hold · case 512', hash('0')],
      ],
    },
  },
]

/** A pack without photos: those come with the job, not with the facts. */
export const evidencePack: EvidenceFacts = {
  frame,
  number: 'ZJ-0312-261121-0001-0',
  title: '证据包',
  subtitle: 'ZJ-0312-261121-0001-0   TS-0312-261121-0007-M',
  cover: [
    ['编号', 'ZJ-0312-261121-0001-0'],
    ['个案', 'TS-0312-261121-0007-M'],
    ['为谁、为什么', '中山市第一人民法院调取'],
    ['制作', '2026-11-22 10:05 · 001 周建国'],
    ['个人信息', '按原文，未遮盖'],
    ['证据冻结', '（2026）民初 118 号 · 顾客已起诉'],
    ['审计链', `共 1840 条，逐条核对无误；最后一条的哈希 ${hash('e')}`],
    ['目录哈希', hash('9')],
    [
      '怎样核对',
      '在本店的机器上运行 desk verify-pack 文件名；或用任何 SHA-256 工具计算照片等原件，与目录所列比较。',
    ],
  ],
  heads: { no: '序', part: '内容', page: '页', hash: 'SHA-256', index: '目录', sha256: 'SHA-256' },
  parts,
  attached: [],
  pages: [2, 3, 4, 5],
}
