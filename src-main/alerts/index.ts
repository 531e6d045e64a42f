export { tellOfRisk } from './risk.ts'
export { alertsHandlers, countAlerts } from './service.ts'
export { answerAlert, type NewAlert, raiseAlert } from './store.ts'
