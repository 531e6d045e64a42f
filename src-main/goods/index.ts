export { goodsLabelFacts } from './facts.ts'
export { giveBackUnits, routeUnits } from './route.ts'
export { goodsHandlers } from './service.ts'
