import rule from '../../resources/radar/rule.json' with { type: 'json' }
import type { RadarRule } from './rules.ts'

/** The rule in force; its version stands on every alert. */
export const radarRule: RadarRule = rule
