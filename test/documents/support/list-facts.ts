/** Facts of an example complaint form, a repair list and a promise list: realistic, fixed, used by tests and pictures. */
import type { ComplaintFormFacts } from '../../../src-main/complaints/form-document.ts'
import { exampleComplaintForm } from '../../../src-main/papers/examples.ts'
import type { PromiseListFacts } from '../../../src-main/promises/list-document.ts'
import type { RepairListFacts, RepairListRow } from '../../../src-main/repairs/papers/list.ts'
import { frame, numberOf } from './example-facts.ts'

/** Everything is known: two rounds, a promise, a measure and two follow-ups. */
export const complaintForm: ComplaintFormFacts = {
  ...exampleComplaintForm(frame),
  rounds: [
    {
      at: '2026-11-21T07:00:00Z',
      offer: '免费修补袖口，七天取回',
      accepts: false,
      words: '才穿三天，不想要修过的',
      by: '李敏',
    },
    {
      at: '2026-11-21T09:30:00Z',
      offer: '全额退款',
      accepts: true,
      words: '可以',
      by: '陈国强',
    },
  ],
  measures: [
    {
      number: numberOf('ZJ', 2),
      what: '到货抽检袖口锁边，每批不少于 5 件',
      owner: '周楼层',
      dueOn: '2026-11-28',
    },
  ],
  followUps: [
    { at: '2026-11-24T02:00:00Z', by: '赵敏', outcome: 'no_answer', note: '' },
    { at: '2026-11-25T02:00:00Z', by: '赵敏', outcome: 'content', note: '会再来' },
  ],
}

/** As it is written down at the counter: the rest is filled in with a pen. */
export const openComplaintForm: ComplaintFormFacts = {
  ...complaintForm,
  customer: { name: '', phone: '', memberNo: null, address: null },
  receipt: null,
  goods: null,
  department: null,
  demand: null,
  demandAmount: null,
  desired: '',
  verified: { at: null, by: null, finding: null, cause: '', opinion: '' },
  liable: [],
  liableNames: null,
  rounds: [],
  promises: [],
  solution: '',
  satisfied: null,
  measures: [],
  followUps: [],
}

/** A statement of several pages. */
export const longComplaintForm: ComplaintFormFacts = {
  ...complaintForm,
  copy: 1,
  text: '我三次到店，三次都被告知负责人不在，电话也没有人接听，今天必须有人给我答复。\n'.repeat(90),
  leftOut: 1_234,
}

function row(serial: number, more: Partial<RepairListRow> = {}): RepairListRow {
  return {
    number: numberOf('WX', serial),
    goods: [
      {
        name: '清澜 X3 智能手机 128G 石墨黑',
        serialNo: '861234567890123',
        reception: 'with_repairer',
        holder: '清澜中山特约维修中心',
      },
    ],
    customer: '欧阳静怡 138****5521',
    owner: '李敏',
    dueAt: '2026-11-20T10:00:00Z',
    parts: [],
    ...more,
  }
}

export function repairList(count = 3): RepairListFacts {
  const many = Array.from({ length: count }, (_, index) => row(index + 1))
  return {
    frame,
    businessDate: '2026-11-21',
    groups: {
      late: many,
      waiting: [row(7, { parts: ['压缩机 ZB-36（2026-11-12）', '温控器（2026-11-18）'] })],
      in: [
        row(8, {
          dueAt: null,
          goods: [
            { name: '熊猫牌收音机', serialNo: '', reception: 'received', holder: '' },
            { name: '皮鞋 41 黑', serialNo: '', reception: 'received', holder: '' },
          ],
        }),
      ],
      out: [],
    },
  }
}

export function promiseList(count = 4): PromiseListFacts {
  return {
    frame,
    businessDate: '2026-11-21',
    floor: null,
    owners: ['李敏', '周楼层'].map((name, owner) => ({
      name,
      promises: Array.from({ length: count }, (_, index) => ({
        text: index % 2 === 0 ? '检验结果出来后给顾客回电话' : '新货到店后送货上门并取回旧机',
        dueAt: `2026-11-2${index % 3}T0${(index + owner) % 9}:00:00Z`,
        isLate: index % 3 === 0,
        floor: ['4F', '2F', ''][index % 3] ?? '',
        subject: index % 2 === 0 ? numberOf('TS', index + 1) : numberOf('WX', index + 1),
      })),
    })),
    leftOut: count > 50 ? 12 : 0,
  }
}
