/** Facts of an example complaint form, a repair list and a promise list: realistic, fixed, used by tests and pictures. */
import type { ComplaintFormFacts } from '../../../src-main/complaints/form-document.ts'
import { exampleComplaintForm } from '../../../src-main/papers/examples.ts'
import { examplePromiseList, exampleRepairList } from '../../../src-main/papers/office-examples.ts'
import type { PromiseListFacts } from '../../../src-main/promises/list-document.ts'
import type { RepairListFacts } from '../../../src-main/repairs/papers/list.ts'
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

export function repairList(count = 3): RepairListFacts {
  return exampleRepairList(frame, count)
}

export function promiseList(count = 4): PromiseListFacts {
  return examplePromiseList(frame, count)
}
