export { dayReportFacts } from './facts.ts'
export { reportsHandlers } from './service.ts'
