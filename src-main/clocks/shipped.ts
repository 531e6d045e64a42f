import data from '../../resources/clocks/complaints.json' with { type: 'json' }
import { type ClockFile, clockFile } from './rule.ts'

let read: ClockFile | undefined

/** The clocks, pause reasons and ladders that come with the desk: read once, never written. */
export function shippedClocks(): ClockFile {
  return (read ??= clockFile.parse(data))
}
