export { caseReviewsHandlers } from './service.ts'
