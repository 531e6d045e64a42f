export { dayReportFacts, scorecardFacts } from './facts.ts'
export { reportsHandlers } from './service.ts'
