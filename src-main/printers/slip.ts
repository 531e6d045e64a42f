/** What a paper on a roll says, for printers that set text themselves. */
export type { SlipContent } from '../printing/slip.ts'
