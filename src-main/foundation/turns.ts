/** Milliseconds of work after which somebody else has a turn; the house allows no stall above 25. */
const sliceMs = 4

/**
 * Lets long work give way: awaited between its steps, it returns at once until a slice of time is used up, and then
 * when everything that waited has run.
 */
export function takeTurns(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < sliceMs) return
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    began = performance.now()
  }
}
