import { DownloadOutlined, ImportOutlined, StopOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { describeReason, mappingKey, writeCount } from './import-form.ts'
import type { Job, Mapping } from './import-form.ts'
import { ImportSteps } from './import-steps.tsx'
import { ImportTrouble } from './import-trouble.tsx'
import { JobResult } from './job-result.tsx'
import { useRejectDownload } from './past-imports.tsx'
import './imports.css'

const ASK_AGAIN_MS = 300

/** A run over the file: first on trial, then for real; with progress, cancel and figures that add up. */
export default function ImportJobPage() {
  const { t } = useTranslation()
  const jobId = useParams()['jobId'] ?? ''
  const job = useQuery(
    api.imports.job.queryOptions({
      input: { jobId },
      staleTime: 0,
      refetchInterval: (query) => (query.state.data?.state === 'running' ? ASK_AGAIN_MS : false),
    }),
  )
  if (job.data) return <JobView key={jobId} jobId={jobId} job={job.data} />
  return (
    <Page title={t('imports-screen:title')} back={paths.imports()}>
      <PageHeader title={t('imports-screen:title')} />
      {job.error ? <ImportTrouble error={job.error} /> : <LoadingState />}
    </Page>
  )
}

function JobView({ jobId, job }: { jobId: string; job: Job }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const fileId = query.get('file') ?? ''
  const kind = query.get('kind') ?? ''
  const [mapping] = useDraft<Mapping | null>(mappingKey(fileId, kind), null)
  const cancel = useCommand(desk.imports.cancel)
  const download = useRejectDownload()
  const start = useCommand(desk.imports.start, {
    onDone: (output) =>
      void navigate(`/imports/job/${output.jobId}?file=${fileId}&kind=${kind}`, { replace: true }),
  })
  const running = job.state === 'running'
  const filePath = `/imports/file/${fileId}?kind=${kind}`
  const { importId, rejectFile } = job

  const actions: Action[] = []
  if (running) {
    actions.push({
      keys: 'Ctrl+Backspace',
      label: t('imports-screen:job.cancel'),
      icon: <StopOutlined />,
      danger: true,
      busy: cancel.isPending,
      run: () => cancel.mutate({ jobId }),
    })
  } else if (job.dryRun) {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('imports-screen:job.import', { count: job.counts.accepted }),
      icon: <ImportOutlined />,
      primary: true,
      busy: start.isPending,
      unless:
        job.state !== 'finished'
          ? t('imports-screen:job.notRead')
          : job.counts.accepted === 0
            ? t('imports-screen:job.nothingNew')
            : undefined,
      run: () => {
        if (mapping) start.mutate({ fileId, mapping })
        else void navigate(filePath)
      },
    })
  } else {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('imports-screen:job.another'),
      icon: <ImportOutlined />,
      primary: true,
      run: () => void navigate(paths.imports()),
    })
    if (importId !== null && rejectFile !== null) {
      actions.push({
        keys: 'Ctrl+S',
        label: t('imports-screen:rejects.download'),
        icon: <DownloadOutlined />,
        busy: download.isPending,
        run: () => download.mutate(importId),
      })
    }
  }
  const step = job.dryRun ? 'dryRun' : running ? 'import' : 'result'
  return (
    <Page
      title={t('imports-screen:title')}
      back={job.dryRun && fileId ? filePath : paths.imports()}
      footer={<ActionBar actions={actions}>{t(`imports-screen:job.hint.${step}`)}</ActionBar>}
    >
      <PageHeader
        title={t(`imports-screen:job.title.${job.dryRun ? 'dryRun' : 'import'}`)}
        facts={[job.fileName]}
      />
      <ImportSteps at={step} />
      <ImportTrouble error={start.error ?? cancel.error} />
      <RefusalAlert error={download.error} />
      {running ? (
        <JobProgress job={job} />
      ) : (
        <>
          <Outcome job={job} />
          <JobResult job={job} />
        </>
      )}
    </Page>
  )
}

function JobProgress({ job }: { job: Job }) {
  const { t, i18n } = useTranslation()
  const percent = Math.floor((job.bytesRead / Math.max(1, job.bytesTotal)) * 100)
  return (
    <Panel className="job-progress">
      <Progress percent={percent} status="active" aria-label={t('imports-screen:job.progress')} />
      <p aria-live="polite">
        {t('imports-screen:job.speed', {
          rows: writeCount(job.counts.rows, i18n.language),
          speed: writeCount(job.rowsPerSecond, i18n.language),
        })}
        {job.counts.rejected > 0 ? (
          <span className="tone-risk">
            {' · '}
            {t('imports-screen:job.rejectedSoFar', { count: job.counts.rejected })}
          </span>
        ) : null}
      </p>
    </Panel>
  )
}

function Outcome({ job }: { job: Job }) {
  const { t } = useTranslation()
  if (job.state === 'failed') {
    return (
      <Alert
        className="import-trouble"
        type="error"
        showIcon
        role="alert"
        title={
          job.failure
            ? describeReason(job.failure.reason, job.failure.params, t)
            : t('imports-screen:job.failed')
        }
        description={t('imports-screen:job.wholeReceipts')}
      />
    )
  }
  if (job.state === 'cancelled') {
    return (
      <Alert
        className="import-trouble"
        type="warning"
        showIcon
        role="status"
        title={t('imports-screen:job.cancelled')}
        description={job.dryRun ? undefined : t('imports-screen:job.wholeReceipts')}
      />
    )
  }
  return (
    <Alert
      className="import-trouble"
      type={job.counts.rejected > 0 ? 'warning' : 'success'}
      showIcon
      role="status"
      title={
        job.dryRun
          ? t('imports-screen:job.readThrough', { count: job.counts.rows })
          : t('imports-screen:job.done', { count: job.counts.accepted })
      }
      description={
        job.counts.rejected > 0
          ? t('imports-screen:job.someRejected', { count: job.counts.rejected })
          : undefined
      }
    />
  )
}
