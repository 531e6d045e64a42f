import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Input, Progress } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'

const PdfPreview = lazy(() =>
  import('../ui/pdf-preview.tsx').then(({ PdfPreview: Preview }) => ({ default: Preview })),
)

const makeKey = 'Alt+V'
const pollMs = 400

/** Evidence packs of a case: makes one, shows how far it is, and lists those that were handed out. */
export function PacksPanel({ caseId }: { caseId: number }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [asking, setAsking] = useState(false)
  const [jobId, setJob] = useState<string | null>(null)
  const packs = useQuery(api.evidence.packs.queryOptions({ input: { caseId } }))
  const mayMake = may('cases.assign')
  useHotkeys([
    {
      keys: makeKey,
      label: t('evidence:packs.make'),
      when: mayMake,
      run: () => setAsking(true),
    },
  ])
  return (
    <Panel
      title={t('evidence:packs.title')}
      extra={
        mayMake ? (
          <Button size="small" onClick={() => setAsking(true)}>
            {t('evidence:packs.make')} <KeyCap keys={makeKey} />
          </Button>
        ) : null
      }
    >
      <RefusalAlert error={packs.error} />
      {jobId ? <PackJob key={jobId} jobId={jobId} /> : null}
      {packs.data?.length === 0 && !jobId ? (
        <p className="row-note">{t('evidence:packs.none')}</p>
      ) : null}
      <ul className="evidence-list">
        {packs.data?.map((pack) => (
          <li key={pack.id}>
            <span>
              <strong>{pack.number}</strong> {pack.reason}
            </span>
            <span className="row-note">
              {pack.madeBy} · <Moment at={pack.madeAt} /> ·{' '}
              {t('evidence:packs.row', { parts: pack.parts, pages: pack.pages })}
            </span>
            <span className="row-note">
              {t('evidence:packs.hash')} <code className="evidence-hash">{pack.pdfHash}</code>
            </span>
          </li>
        ))}
      </ul>
      {asking ? (
        <MakeDialog
          caseId={caseId}
          close={() => setAsking(false)}
          onStarted={(started) => {
            setAsking(false)
            setJob(started)
          }}
        />
      ) : null}
    </Panel>
  )
}

/** How far a pack is; the document itself once it is there. */
function PackJob({ jobId }: { jobId: string }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(
    api.evidence.packJob.queryOptions({
      input: { jobId },
      refetchInterval: ({ state }) => {
        const now = state.data?.state
        return now === undefined || now === 'reading' || now === 'setting' ? pollMs : false
      },
    }),
  )
  const isDone = data?.state === 'done'
  const file = useQuery({
    ...api.evidence.packFile.queryOptions({ input: { jobId } }),
    enabled: isDone,
    staleTime: Infinity,
  })
  const cancel = useCommand(desk.evidence.cancelPack)
  const print = useCommand(desk.evidence.printPack)
  if (!data) return error ? <RefusalAlert error={error} /> : <LoadingState />
  const { state, done, total, number, pages, reason } = data
  if (state === 'cancelled') return <p role="status">{t('evidence:packs.cancelled')}</p>
  if (state === 'failed') {
    return (
      <p role="alert" className="evidence-held">
        {t(`errors:${reason ?? 'evidence.pack_failed'}`)}
      </p>
    )
  }
  if (!isDone) {
    return (
      <div className="evidence-job">
        <p role="status">
          {t(state === 'reading' ? 'evidence:packs.reading' : 'evidence:packs.setting', {
            done,
            total,
          })}
        </p>
        <Progress
          percent={Math.round((done / Math.max(total, 1)) * 100)}
          aria-label={t('evidence:packs.title')}
          showInfo={false}
        />
        <Button size="small" onClick={() => cancel.mutate({ jobId })}>
          {t('evidence:packs.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <p role="status">
        <Tag tone="good">{t('evidence:packs.done', { number, pages })}</Tag>
      </p>
      <RefusalAlert error={file.error ?? print.error} />
      {print.data ? <Sent printer={print.data.printer} /> : null}
      <div className="evidence-paper">
        <Suspense fallback={<LoadingState />}>
          <PdfPreview
            pdf={file.data?.pdf ?? null}
            fileName={file.data?.fileName ?? `${number ?? ''}.pdf`}
            label={t('evidence:packs.shown', { number })}
            printing={print.isPending}
            onPrint={() => print.mutate({ jobId })}
          />
        </Suspense>
      </div>
    </>
  )
}

/** Where a pack went; the pages of a large one are no work for a browser's dialog. */
function Sent({ printer }: { printer: string | null }) {
  const { t } = useTranslation()
  return (
    <Alert
      type={printer === null ? 'warning' : 'info'}
      showIcon
      role="status"
      title={
        printer === null ? t('evidence:packs.noWay') : t('evidence:packs.onItsWay', { printer })
      }
    />
  )
}

interface MakeDialogProps {
  caseId: number
  close: () => void
  onStarted: (jobId: string) => void
}

function MakeDialog({ caseId, close, onStarted }: MakeDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [masked, setMasked] = useState(false)
  const start = useCommand(desk.evidence.pack, { onDone: ({ jobId }) => onStarted(jobId) })
  return (
    <ConfirmDialog
      open
      title={t('evidence:packs.makeTitle')}
      confirmLabel={t('evidence:packs.make')}
      busy={start.isPending}
      unready={reason.trim().length < 2}
      onCancel={close}
      onConfirm={() => start.mutate({ caseId, reason: reason.trim(), masked })}
    >
      <RefusalAlert error={start.error} />
      <p className="why">{t('evidence:packs.means')}</p>
      <Field label={t('evidence:packs.reason')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={300}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Checkbox checked={masked} onChange={(event) => setMasked(event.target.checked)}>
        {t('evidence:packs.masked')}
      </Checkbox>
    </ConfirmDialog>
  )
}
