/** Floors in the order of their names (2F before 10F), "not stated" last. */
export function compareFloors(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  return a.localeCompare(b, 'zh-CN', { numeric: true })
}
