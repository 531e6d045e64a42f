export { callOffReopened, planFollowUps, readCallTime } from './planning.ts'
export { followUpsHandlers, requireFollowUp, settleFollowUp } from './service.ts'
