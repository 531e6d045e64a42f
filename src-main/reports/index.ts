export { dayReportFacts, reportFacts, scorecardFacts } from './facts.ts'
export { withoutWords } from './frozen.ts'
export { makeDayReport, reportsHandlers, spanOf } from './service.ts'
