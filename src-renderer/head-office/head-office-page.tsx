import { CloudUploadOutlined, ReloadOutlined, StopOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Progress, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { peopleChoices } from '../../src-main/head-office/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import './head-office.css'

type Exports = InferClientOutputs<typeof desk>['headOffice']['exports']
type Job = InferClientOutputs<typeof desk>['headOffice']['job']

const ASK_AGAIN_MS = 300

const isRunning = (job: Job | undefined) => job?.state === 'collecting' || job?.state === 'writing'

/** Cases, ledger and day closes for head office, from where the last export ended. */
export default function HeadOfficePage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const mayExport = may('settings.change')
  const list = useQuery(api.headOffice.exports.queryOptions({ enabled: mayExport }))
  return list.data ? (
    <HeadOffice list={list.data} />
  ) : (
    <Page title={t('head-office:title')} back={paths.reports()}>
      <PageHeader title={t('head-office:title')} />
      <RefusalAlert error={list.error} />
      {mayExport ? <LoadingState /> : <EmptyState title={t('head-office:managerOnly')} />}
    </Page>
  )
}

function HeadOffice({ list }: { list: Exports }) {
  const { t } = useTranslation()
  const [choice, keep] = useDraft('head-office', {
    target: list.target,
    folder: list.folder,
    people: 'masked' as (typeof peopleChoices)[number],
  })
  const [reason, setReason] = useState('')
  const [jobId, setJobId] = useState<string | null>(null)
  const onDone = (begun: { jobId: string }) => setJobId(begun.jobId)
  const start = useCommand(desk.headOffice.start, { onDone })
  const again = useCommand(desk.headOffice.again, { onDone })
  const cancel = useCommand(desk.headOffice.cancel)
  const job = useQuery(
    api.headOffice.job.queryOptions({
      input: { jobId: jobId ?? '' },
      enabled: jobId !== null,
      staleTime: 0,
      refetchInterval: (query) => (isRunning(query.state.data) ? ASK_AGAIN_MS : false),
    }),
  ).data
  const running = isRunning(job)
  const isTold = choice.people !== 'full' || reason.trim().length >= 2
  const unless =
    choice.folder.trim() === ''
      ? t('head-office:folderFirst')
      : isTold
        ? undefined
        : t('head-office:reasonFirst')
  const actions: Action[] = running
    ? [
        {
          keys: 'Ctrl+Backspace',
          label: t('head-office:cancel'),
          icon: <StopOutlined />,
          danger: true,
          run: () => jobId !== null && cancel.mutate({ jobId }),
        },
      ]
    : [
        {
          keys: 'Ctrl+Enter',
          label: t('head-office:start'),
          icon: <CloudUploadOutlined />,
          primary: true,
          busy: start.isPending,
          unless,
          run: () =>
            start.mutate({ ...choice, folder: choice.folder.trim(), reason: reason.trim() }),
        },
      ]
  return (
    <Page
      title={t('head-office:title')}
      back={paths.reports()}
      footer={<ActionBar actions={actions}>{t('head-office:since')}</ActionBar>}
    >
      <PageHeader title={t('head-office:title')} facts={[t('head-office:hint')]} />
      <RefusalAlert error={start.error ?? again.error} />
      {job ? <JobNote job={job} /> : null}
      <Panel title={t('head-office:next')}>
        <div className="form-row">
          <Field label={t('head-office:folder')} hint={t('head-office:folderHint')}>
            {(id) => (
              <Input
                id={id}
                value={choice.folder}
                maxLength={500}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => keep({ ...choice, folder: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('head-office:target')} hint={t('head-office:targetHint')}>
            {(id) => (
              <Input
                id={id}
                value={choice.target}
                maxLength={40}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => keep({ ...choice, target: event.target.value.trim() })}
              />
            )}
          </Field>
        </div>
        <fieldset className="head-office-people">
          <legend>{t('head-office:people')}</legend>
          <Radio.Group
            value={choice.people}
            options={peopleChoices.map((value) => ({
              value,
              label: t(`head-office:peopleOf.${value}`),
            }))}
            onChange={(event) =>
              keep({ ...choice, people: event.target.value as (typeof peopleChoices)[number] })
            }
          />
        </fieldset>
        {choice.people === 'full' ? (
          <Field label={t('head-office:reason')} hint={t('head-office:reasonHint')}>
            {(id) => (
              <Input
                id={id}
                value={reason}
                maxLength={200}
                autoComplete="off"
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        ) : null}
      </Panel>
      <Panel title={t('head-office:past')}>
        {list.exports.length === 0 ? (
          <EmptyState small title={t('head-office:none')} hint={t('head-office:teach')} />
        ) : (
          <ul className="head-office-list">
            {list.exports.map((made) => (
              <li key={made.id}>
                <span className="row-main">
                  <span className="row-title head-office-name">{made.name}</span>
                  <span className="row-note head-office-name">
                    {t('head-office:lines', { count: made.toSeq - made.fromSeq })} ·{' '}
                    {t(`head-office:peopleOf.${made.people}`)} · {made.begunBy} ·{' '}
                    <Moment at={made.finishedAt ?? made.begunAt} /> · {made.folder}
                  </span>
                </span>
                {made.state === 'begun' ? (
                  <Tag tone="soon">{t('head-office:interrupted')}</Tag>
                ) : (
                  <Button
                    icon={<ReloadOutlined />}
                    disabled={running}
                    aria-label={`${t('head-office:again')} ${made.name}`}
                    onClick={() => again.mutate({ id: made.id, folder: choice.folder.trim() })}
                  >
                    {t('head-office:again')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </Page>
  )
}

/** How far it is, and how it ended. */
function JobNote({ job }: { job: Job }) {
  const { t } = useTranslation()
  if (isRunning(job)) {
    const percent = job.total === 0 ? 0 : Math.floor((100 * job.done) / job.total)
    return (
      <Panel title={t(`head-office:state.${job.state}`, { count: job.done })}>
        <Progress
          percent={percent}
          status="active"
          aria-label={t(`head-office:state.${job.state}`, { count: job.done })}
        />
      </Panel>
    )
  }
  if (job.state === 'failed') {
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t(`errors:${job.reason ?? 'head_office.failed'}`, job.params)}
      />
    )
  }
  return (
    <Alert
      type={job.state === 'done' ? 'success' : 'info'}
      showIcon
      role="status"
      title={t(`head-office:state.${job.state}`, { count: job.done })}
      description={job.dir}
    />
  )
}
