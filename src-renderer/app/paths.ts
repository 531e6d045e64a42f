/**
 * Every address inside the desk. Rooms link to each other through these, never by importing
 * one another. Query values stay strings; an absent value leaves no trace in the address.
 */

/** What a new paper or case is about; carried along by F3, F4 and F8. */
export interface About {
  receiptId?: number
  /** Chosen lines of the sale. */
  lineIds?: readonly number[]
  cardId?: number
  customerId?: number
  /** Goods whose purchase is proven without a slip. */
  proofSetId?: number
  /** The case it joins: one visit can bring a complaint and a return. */
  caseId?: number
}

/** Parts of the quality radar. */
export type RadarView = 'findings' | 'incidents' | 'stops' | 'recalls' | 'actions'

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parts.set(name, String(value))
  }
  const text = parts.toString()
  return text ? `${path}?${text}` : path
}

function aboutQuery(about: About): Record<string, string | number | undefined> {
  return {
    receipt: about.receiptId,
    lines: about.lineIds?.length ? about.lineIds.join(',') : undefined,
    card: about.cardId,
    customer: about.customerId,
    proof: about.proofSetId,
    case: about.caseId,
  }
}

/** Reads back what `aboutQuery` wrote. Broken numbers are dropped, never guessed. */
export function readAbout(query: URLSearchParams): About {
  const id = (name: string): number | undefined => {
    const value = Number(query.get(name))
    return Number.isSafeInteger(value) && value > 0 ? value : undefined
  }
  const lineIds = (query.get('lines') ?? '')
    .split(',')
    .map(Number)
    .filter((value) => Number.isSafeInteger(value) && value > 0)
  const about: About = {}
  const receiptId = id('receipt')
  const cardId = id('card')
  const customerId = id('customer')
  const caseId = id('case')
  if (receiptId) about.receiptId = receiptId
  if (cardId) about.cardId = cardId
  if (customerId) about.customerId = customerId
  const proofSetId = id('proof')
  if (proofSetId) about.proofSetId = proofSetId
  if (caseId) about.caseId = caseId
  if (lineIds.length > 0) about.lineIds = lineIds
  return about
}

const OVERLAY = 'over'

/** The address of now, with a form of that name laid over its page: the page below stays as it is. */
function overlayPath(name: string, about: About): string {
  const [path = '/', search = ''] = (window.location.hash.slice(1) || '/').split('?')
  const query = new URLSearchParams(withoutOverlay(new URLSearchParams(search)))
  query.set(OVERLAY, name)
  for (const [part, value] of Object.entries(aboutQuery(about))) {
    if (value !== undefined) query.set(`${OVERLAY}.${part}`, String(value))
  }
  return `${path}?${query.toString()}`
}

/** What lies over the page, if anything, and what it is about. */
export function readOverlay(query: URLSearchParams): { name: string; about: About } | null {
  const name = query.get(OVERLAY)
  if (!name) return null
  const about = new URLSearchParams()
  for (const [part, value] of query) {
    if (part.startsWith(`${OVERLAY}.`)) about.set(part.slice(OVERLAY.length + 1), value)
  }
  return { name, about: readAbout(about) }
}

/** The same query without the overlay. */
export function withoutOverlay(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    [...query].filter(([part]) => part !== OVERLAY && !part.startsWith(`${OVERLAY}.`)),
  )
}

