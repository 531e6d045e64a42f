export { dutyOf, readDuty } from './duty.ts'
export { tellOfRisk } from './risk.ts'
export { alertsHandlers } from './service.ts'
export { type NewAlert, raiseAlert } from './store.ts'
