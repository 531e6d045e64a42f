export { dayReportFacts, reportFacts, scorecardFacts } from './facts.ts'
export { withoutWords } from './frozen.ts'
export { spanOf } from './rules.ts'
export { makeDayReport, reportsHandlers } from './service.ts'
