import { z } from 'zod'
import { id, instant, line, pin, procedure, version } from '../foundation/procedure.ts'

export const roles = ['clerk', 'floor_manager', 'store_manager'] as const

export const operator = z.object({
  id,
  code: z.string(),
  name: z.string(),
  phone: z.string(),
  role: z.enum(roles),
})

export const staffContract = {
  /** Opens a session. Five wrong PINs in a row lock the operator out for a while. */
  signIn: procedure('open')
    .input(z.object({ code: line(12).min(1), pin }))
    .output(z.object({ token: z.string(), operator, permissions: z.array(z.string()) })),
  signOut: procedure('locked').output(z.object({ done: z.boolean() })),
  /** Locks the session: everything is refused until `unlock` gets the operator's PIN. */
  lock: procedure('locked').output(z.object({ done: z.boolean() })),
  unlock: procedure('locked')
    .input(z.object({ pin }))
    .output(z.object({ done: z.boolean() })),
  me: procedure('locked').output(
    z.object({ operator, permissions: z.array(z.string()), locked: z.boolean() }),
  ),
  /** Active operators, for picking an owner. */
  colleagues: procedure('signed_in').output(z.array(operator)),
  list: procedure('staff.manage').output(
    z.array(
      operator.extend({
        active: z.boolean(),
        lockedUntil: instant.nullable(),
        version,
      }),
    ),
  ),
  add: procedure('staff.manage')
    .input(
      z.object({
        code: line(12).min(1),
        name: line(40).min(1),
        phone: line(40).default(''),
        role: z.enum(roles),
        pin,
      }),
    )
    .output(z.object({ id })),
  change: procedure('staff.manage')
    .input(
      z.object({
        id,
        name: line(40).min(1),
        phone: line(40),
        role: z.enum(roles),
        active: z.boolean(),
        version,
      }),
    )
    .output(z.object({ version })),
  /** Gives an operator a new PIN and lifts a lock-out. */
  resetPin: procedure('staff.manage')
    .input(z.object({ id, pin }))
    .output(z.object({ done: z.boolean() })),
}
