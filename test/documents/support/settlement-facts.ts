import type {
  ApologyLetterFacts,
  SettlementSlipFacts,
} from '../../../src-main/settlements/document.ts'
import { frame, numberOf } from './example-facts.ts'

export const settlement: SettlementSlipFacts = {
  frame,
  number: numberOf('HJ', 4),
  copy: 0,
  complaintNumber: numberOf('TS', 12),
  customer: '林晓梅',
  recordedOn: '2026-11-20',
  agreedAt: '2026-11-21T07:40:00Z',
  executor: '李敏',
  dueAt: '2026-11-27T14:00:00Z',
  title: '补偿 150 元，报销粘底费，店长致歉',
  currency: 'CNY',
  total: 19_500,
  items: [
    {
      kind: 'compensation',
      what: '鞋面划痕影响外观',
      amount: 15_000,
      payHow: 'wechat',
      done: numberOf('BC', 3),
    },
    { kind: 'reimbursement', what: '自费粘底', amount: 4_500, payHow: 'cash', done: null },
    { kind: 'apology', what: '', amount: 0, payHow: null, done: numberOf('ZQ', 1) },
  ],
  payments: [{ number: numberOf('ZF', 21), amount: 15_000 }],
  voided: null,
}

export const apology: ApologyLetterFacts = {
  frame,
  number: numberOf('ZQ', 1),
  copy: 0,
  addressee: '林晓梅 女士',
  businessDate: '2026-11-21',
  bodyZh: [
    '您于 2026-11-20 向我店反映“女式短靴 37 码”的问题（投诉编号 TS-0001-261120-0012-X），我们已认真核查。',
    '经核实，原因为：运输中受压。由此给您带来的不便和困扰，我们郑重向您致歉。',
    '针对此事，我们已与您商定并将落实：补偿 150 元，报销粘底费。',
    '我们已就此改进工作，避免类似情况再次发生。感谢您的指正，恳请您继续监督。本函不影响您依法享有的任何权利。',
  ].join('\n\n'),
  bodyEn: [
    "On 2026-11-20 you told us about women's ankle boots 37 (complaint TS-0001-261120-0012-X). We have looked into it carefully.",
    'We found this cause: pressed in transport. We sincerely apologise for the trouble it has caused you.',
    'We agreed with you on, and will carry out: compensation of 150 yuan, and the cost of gluing the sole.',
    'We have changed how we work so that it does not happen again. This letter does not affect any of your rights under law.',
  ].join('\n\n'),
  signer: '李静',
  signerTitle: '店长',
  voided: null,
}
