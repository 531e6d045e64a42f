/** Writes docs/state-machines.md from the tables in the code (`npm run state-machines`). */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './support/run-command.ts'
import { findMachines, machinesPaper } from './support/state-machines.ts'

writeFileSync(path.join(ROOT, 'docs', 'state-machines.md'), machinesPaper(await findMachines()))
