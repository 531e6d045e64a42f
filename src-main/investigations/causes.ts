import { z } from 'zod'
import data from '../../resources/investigations/causes.json' with { type: 'json' }
import { complaintClasses } from '../cases/contract.ts'
import { liableParties } from './contract.ts'

const name = { zh: z.string().min(1), en: z.string().min(1) }
const id = z.string().regex(/^[a-z_]+$/)

const causeFile = z.strictObject({
  causes: z.array(
    z.strictObject({
      id,
      group: z.enum(['product', 'way', 'store', 'customer', 'other']),
      /** Who usually answers for it: what a split begins with. */
      party: z.enum(liableParties),
      ...name,
    }),
  ),
  facts: z.array(
    z.strictObject({
      id,
      classes: z.union([z.literal('all'), z.array(z.enum(complaintClasses)).min(1)]),
      ...name,
    }),
  ),
})

let read: z.output<typeof causeFile> | undefined

/** Causes and the facts each class of complaint asks for: they come with the desk, read once. */
export function shippedCauses(): z.output<typeof causeFile> {
  return (read ??= causeFile.parse(data))
}

/** The facts to settle before a complaint of this class is decided. */
export function factsOf(complaintClass: string): z.output<typeof causeFile>['facts'] {
  return shippedCauses().facts.filter(
    ({ classes }) => classes === 'all' || classes.some((each) => each === complaintClass),
  )
}
