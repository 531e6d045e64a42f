import {
  CheckOutlined,
  CloseOutlined,
  FileSearchOutlined,
  ReloadOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { PdfPreview } from '../ui/pdf-preview.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { type Job, nameOfDocument, nameOfTrouble, writeMoment } from './printing.ts'

interface JobsViewProps {
  view: 'open' | 'all'
  header: ReactNode
}

/** Papers on their way, or all of late; what can be done with the one in view. */
export function JobsView({ view, header }: JobsViewProps) {
  const { t } = useTranslation()
  const [chosen, choose] = useState<number | null>(null)
  const list = useQuery(api.printers.jobs.queryOptions({ input: { view } }))
  const jobs = inOrder(list.data?.jobs ?? [], view)
  const current = jobs.find(({ id }) => id === chosen) ?? jobs[0]
  const { actions, error, dialog } = useJobActions(current, jobs)
  return (
    <Page
      title={t('printers:title')}
      back="/"
      footer={<ActionBar actions={actions}>{t('printers:jobs.hint')}</ActionBar>}
    >
      {header}
      <RefusalAlert error={list.error ?? error} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data && jobs.length === 0 ? (
        <Panel>
          <EmptyState
            title={t(`printers:jobs.none.${view}`)}
            hint={t(`printers:jobs.noneHint.${view}`)}
          />
        </Panel>
      ) : null}
      {current ? (
        <div className="printer-columns">
          <Panel>
            <RowList label={t(`printers:view.${view}`)}>
              {jobs.map((job) => (
                <li key={job.id}>
                  <JobRow job={job} isCurrent={job === current} choose={() => choose(job.id)} />
                </li>
              ))}
            </RowList>
            {(list.data?.total ?? 0) > jobs.length ? (
              <p className="row-note">
                {t('printers:jobs.more', { count: jobs.length, total: list.data?.total })}
              </p>
            ) : null}
          </Panel>
          <JobDetail job={current} />
        </div>
      ) : null}
      {dialog}
    </Page>
  )
}

/** What waits for a person stands first; otherwise the newest. */
function inOrder(jobs: readonly Job[], view: 'open' | 'all'): readonly Job[] {
  if (view === 'all') return jobs
  const asks = ({ state }: Job) => state === 'unknown' || state === 'failed'
  return [...jobs.filter(asks), ...jobs.filter((job) => !asks(job))]
}

const tones = {
  queued: 'soon',
  sending: 'teal',
  sent: 'plain',
  unknown: 'risk',
  failed: 'risk',
  confirmed: 'good',
  cancelled: 'plain',
} as const

function StateTag({ state }: { state: Job['state'] }) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}>{t(`printers:state.${state}`)}</Tag>
}

interface JobRowProps {
  job: Job
  isCurrent: boolean
  choose: () => void
}

function JobRow({ job, isCurrent, choose }: JobRowProps) {
  const { t } = useTranslation()
  const store = useStore()
  const notes = [
    job.printerName,
    job.format,
    job.copyNo > 0 ? t('printers:jobs.copy', { count: job.copyNo }) : '',
    job.trouble ? nameOfTrouble(job.trouble, t) : '',
  ]
  return (
    <button
      type="button"
      className={
        isCurrent ? 'row row-wrap printer-row printer-current' : 'row row-wrap printer-row'
      }
      aria-current={isCurrent}
      onFocus={choose}
      onClick={choose}
    >
      <span className="row-main">
        <span className="row-title">
          {nameOfDocument(job.document, t)} {job.subject}
        </span>
        <span className="row-note">{notes.filter(Boolean).join(' · ')}</span>
      </span>
      <span className="row-side">
        <StateTag state={job.state} />
        <span className="row-note">{writeMoment(job.createdAt, store)}</span>
      </span>
    </button>
  )
}

