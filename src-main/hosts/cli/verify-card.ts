import fs from 'node:fs'
import path from 'node:path'
import { LONGEST_SCAN } from '../../foundation/card-code.ts'
import { refuse } from '../../foundation/errors.ts'
import { formatMoney } from '../../foundation/money.ts'
import { keyFolderOf, readKeyFolder } from '../../seals/key-folder.ts'
import { type CodeVerdict, verifyCardCode } from '../../seals/verify.ts'
import { type Language, say } from '../words.ts'
import type { Outcome } from './commands.ts'

/** Exit code where nobody here can tell: scripts must not take that for a forgery. */
const UNKNOWN_KEY = 3
/** Exit code where the signature fits and the key was declared void later: paper or book tell, the code alone does not. */
const KEY_WITHDRAWN = 4

/** Checks the code of a card by a folder of public keys alone: no database is opened, no network asked. */
export function verifyCard(
  given: string,
  folders: { keys: string | undefined; dataDir: string },
  language: Language,
): Outcome {
  const dir = path.resolve(folders.keys ?? keyFolderOf(folders.dataDir))
  const { keys, unreadable } = readKeys(dir)
  const found = verifyCardCode(textOf(given), keys)
  return {
    ok: found.verdict === 'genuine',
    ...(found.verdict === 'unknown_key' && { exit: UNKNOWN_KEY }),
    ...(found.verdict === 'key_withdrawn' && { exit: KEY_WITHDRAWN }),
    data: { ...found, keys: keys.length, unreadable },
    lines: [
      ...unreadable.map((name) => say(language, 'cli.verifyCard.unreadableKey', { name })),
      ...describe(found, language),
    ],
  }
}

function readKeys(dir: string): ReturnType<typeof readKeyFolder> {
  try {
    return readKeyFolder(dir)
  } catch (error) {
    refuse('cli.no_key_folder', { dir }, error)
  }
}

/** What was given, or what stands in the file of that name. */
function textOf(given: string): string {
  const isFile = given.length < 1_000 && fs.existsSync(given) && fs.statSync(given).isFile()
  return (isFile ? fs.readFileSync(given, 'utf8') : given).slice(0, LONGEST_SCAN).trim()
}

function describe(found: CodeVerdict, language: Language): string[] {
  const line = (key: string, params = {}) => say(language, `cli.verifyCard.${key}`, params)
  const verdict = line(found.verdict, {
    ...('signer' in found && { ...found.signer, voidFrom: found.signer.voidFrom ?? '' }),
    ...('fingerprint' in found && { fingerprint: found.fingerprint }),
    ...('missing' in found && { missing: found.missing }),
  })
  if (!('facts' in found)) return [verdict]
  const { units, unitCount, currency, ...facts } = found.facts
  return [
    verdict,
    line('card', facts),
    line('sale', facts),
    ...units.map((unit) =>
      line('unit', { ...unit, paid: formatMoney(unit.paid, currency, language) }),
    ),
    ...(unitCount > units.length ? [line('more', { count: unitCount })] : []),
  ]
}
