import { useQuery } from '@tanstack/react-query'
import { Alert, App } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import './field.css'
import { PaperLanguage } from './paper-language.tsx'
import { inLanguage, keepLanguage, type LanguageChoice, readLanguage } from './paper-languages.ts'
import { PdfPreview } from './pdf-preview.tsx'
import { handOver } from './print-papers.ts'
import { RefusalAlert } from './refusal-alert.tsx'
import { SendDialog } from './send-dialog.tsx'
import { useCommand } from './use-command.ts'

export type Paper = InferClientInputs<typeof desk>['papers']['preview']
type PrintedFile = InferClientOutputs<typeof desk>['papers']['print']

interface PaperPreviewProps {
  paper: Paper
  /** What the paper is, for the screen reader. */
  label: string
  /** Changes when what is printed on it has changed: the preview is made anew. */
  revision?: string | number
}

/** Papers that say who a customer is or what they said. */
const personalPapers: ReadonlySet<Paper['document']> = new Set([
  'card',
  'refund_slip',
  'exchange_slip',
  'refusal_slip',
  'handover_form',
  'voucher',
  'repair_sheet',
  'repair_record',
  'complaint_slip',
  'customer_card',
  'shift_handover',
  'vendor_notice',
  'settlement_slip',
  'apology_letter',
  'day_report',
])

function printedText({ copyNo, job }: PrintedFile, t: TFunction): string {
  const printed = copyNo === 0 ? t('papers:printed') : t('papers:printedCopy', { count: copyNo })
  return job ? `${printed} · ${t('papers:onItsWay', { printer: job.printer })}` : printed
}

/**
 * The finished paper with F9: prints are counted at the desk, and every one after the first is marked as a copy. Where
 * a printer is set up for it, it goes there; Shift+F9 asks the system's dialog all the same.
 */
export function PaperPreview({ paper: asked, label, revision }: PaperPreviewProps) {
  const { t } = useTranslation()
  const [language, setLanguage] = useState(() => readLanguage(asked.document))
  const paper = inLanguage(asked, language)
  const key = JSON.stringify([paper, revision])
  const [printed, setPrinted] = useState<{ key: string; file: PrintedFile } | null>(null)
  const [sending, setSending] = useState(false)
  const { message } = App.useApp()
  const [dialogError, setDialogError] = useState<{ key: string; error: unknown } | null>(null)
  const preview = useQuery(
    api.papers.preview.queryOptions({
      input: paper,
      queryKey: ['paper-preview', key],
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  )
  const print = useCommand(desk.papers.print, {
    onDone: (file) => {
      setPrinted({ key, file })
      setDialogError(null)
      handOver(file).catch((error: unknown) => setDialogError({ key, error }))
    },
  })

  // F9 right after a commit must not be lost only because the preview is still being set.
  useHotkeys([
    {
      keys: 'F9',
      label: t('app:pdf.print'),
      run: () => print.mutate(paper),
      when: preview.isPending && !print.isPending && printed?.key !== key,
    },
    {
      keys: 'Shift+F9',
      label: t('papers:viaDialog'),
      run: () => print.mutate({ ...paper, via: 'dialog' }),
      when: !preview.error && !print.isPending,
    },
  ])

  const printError = dialogError?.key === key ? dialogError.error : null
  const current = printed?.key === key ? printed.file : null
  const file = current ?? preview.data ?? null
  const change = (next: LanguageChoice) => {
    keepLanguage(asked.document, next)
    setLanguage(next)
  }
  return (
    <div className="paper">
      {asked.language === undefined ? <PaperLanguage value={language} onChange={change} /> : null}
      <RefusalAlert error={preview.error ?? print.error ?? printError} />
      {current ? (
        <Alert
          className="paper-note"
          type="info"
          showIcon
          role="status"
          title={printedText(current, t)}
        />
      ) : null}
      {file && file.missingGlyphs.length > 0 ? (
        <Alert
          className="paper-note"
          type="warning"
          showIcon
          role="status"
          title={t('papers:missingGlyphs', { glyphs: file.missingGlyphs.join(' ') })}
        />
      ) : null}
      <PdfPreview
        pdf={file?.pdf ?? null}
        fileName={file?.fileName ?? 'paper.pdf'}
        label={label}
        printing={print.isPending}
        onPrint={preview.error ? undefined : () => print.mutate(paper)}
        onSend={preview.error ? undefined : () => setSending(true)}
      />
      {sending ? (
        <SendDialog
          label={label}
          isPersonal={personalPapers.has(asked.document)}
          // Counted like one that is printed, and printed nowhere.
          takePaper={() => desk.papers.print({ ...paper, via: 'dialog' })}
          onSent={(opened) => {
            setSending(false)
            void message.success({
              key: 'sent',
              content: t(`papers:send.${opened ? 'opened' : 'saved'}`),
            })
          }}
          onClose={() => setSending(false)}
        />
      ) : null}
    </div>
  )
}
