import { useTranslation } from 'react-i18next'

import { formatsOf } from '../../src-main/foundation/paper-formats.ts'
import { PaperBehindKey } from './paper-key.tsx'
import { SlipPaper } from './slip-paper.tsx'

interface ComplaintSlipProps {
  complaintId: number
  number: string
  /** Changes when what is promised has changed. */
  revision: string | number
}

/** The slip a customer takes home: F9 shows it, F9 again prints it. */
export function ComplaintSlip({ complaintId, number, revision }: ComplaintSlipProps) {
  const { t } = useTranslation()
  return (
    <PaperBehindKey
      keys="F9"
      label={t('complaints:slip.show')}
      title={t('complaints:slip.label', { number })}
    >
      <SlipPaper
        formats={formatsOf.complaint_slip}
        remember="goodwill.complaint-slip-format"
        paperOf={(format) => ({ document: 'complaint_slip', complaintId, format })}
        revision={String(revision)}
        label={t('complaints:slip.label', { number })}
      />
    </PaperBehindKey>
  )
}
