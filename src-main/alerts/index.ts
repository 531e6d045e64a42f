export { tellOfRisk } from './risk.ts'
export { alertsHandlers, countAlerts } from './service.ts'
export { type NewAlert, raiseAlert } from './store.ts'
