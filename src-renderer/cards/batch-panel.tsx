import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InferClientOutputs } from '@orpc/client'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { printPdf } from '../ui/print-pdf.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'

type Batch = InferClientOutputs<typeof desk>['cardBatches']['list'][number]

const START = 'Alt+B'
const STOP = 'Alt+X'
const FILE = 'F9'
const DIALOG = 'Shift+F9'
const RESUME = 'Alt+R'

/** How often a batch that is running is looked at, in milliseconds. */
const GLANCE = 400

/** All cards of a day on A4 sheets or A6 pages, with how far they are; what came out is said however it ends. */
export function BatchPanel({ today }: { today: string }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [soldOn, setSoldOn] = useState(today)
  const [isUnprinted, setUnprinted] = useState(true)
  const [format, setFormat] = useState<'A4' | 'A6'>('A4')
  const [error, setError] = useState<unknown>(null)
  const day = useQuery(api.cardBatches.ofDay.queryOptions({ input: { soldOn } }))
  const batches = useQuery(
    api.cardBatches.list.queryOptions({
      refetchInterval: ({ state }) => (state.data?.[0]?.state === 'running' ? GLANCE : false),
    }),
  )
  const again = { onDone: () => void batches.refetch() }
  const start = useCommand(desk.cardBatches.start, again)
  const cancel = useCommand(desk.cardBatches.cancel, again)
  const resume = useCommand(desk.cardBatches.resume, again)
  const batch = batches.data?.[0]
  const isRunning = batch?.state === 'running'
  const count = (isUnprinted ? day.data?.unprinted : day.data?.all) ?? 0
  const begin = () => start.mutate({ cards: { soldOn, isUnprinted }, format })
  const openDialog = () => {
    if (!batch) return
    setError(null)
    desk.cardBatches
      .file({ batchId: batch.id })
      .then(({ pdf }) => printPdf(pdf))
      .catch(setError)
  }
  const print = useCommand(desk.cardBatches.print, {
    onDone: ({ printer }) => {
      void batches.refetch()
      if (printer === null) openDialog()
    },
  })
  const take = () => batch && print.mutate({ batchId: batch.id })
  const canStart = may('papers.print') && !isRunning && count > 0
  const canResume = batch?.state === 'failed' || batch?.state === 'interrupted'
  useHotkeys([
    { keys: START, label: t('cards:batch.start'), run: begin, when: canStart },
    {
      keys: STOP,
      label: t('cards:batch.stop'),
      run: () => batch && cancel.mutate({ batchId: batch.id }),
      when: isRunning,
    },
    {
      keys: FILE,
      label: t('cards:batch.print'),
      run: take,
      when: batch?.hasFile === true && !print.isPending,
    },
    {
      keys: DIALOG,
      label: t('papers:viaDialog'),
      run: openDialog,
      when: batch?.hasFile === true,
    },
    {
      keys: RESUME,
      label: t('cards:batch.resume'),
      run: () => batch && resume.mutate({ batchId: batch.id }),
      when: canResume,
    },
  ])
  return (
    <Panel title={t('cards:batch.title')}>
      <RefusalAlert error={start.error ?? cancel.error ?? resume.error ?? print.error ?? error} />
      <div className="card-batch-form">
        <label>
          {t('cards:batch.soldOn')}{' '}
          <input
            type="date"
            className="card-batch-day"
            value={soldOn}
            max={today}
            onChange={({ target }) => target.value && setSoldOn(target.value)}
          />
        </label>
        <Checkbox checked={isUnprinted} onChange={({ target }) => setUnprinted(target.checked)}>
          {t('cards:batch.unprinted')}
        </Checkbox>
        <Checkbox
          checked={format === 'A4'}
          onChange={({ target }) => setFormat(target.checked ? 'A4' : 'A6')}
        >
          {t('cards:batch.onSheets')}
        </Checkbox>
        <Button
          type="primary"
          icon={<PrinterOutlined />}
          disabled={!canStart}
          aria-keyshortcuts={START}
          onClick={begin}
        >
          {t('cards:batch.startCount', { count })} <KeyCap keys={START} />
        </Button>
      </div>
      {batch ? (
        <BatchLine
          batch={batch}
          onStop={() => cancel.mutate({ batchId: batch.id })}
          onPrint={take}
          onResume={() => resume.mutate({ batchId: batch.id })}
        />
      ) : null}
    </Panel>
  )
}

interface BatchLineProps {
  batch: Batch
  onStop: () => void
  onPrint: () => void
  onResume: () => void
}

function BatchLine({ batch, onStop, onPrint, onResume }: BatchLineProps) {
  const { t } = useTranslation()
  const { state, done, total, printed, left, sentTo } = batch
  const canResume = state === 'failed' || state === 'interrupted'
  return (
    <div className="card-batch" role="status">
      <p>
        {t(`cards:batch.state.${state}`, { done, total })}
        {sentTo === null ? null : ` · ${t('cards:batch.sentTo', { printer: sentTo })}`}{' '}
        <span className="row-note">
          {batch.askedBy} <Moment at={batch.askedAt} />
        </span>
      </p>
      {state === 'running' ? (
        <Progress
          percent={Math.floor((done / total) * 100)}
          aria-label={t('cards:batch.progress', { done, total })}
        />
      ) : null}
      {state !== 'running' && left.length > 0 ? (
        <p className="row-note">
          {t('cards:batch.printed', { count: printed.length, numbers: some(printed) })}
          <br />
          {t('cards:batch.left', { count: left.length, numbers: some(left) })}
        </p>
      ) : null}
      <div className="card-batch-tools">
        {state === 'running' ? (
          <Button aria-keyshortcuts={STOP} onClick={onStop}>
            {t('cards:batch.stop')} <KeyCap keys={STOP} />
          </Button>
        ) : null}
        {batch.hasFile ? (
          <Button icon={<PrinterOutlined />} aria-keyshortcuts={FILE} onClick={onPrint}>
            {t('cards:batch.print')} <KeyCap keys={FILE} />
          </Button>
        ) : null}
        {canResume ? (
          <Button aria-keyshortcuts={RESUME} onClick={onResume}>
            {t('cards:batch.resume')} <KeyCap keys={RESUME} />
          </Button>
        ) : null}
      </div>
    </div>
  )
}

/** First and last of a run of numbers: a batch has them in their order. */
function some(numbers: readonly string[]): string {
  const [first, last] = [numbers[0], numbers.at(-1)]
  return first === last ? (first ?? '—') : `${first} … ${last}`
}