export const paths = {
  home: () => '/',
  find: (text: string) => withQuery('/find', { q: text }),
  sale: (receiptId: number) => `/sales/${receiptId}`,
  salesOfProduct: (productId: number) => `/products/${productId}`,
  customers: (text?: string) => withQuery('/customers', { q: text }),
  customer: (customerId: number) => `/customers/${customerId}`,
  /** Somebody who may be the same person; `withId` is the one that is looked at. */
  mergeCustomer: (customerId: number, withId?: number) =>
    withQuery(`/customers/${customerId}/merge`, { with: withId }),
  /** Everything the store holds of a person: given to them, or erased. */
  customerData: (customerId: number) => `/customers/${customerId}/data`,
  cards: () => '/cards',
  card: (cardId: number) => `/cards/${cardId}`,
  newCard: (about: About) => withQuery('/cards/new', aboutQuery(about)),
  refund: (refundId: number) => `/refunds/${refundId}`,
  /** `carried` is what the rights screen has settled already: why, and the decision as it was written down. */
  newRefund: (about: About, carried: { reason?: string; rights?: number } = {}) =>
    withQuery('/refunds/new', { ...aboutQuery(about), ...carried }),
  repairs: (view?: string) => withQuery('/repairs', { view }),
  repair: (repairId: number, { done = false } = {}) =>
    withQuery(`/repairs/${repairId}`, { done: done ? 1 : undefined }),
  newRepair: (about: About) => withQuery('/repairs/new', aboutQuery(about)),
  loanUnits: () => '/repairs/loans',
  /** Goods that came back, by where they are. */
  goods: (view?: string, unitId?: number) =>
    withQuery(view ? `/goods/${view}` : '/goods', { id: unitId }),
  exchanges: () => '/exchanges',
  exchange: (exchangeId: number, { done = false } = {}) =>
    withQuery(`/exchanges/${exchangeId}`, { done: done ? 1 : undefined }),
  /** `carried` as with a refund. */
  newExchange: (about: About, carried: { reason?: string; rights?: number } = {}) =>
    withQuery('/exchanges/new', { ...aboutQuery(about), ...carried }),
  priceAdjustment: (about: About) => withQuery('/refunds/price', aboutQuery(about)),
  noSlip: () => '/no-slip',
  /** Whether a card is genuine; the keys cards are checked by. */
  verify: () => '/verify',
  sealKeys: () => '/verify/keys',
  proofs: (proofSetId: number) => `/proofs/${proofSetId}`,
  refusal: (refusalId: number) => `/refusals/${refusalId}`,
  vouchers: () => '/vouchers',
  voucher: (voucherId: number) => `/vouchers/${voucherId}`,
  complaints: (filter: { floor?: string; owner?: number; age?: number } = {}) =>
    withQuery('/complaints', filter),
  complaint: (complaintId: number) => `/complaints/${complaintId}`,
  /** What was found out about a complaint, and how it is settled. */
  remedyOf: (complaintId: number) => `/complaints/${complaintId}?tab=remedy`,
  /** Compensations of a month; `entry` is marked. */
  compensations: (entry?: number) => withQuery('/compensations', { entry }),
  /** What was agreed and is being carried out. */
  agreements: () => '/agreements',
  shifts: () => '/shifts',
  shift: (shiftId: number) => `/shifts/${shiftId}`,
  /** The shift diary. */
  diary: () => '/shifts/diary',
  promises: (view?: string, floor?: string) => withQuery('/promises', { view, floor }),
  /** What is to be done today; `wall` as it hangs on a wall. */
  board: () => '/board',
  /** Cases that wait for whoever asks. */
  waiting: () => '/board/waiting',
  /** Customers to be called, and what belongs to it: `view` as on the page. */
  followUps: (view?: string) => withQuery('/followups', { view }),
  followUp: (followUpId: number) => `/followups/${followUpId}`,
  /** `new` for one that is not written yet. */
  followUpPlan: (planId: string) => `/followups/plans/${encodeURIComponent(planId)}`,
  /** Closed cases that are read again. */
  caseReviews: (view?: string) => withQuery('/reviews', { view }),
  caseReview: (reviewId: number) => `/reviews/${reviewId}`,
  /** Open cases by what comes due: `view` as on the page. */
  clocks: (view?: string, floor?: string) => withQuery('/clocks', { view, floor }),
  /** Examples, or past complaints by words. */
  lessons: (view?: 'cases') => (view ? `/lessons/${view}` : '/lessons'),
  writeLesson: (complaintId: number) => `/lessons/write/${complaintId}`,
  caseFile: (caseId: number, tab?: string) => withQuery(`/cases/${caseId}`, { tab }),
  /** Vendors and carriers, or the claims on them: `view` as on the page. */
  vendors: (view?: string) => withQuery('/vendors', { view }),
  vendor: (vendorId: number) => `/vendors/${vendorId}`,
  /** What a month takes off the money of vendors; with one, their list. */
  deductions: (month?: string, vendorId?: number) =>
    withQuery(month ? `/deductions/${month}` : '/deductions', { of: vendorId }),
  complaintGuides: (subject?: string) => withQuery('/complaints/guides', { of: subject }),
  /** What people who left have left open. */
  leavers: () => '/complaints/leavers',
  newComplaint: (about: About) => overlayPath('complaint', about),
  reports: () => '/reports',
  /** A report of the catalogue; the first where none is named. */
  report: (report?: string, period?: { from: string; to: string }) =>
    withQuery(report === undefined ? '/reports/of' : `/reports/of/${encodeURIComponent(report)}`, {
      from: period?.from,
      to: period?.to,
    }),
  /** What is behind one figure of a report of one day: `row` is the row's key, the total where it is left out. */
  figureOfDay: (
    date: string,
    figure: { report: string; by: string; col: string; row?: string; class?: string },
  ) => {
    // An empty row is one of its own: what has no floor.
    const { report, ...rest } = figure
    return `/reports/of/${report}?${new URLSearchParams({ from: date, to: date, ...rest }).toString()}`
  },
  /** Figures of a period. */
  evaluation: () => '/reports/evaluation',
  /** The close of a day, today's where none is named. */
  dayClose: (date?: string) => withQuery('/day-close', { date }),
  dayReport: (date?: string) => withQuery('/reports/day', { date }),
  /** Files for head office. */
  headOffice: () => '/reports/head-office',
  imports: () => '/imports',
  approvals: (view?: string, approvalId?: number) =>
    withQuery(view ? `/approvals/${view}` : '/approvals', { id: approvalId }),
  approvalLimits: () => '/approvals/limits',
  rules: (ruleId?: string) =>
    ruleId === undefined ? '/policy/rules' : `/policy/rules/${encodeURIComponent(ruleId)}`,
  /** A new rule, a new version of one, or the store's answer to what a shipped one leaves open. */
  writeRule: (of: { ruleId?: string; decide?: string } = {}) =>
    withQuery(
      of.ruleId === undefined ? '/policy/write' : `/policy/write/${encodeURIComponent(of.ruleId)}`,
      { decide: of.decide },
    ),
  tryRules: (draftOf?: string) => withQuery('/policy/try', { draft: draftOf }),
  policyChoices: () => '/policy/choices',
  policyFile: () => '/policy/file',
  /** What the desk told the POS, beside what the POS did; with a number, that instruction. */
  posInstructions: () => '/pos',
  instruction: (number: string) => withQuery('/pos', { number }),
  /** Messages: `view` as on the page. */
  alerts: (view?: string) => withQuery('/alerts', { view }),
  /** What fails more often than it should, and what is done about it. */
  radar: (view?: RadarView) => (view && view !== 'findings' ? `/radar/${view}` : '/radar'),
  incident: (incidentId: number) => `/incidents/${incidentId}`,
  action: (actionId: number) => `/actions/${actionId}`,
  /** Papers on their way, printers, and which paper goes to which: `view` as on the page. */
  printers: (view?: string) => withQuery('/printers', { view }),
  settings: (part?: string) => (part ? `/settings/${part}` : '/settings'),
}
