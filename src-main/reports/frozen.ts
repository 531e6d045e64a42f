import type { DayReport } from './service.ts'

/**
 * A day's report without what people said and who they are: this is what the close of a day keeps for good. The
 * words stay in their cases, where a person can be erased.
 */
export function withoutWords(report: DayReport): DayReport {
  return {
    ...report,
    complaints: report.complaints.map((each) => ({
      ...each,
      text: '',
      solution: '',
      customer: '',
      promise: each.promise && { ...each.promise, text: '' },
    })),
    openPromises: report.openPromises.map((each) => ({ ...each, text: '', customer: '' })),
    lesson: report.lesson && { ...report.lesson, title: '', takeaway: '' },
  }
}

/** A frozen report with the words as they stand today; its figures stay as they were signed. */
export function withWords(frozen: DayReport, live: DayReport): DayReport {
  const complaints = new Map(live.complaints.map((each) => [each.id, each]))
  const promises = new Map(live.openPromises.map((each) => [each.id, each]))
  return {
    ...frozen,
    complaints: frozen.complaints.map((each) => {
      const now = complaints.get(each.id)
      return {
        ...each,
        text: now?.text ?? '',
        solution: each.open ? '' : (now?.solution ?? ''),
        customer: now?.customer ?? '',
        promise: each.promise && { ...each.promise, text: now?.promise?.text ?? '' },
      }
    }),
    openPromises: frozen.openPromises.map((each) => {
      const now = promises.get(each.id)
      return { ...each, text: now?.text ?? '', customer: now?.customer ?? '' }
    }),
    lesson: frozen.lesson && {
      ...frozen.lesson,
      title: live.lesson?.title ?? '',
      takeaway: live.lesson?.takeaway ?? '',
    },
  }
}
