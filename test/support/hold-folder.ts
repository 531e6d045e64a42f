/** A second program at the same data folder: takes it, says so, and keeps it until it is killed. */
import { openDataFolder } from '../../src-main/database/folder.ts'

const [dir = ''] = process.argv.slice(2)
const folder = openDataFolder(dir, 'cli', new Date('2026-11-21T06:00:00.000Z'))
process.stdout.write('holding\n')
setInterval(() => folder.store.file, 1_000)
