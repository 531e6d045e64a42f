export { bookingDay } from './rules.ts'
export { dayClosesHandlers } from './service.ts'
export { listClosedDates } from './store.ts'
export { remindOfClose } from './reminder.ts'
