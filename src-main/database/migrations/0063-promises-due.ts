/** Promises due by a day are counted without looking at the others, nor at the years of those that were settled. */
export const promisesDue = {
  version: 63,
  name: 'promises-due',
  sql: `CREATE INDEX promise_open_due ON promise (due_on, due_at) WHERE state = 'open';`,
}
