export { approversOf, type NamedApproval, requireApproval } from './approve.ts'
export { limitsFor } from './limits.ts'
export { approvalsHandlers } from './service.ts'
export { subjectHash } from './subject.ts'
