import { alertsContract } from './alerts/contract.ts'
import { actionsContract } from './actions/contract.ts'
import { approvalsContract } from './approvals/contract.ts'
import { attachmentsContract } from './attachments/contract.ts'
import { cardsContract } from './cards/contract.ts'
import { caseReviewsContract } from './case-reviews/contract.ts'
import { casesContract } from './cases/contract.ts'
import { clocksContract } from './clocks/contract.ts'
import { complaintsContract } from './complaints/contract.ts'
import { customersContract } from './customers/contract.ts'
import { dayClosesContract } from './day-closes/contract.ts'
import { evidenceContract } from './evidence/contract.ts'
import { exchangesContract } from './exchanges/contract.ts'
import { followUpsContract } from './followups/contract.ts'
import { goodsContract } from './goods/contract.ts'
import { headOfficeContract } from './head-office/contract.ts'
import { handoversContract } from './exchanges/handover/contract.ts'
import { importsContract } from './imports/contract.ts'
import { investigationsContract } from './investigations/contract.ts'
import { lessonsContract } from './lessons/contract.ts'
import { cardBatchesContract, papersContract } from './papers/contract.ts'
import { posInstructionsContract } from './pos-instructions/contract.ts'
import { printersContract } from './printers/contract.ts'
import { promisesContract } from './promises/contract.ts'
import { radarContract } from './radar/contract.ts'
import { policyContract } from './policy/contract.ts'
import { refundsContract } from './refunds/contract.ts'
import { repairsContract } from './repairs/contract.ts'
import { reportsContract } from './reports/contract.ts'
import { rightsContract } from './rights/contract.ts'
import { salesContract } from './sales/contract.ts'
import { sealsContract } from './seals/contract.ts'
import { settingsContract } from './settings/contract.ts'
import { settlementsContract } from './settlements/contract.ts'
import { boardsContract } from './boards/contract.ts'
import { shiftsContract } from './shifts/contract.ts'
import { staffContract } from './staff/contract.ts'
import { vendorsContract } from './vendors/contract.ts'
import { vouchersContract } from './vouchers/contract.ts'

/** Everything the desk can be asked, room by room: the same for Electron, the browser and the command line. */
export const contract = {
  settings: settingsContract,
  staff: staffContract,
  sales: salesContract,
  customers: customersContract,
  imports: importsContract,
  cards: cardsContract,
  cases: casesContract,
  refunds: refundsContract,
  exchanges: exchangesContract,
  handovers: handoversContract,
  complaints: complaintsContract,
  reports: reportsContract,
  papers: papersContract,
  cardBatches: cardBatchesContract,
  printers: printersContract,
  approvals: approvalsContract,
  policy: policyContract,
  rights: rightsContract,
  vouchers: vouchersContract,
  attachments: attachmentsContract,
  repairs: repairsContract,
  goods: goodsContract,
  lessons: lessonsContract,
  followups: followUpsContract,
  caseReviews: caseReviewsContract,
  posInstructions: posInstructionsContract,
  clocks: clocksContract,
  promises: promisesContract,
  shifts: shiftsContract,
  alerts: alertsContract,
  investigations: investigationsContract,
  settlements: settlementsContract,
  radar: radarContract,
  actions: actionsContract,
  vendors: vendorsContract,
  evidence: evidenceContract,
  boards: boardsContract,
  dayCloses: dayClosesContract,
  seals: sealsContract,
  headOffice: headOfficeContract,
}

export type DeskContract = typeof contract
