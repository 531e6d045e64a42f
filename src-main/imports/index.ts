/** Files of tills and shops: sales, lists of returns, the product catalogue, customers. */
export { createImportJobs, type ImportJobs, type ImportJobsOptions } from './jobs.ts'
export { importsHandlers } from './service.ts'
