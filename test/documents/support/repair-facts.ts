/** Facts of example repair papers: realistic, fixed, used by tests and pictures. */
import type { RepairFacts, RepairItemFacts } from '../../../src-main/repairs/papers/facts.ts'
import type { CardFacts } from '../../../src-main/cards/document.ts'
import { card, frame, numberOf } from './example-facts.ts'

const number = numberOf('WX', 12)

const phone: RepairItemFacts = {
  tagNo: `${number}/1`,
  kind: 'sold',
  receiptNo: '05-20260902-0117',
  soldOn: '2026-09-02',
  name: '清澜 X3 智能手机 128G 石墨黑',
  brand: '清澜 Qinglan',
  model: 'QL-X3',
  serialNo: '861234567890123',
  fault: '充电到一半就停，机身发烫，晚上会自己关机。孩子上网课要用，急。',
  appearance: '屏幕右上角细划痕一道；背壳磨损',
  accessories: [
    { tagNo: `${number}/1.1`, name: '原装充电器', note: '线皮破', returned: false },
    { tagNo: `${number}/1.2`, name: '手机壳', note: '', returned: false },
  ],
  acceptance: 'free',
  quote: null,
  isExpected: false,
  receivedOn: '2026-11-21',
  endedOn: null,
  outcome: null,
  outcomeNote: '',
  remedyNumber: null,
  count: 2,
  former: { number: numberOf('WX', 3), endedOn: '2026-11-05', isRefailure: true },
  days: 0,
  waitDays: 0,
  works: [],
  fees: 0,
  due: 0,
  warrantyDays: null,
  warrantyUntil: null,
  exchangeRight: null,
  handBack: null,
}

/** Taken in: one phone with two accessories, back within the days its last repair had to hold. */
export const repair: RepairFacts = {
  frame,
  paper: 'A5',
  number,
  copy: 0,
  currency: 'CNY',
  recordedAt: '2026-11-21T02:14:00Z',
  recordedBy: '李敏',
  customer: { name: '欧阳静怡', phone: '138****5521' },
  promise: { text: '修好后电话通知', dueAt: '2026-11-28T10:00:00Z', owner: '李敏' },
  note: '',
  pickupCode: 'K7M4QX',
  storage: { days: 30, feePerDay: 200, from: null },
  loans: [{ code: 'BY-02', name: '备用手机', serialNo: '869999000011112', isBack: false }],
  items: [phone],
  due: 0,
}

const radio: RepairItemFacts = {
  ...phone,
  tagNo: `${number}/2`,
  kind: 'elsewhere',
  receiptNo: null,
  soldOn: null,
  name: '熊猫牌收音机',
  brand: '',
  model: 'T-16',
  serialNo: '',
  fault: '只有沙沙声',
  appearance: '',
  accessories: [],
  acceptance: 'paid_consented',
  quote: {
    estimate: 6_000,
    limit: 8_000,
    consent: { by: '欧阳静怡', how: 'signed', at: '2026-11-21T02:20:00Z' },
  },
  count: 1,
  former: null,
}

/** Two items on one ticket, one of them paid. */
export const twoRepairs: RepairFacts = { ...repair, items: [phone, radio], note: '两件一起取' }

/** Handed back: the second repair that failed to hold, a paid one beside it. */
export const doneRepair: RepairFacts = {
  ...twoRepairs,
  loans: [{ code: 'BY-02', name: '备用手机', serialNo: '869999000011112', isBack: true }],
  items: [
    {
      ...phone,
      endedOn: '2026-12-03',
      outcome: 'unrepairable',
      outcomeNote: '主板短路，厂家无法修复',
      accessories: phone.accessories.map((each) => ({ ...each, returned: each.note === '' })),
      days: 12,
      waitDays: 7,
      works: [
        {
          actualFault: '电源管理芯片短路',
          work: '更换电池与尾插，故障仍在；主板需更换，厂家已停供',
          doneBy: '清澜中山特约维修中心 周师傅',
          minutes: 90,
          hourFee: 8_000,
          parts: [
            { name: '电池', partNo: 'BL-X3-4500', serialNo: 'B2611180077' },
            { name: '尾插小板', partNo: 'TC-X3', serialNo: '' },
          ],
          fees: [{ kind: 'material', text: '电池', amount: 12_900 }],
        },
      ],
      fees: 24_900,
      exchangeRight: {
        reached: true,
        failed: 2,
        text: {
          zh: '三包有效期内修理两次仍不能正常使用的，凭修理记录免费换同型号商品。',
          en: 'Within the term, repaired twice and still not usable: exchanged free for the same model on the repair records.',
        },
        basis: {
          zh: '《部分商品修理更换退货责任规定》（1995年）第十一条',
          en: 'Provisions on Repair, Replacement and Return of Certain Goods (1995), Article 11',
        },
      },
      handBack: {
        at: '2026-12-03T07:30:00Z',
        name: '欧阳静怡',
        whom: 'self',
        proof: 'code',
        by: '李敏',
      },
    },
    {
      ...radio,
      endedOn: '2026-12-03',
      outcome: 'repaired',
      days: 12,
      works: [
        {
          actualFault: '可变电容接触不良',
          work: '清洗、更换电容',
          doneBy: '本店维修部 钱师傅',
          minutes: 30,
          hourFee: 8_000,
          parts: [{ name: '双联电容', partNo: 'CBM-223', serialNo: '' }],
          fees: [{ kind: 'material', text: '', amount: 1_800 }],
        },
      ],
      fees: 5_800,
      due: 5_800,
      warrantyDays: 30,
      warrantyUntil: '2027-01-02',
      handBack: {
        at: '2026-12-03T07:30:00Z',
        name: '欧阳静怡',
        whom: 'self',
        proof: 'code',
        by: '李敏',
      },
    },
  ],
  due: 5_800,
}

/** A card whose unit was repaired twice, the second time still under way. */
export const repairedCard: CardFacts = {
  ...card,
  repairs: [
    {
      number: numberOf('WX', 3),
      count: 1,
      handedIn: '2026-10-28',
      handedBack: '2026-11-05',
      fault: '充电到一半就停，机身发烫',
      cause: '尾插接触不良',
      treatment: '更换尾插小板',
    },
    {
      number,
      count: 2,
      handedIn: '2026-11-21',
      handedBack: null,
      fault: '又是充电到一半就停，机身发烫，晚上会自己关机',
      cause: '',
      treatment: '',
    },
  ],
}