/** What happened to a job, and what somebody has to decide about it. */
function JobDetail({ job }: { job: Job }) {
  const { t } = useTranslation()
  const store = useStore()
  const history = useQuery(api.printers.history.queryOptions({ input: { jobId: job.id } }))
  return (
    <Panel title={`${nameOfDocument(job.document, t)} ${job.subject}`}>
      <p>
        <StateTag state={job.state} /> {t(`printers:stateHint.${job.state}`)}
      </p>
      {job.trouble ? <p>{nameOfTrouble(job.trouble, t)}</p> : null}
      {job.detail ? <p className="row-note printer-detail">{job.detail}</p> : null}
      <p className="row-note">
        {[
          job.printerName,
          t('printers:jobs.pages', { count: job.pages }),
          t('printers:jobs.copies', { count: job.copies }),
          job.reference ?? '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ol className="printer-log">
        {(history.data ?? []).map((event, index) => (
          // Events have no identity of their own and never change places.
          <li key={index}>
            <span className="row-note">{writeMoment(event.at, store)}</span>{' '}
            {t(`printers:action.${event.action}`, { defaultValue: event.action })}
            {event.by ? ` · ${event.by}` : ''}
            {event.printerName === job.printerName ? '' : ` · ${event.printerName}`}
            {event.trouble ? (
              <span className="row-note"> · {nameOfTrouble(event.trouble, t)}</span>
            ) : null}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

const canRetry = ({ state, hasFile }: Job) => state === 'failed' && hasFile
const canMove = ({ state, hasFile }: Job) => (state === 'failed' || state === 'queued') && hasFile
const canCancel = ({ state }: Job) => ['queued', 'sending', 'failed'].includes(state)
const canAnswer = ({ state }: Job) => state === 'unknown' || state === 'sent'

function useJobActions(job: Job | undefined, jobs: readonly Job[]) {
  const { t } = useTranslation()
  const [moving, setMoving] = useState(false)
  const [looking, setLooking] = useState(false)
  const retry = useCommand(desk.printers.retry, { onDone: () => setMoving(false) })
  const cancel = useCommand(desk.printers.cancel)
  const answer = useCommand(desk.printers.answer)
  const failed = jobs.filter(canRetry)
  const actions: Action[] = []
  if (job && canAnswer(job)) {
    const say = (cameOut: boolean) => answer.mutate({ jobIds: [job.id], cameOut })
    actions.push(
      {
        keys: 'Alt+O',
        label: t('printers:act.cameOut'),
        icon: <CheckOutlined />,
        primary: job.state === 'unknown',
        busy: answer.isPending,
        run: () => say(true),
      },
      {
        keys: 'Alt+X',
        label: t('printers:act.didNotComeOut'),
        icon: <CloseOutlined />,
        busy: answer.isPending,
        run: () => say(false),
      },
    )
  }
  if (job && job.state === 'failed') {
    actions.push({
      keys: 'Alt+R',
      label: t('printers:act.retry'),
      icon: <ReloadOutlined />,
      primary: true,
      busy: retry.isPending,
      unless: canRetry(job) ? undefined : t('printers:jobs.pagesGone'),
      run: () => retry.mutate({ jobIds: [job.id] }),
    })
  }
  if (job && canMove(job)) {
    actions.push({
      keys: 'Alt+M',
      label: t('printers:act.move'),
      icon: <SwapOutlined />,
      run: () => setMoving(true),
    })
  }
  if (job && canCancel(job)) {
    actions.push({
      keys: 'Delete',
      label: t('printers:act.cancel'),
      danger: true,
      busy: cancel.isPending,
      run: () => cancel.mutate({ jobIds: [job.id] }),
    })
  }
  if (job?.hasFile) {
    actions.push({
      keys: 'Alt+P',
      label: t('printers:act.look'),
      icon: <FileSearchOutlined />,
      run: () => setLooking(true),
    })
  }
  if (failed.length > 1) {
    actions.push({
      keys: 'Alt+A',
      label: t('printers:act.retryAll', { count: failed.length }),
      run: () => retry.mutate({ jobIds: failed.map(({ id }) => id) }),
    })
    actions.push({
      keys: 'Alt+K',
      label: t('printers:act.cancelAll', { count: failed.length }),
      danger: true,
      run: () => cancel.mutate({ jobIds: failed.map(({ id }) => id) }),
    })
  }
  const dialog =
    job && moving ? (
      <MoveDialog
        job={job}
        busy={retry.isPending}
        error={retry.error}
        move={(printerId) => retry.mutate({ jobIds: [job.id], printerId })}
        close={() => setMoving(false)}
      />
    ) : job && looking ? (
      <LookDialog job={job} close={() => setLooking(false)} />
    ) : null
  return { actions, error: moving ? null : (retry.error ?? cancel.error ?? answer.error), dialog }
}

/** The pages of a job as they wait. */
function LookDialog({ job, close }: { job: Job; close: () => void }) {
  const { t } = useTranslation()
  const file = useQuery(
    api.printers.file.queryOptions({ input: { jobId: job.id }, gcTime: 0, retry: false }),
  )
  return (
    <ConfirmDialog
      open
      width={760}
      title={`${nameOfDocument(job.document, t)} ${job.subject}`}
      confirmLabel={t('printers:act.looked')}
      onConfirm={close}
      onCancel={close}
    >
      <RefusalAlert error={file.error} />
      <div className="printer-look">
        <PdfPreview
          pdf={file.data?.pdf ?? null}
          fileName={file.data?.fileName ?? 'paper.pdf'}
          label={nameOfDocument(job.document, t)}
        />
      </div>
    </ConfirmDialog>
  )
}

interface MoveDialogProps {
  job: Job
  busy: boolean
  error: unknown
  move: (printerId: number) => void
  close: () => void
}

/** Which other printer is to have the paper. */
function MoveDialog({ job, busy, error, move, close }: MoveDialogProps) {
  const { t } = useTranslation()
  const printers = useQuery(api.printers.list.queryOptions())
  const others = (printers.data ?? []).filter(({ id }) => id !== job.printerId)
  const [chosen, choose] = useState<number | null>(null)
  const printerId = chosen ?? others[0]?.id ?? null
  return (
    <ConfirmDialog
      open
      title={t('printers:act.move')}
      confirmLabel={t('printers:act.send')}
      busy={busy}
      unready={printerId === null}
      onConfirm={() => printerId !== null && move(printerId)}
      onCancel={close}
    >
      <RefusalAlert error={error} />
      <Field
        label={t('printers:field.printer')}
        hint={others.length === 0 ? t('printers:jobs.noOther') : undefined}
      >
        {(id) => (
          <Select
            id={id}
            className="full-width"
            value={printerId}
            options={others.map(({ id: value, name }) => ({ value, label: name }))}
            onChange={choose}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
