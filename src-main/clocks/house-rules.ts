import { record } from '../audit/index.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import type { clocksContract } from './contract.ts'
import { amountOf, flawOfHouse, noHouse, targetBounds } from './house.ts'
import { shippedClocks } from './shipped.ts'
import { findHouse, insertHouse, listHouses } from './store.ts'
import { say } from './view.ts'

/** Versions that are shown. */
const shownVersions = 20

/** The one severity a rule or a ladder holds for, where it names one. */
function onlySeverity(severities: readonly ('ordinary' | 'serious')[] | undefined) {
  return severities?.length === 1 ? (severities[0] ?? null) : null
}

export const houseHandlers: Pick<RoomHandlers<typeof clocksContract>, 'house' | 'changeHouse'> = {
  house: query(async (r) => {
    const { rules, ladders } = shippedClocks()
    const house = (await findHouse(r)) ?? { ...noHouse, version: 0 }
    return {
      version: house.version,
      targets: [...house.targets],
      ladders: house.ladders.map(({ id, minutes }) => ({ id, minutes: [...minutes] })),
      rules: rules.map((rule) => ({
        id: rule.id,
        names: rule.name,
        sources: rule.source,
        legal: rule.legal,
        unit: rule.measure.unit,
        amount: amountOf(rule.measure),
        ...targetBounds[rule.measure.unit],
        severity: onlySeverity(rule.for.severities),
      })),
      steps: ladders.map(({ id, legal, severities, steps }) => ({
        id,
        legal,
        severity: onlySeverity(severities),
        steps: steps.map(({ tell, minutes }) => ({ tell, minutes })),
      })),
      history: (await listHouses(r, shownVersions)).map(
        ({ version, reason, changedAt, changedBy }) => ({ version, reason, changedAt, changedBy }),
      ),
    }
  }),

  changeHouse: command(['clocks'], async (w, call, input) => {
    const { targets, ladders, reason } = input
    const shipped = shippedClocks()
    const flaw = flawOfHouse(shipped, { targets, ladders })
    if (flaw) {
      const { reason: name, ...params } = flaw
      const rule = 'rule' in flaw ? shipped.rules.find(({ id }) => id === flaw.rule) : undefined
      refuse(`clocks.house_${name}`, { ...params, ...(rule && { rule: say(call, rule.name) }) })
    }
    const before = (await findHouse(w)) ?? { ...noHouse, version: 0 }
    const version = input.version + 1
    const at = call.now().toISOString()
    const fresh = { version, targets, ladders, reason, at, by: call.actor.id }
    if (before.version !== input.version || !(await insertHouse(w, fresh))) {
      refuse('desk.changed_meanwhile')
    }
    const subject = { type: 'clock_rules', id: version }
    await record(w, call, 'clocks.change_house', subject, {
      before: { targets: before.targets, ladders: before.ladders },
      after: { targets, ladders },
      reason,
    })
    return { version }
  }),
}
