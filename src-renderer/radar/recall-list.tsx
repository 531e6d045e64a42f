import { DeleteOutlined, FileAddOutlined, PlusOutlined, WarningOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Alert, DatePicker, Input, Radio } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import type { Action } from '../ui/action-bar.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { ListDetail, PickRow } from '../ui/list-detail.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { OverSwitch } from './over-switch.tsx'

type Recall = InferClientOutputs<typeof desk>['radar']['recalls']['recalls'][number]
type Imported = InferClientOutputs<typeof desk>['radar']['importRecalls']

/** The key opens the system's own dialog through it. */
const filePicker = 'recall-list-file'

/** Goods that authorities recalled or banned: by file or by hand, checked wherever goods are looked up. */
export function RecallList({ tabs }: { tabs: ReactNode }) {
  const { t, i18n } = useTranslation()
  const { may } = useSession()
  const [withdrawn, setWithdrawn] = useState(false)
  const list = useQuery(api.radar.recalls.queryOptions({ input: { withdrawn } }))
  const [chosen, choose] = useState<number | null>(null)
  const [dialog, setDialog] = useState<'add' | 'withdraw' | null>(null)
  const [imported, setImported] = useState<Imported | null>(null)
  const takeOver = useCommand(desk.radar.importRecalls, { onDone: setImported })
  const recalls = list.data?.recalls ?? []
  const current = recalls.find(({ id }) => id === chosen) ?? recalls[0]
  const actions: Action[] = []
  if (may('quality.manage')) {
    actions.push(
      {
        keys: 'Insert',
        label: t('radar:recall.add'),
        icon: <PlusOutlined />,
        primary: true,
        run: () => setDialog('add'),
      },
      {
        keys: 'Alt+U',
        label: t('radar:recall.import'),
        icon: <FileAddOutlined />,
        busy: takeOver.isPending,
        run: () => document.getElementById(filePicker)?.click(),
      },
    )
    if (current?.state === 'in_force') {
      actions.push({
        keys: 'Delete',
        label: t('radar:recall.withdraw'),
        icon: <DeleteOutlined />,
        run: () => setDialog('withdraw'),
      })
    }
  }
  const title = t('radar:title')
  const language = i18n.language === 'zh-CN' ? 'zh' : 'en'
  return (
    <Page
      title={title}
      back="/"
      footer={<ActionBar actions={actions}>{t('radar:recall.columns')}</ActionBar>}
    >
      <PageHeader title={title} aside={tabs} facts={[t('radar:hint.recalls')]} />
      <OverSwitch
        label={t('radar:recall.withWithdrawn')}
        value={withdrawn}
        onChange={setWithdrawn}
      />
      <input
        id={filePicker}
        type="file"
        hidden
        accept=".csv,.txt"
        aria-label={t('radar:recall.import')}
        onChange={(event) => {
          const [taken] = event.target.files ?? []
          event.target.value = ''
          if (taken) void taken.text().then((text) => takeOver.mutate({ text }))
        }}
      />
      <RefusalAlert error={takeOver.error ?? list.error} />
      {imported ? <ImportResult imported={imported} /> : null}
      {list.isLoading ? <LoadingState /> : null}
      {list.data && !current ? (
        <EmptyState
          icon={<WarningOutlined />}
          title={t('radar:empty.recalls')}
          hint={t('radar:empty.recallsHint')}
        />
      ) : null}
      {current ? (
        <ListDetail
          label={t('radar:view.recalls')}
          className="radar-parts"
          rows={recalls.map((recall) => (
            <RecallRow
              key={recall.id}
              recall={recall}
              current={recall.id === current.id}
              onChoose={() => choose(recall.id)}
            />
          ))}
        >
          <RecallDetail recall={current} />
        </ListDetail>
      ) : null}
      {list.data?.law.map((line) => (
        <p key={line.en} className="row-note">
          {line[language]}
        </p>
      ))}
      {dialog === 'add' ? <AddDialog close={() => setDialog(null)} /> : null}
      {current && dialog === 'withdraw' ? (
        <WithdrawDialog recall={current} close={() => setDialog(null)} />
      ) : null}
    </Page>
  )
}

function ImportResult({ imported: { added, known, rejected } }: { imported: Imported }) {
  const { t } = useTranslation()
  return (
    <Alert
      className="radar-imported"
      type={rejected.length > 0 ? 'warning' : 'success'}
      showIcon
      title={t('radar:recall.imported', { added, known })}
      description={
        rejected.length > 0
          ? rejected
              .map((row) =>
                t('radar:recall.rejected', {
                  line: row.line,
                  why: t(`radar:recall.why.${row.why}`),
                }),
              )
              .join('\n')
          : undefined
      }
    />
  )
}

function patternOf({ barcode, brand, model, batchNo }: Recall): string {
  return [brand, model, barcode, batchNo].filter(Boolean).join(' · ')
}

function RecallRow(props: { recall: Recall; current: boolean; onChoose: () => void }) {
  const { recall, current, onChoose } = props
  const { t } = useTranslation()
  return (
    <PickRow current={current} onChoose={onChoose}>
      <span className="row-main">
        <span className="row-title radar-title">{recall.title}</span>
        <span className="row-note">
          {recall.authority} · {recall.number} · {patternOf(recall)}
        </span>
      </span>
      <span className="row-side">
        {recall.state === 'in_force' ? (
          <Tag tone="risk">{t(`radar:warning.${recall.kind}`)}</Tag>
        ) : (
          <Tag>{t('radar:recall.over')}</Tag>
        )}
        <span className="row-note">
          <BusinessDate date={recall.issuedOn} />
        </span>
      </span>
    </PickRow>
  )
}

function RecallDetail({ recall }: { recall: Recall }) {
  const { t } = useTranslation()
  const rows = (
    [
      ['number', recall.number],
      ['authority', recall.authority],
      ['brand', recall.brand],
      ['model', recall.model],
      ['barcode', recall.barcode],
      ['batch', recall.batchNo || t('radar:recall.allBatches')],
    ] as const
  ).filter(([, value]) => value !== '')
  return (
    <Panel title={<span className="radar-title">{recall.title}</span>}>
      <dl className="radar-why">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{t(`radar:recall.field.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {recall.duty ? <p className="radar-text">{recall.duty}</p> : null}
      {recall.withdrawReason ? (
        <p>{t('radar:recall.withdrawn', { reason: recall.withdrawReason })}</p>
      ) : null}
      <p className="row-note">{t('radar:recall.enteredBy', { name: recall.enteredBy })}</p>
    </Panel>
  )
}

function AddDialog({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { today } = useStore()
  const [values, setValues] = useState({
    kind: 'recall' as Recall['kind'],
    authority: '',
    number: '',
    title: '',
    issuedOn: today,
    barcode: '',
    brand: '',
    model: '',
    batchNo: '',
    duty: '',
  })
  const change = (part: Partial<typeof values>) => setValues((now) => ({ ...now, ...part }))
  const add = useCommand(desk.radar.addRecall, { onDone: close })
  const isReady =
    values.authority.trim().length >= 2 &&
    values.number.trim() !== '' &&
    values.title.trim().length >= 2 &&
    [values.barcode, values.brand, values.model].some((text) => text.trim() !== '')
  const field = (
    name: 'authority' | 'number' | 'title' | 'barcode' | 'brand' | 'model' | 'batchNo',
    max: number,
  ) => (
    <Field
      label={t(`radar:recall.field.${name === 'batchNo' ? 'batch' : name}`)}
      wide={name === 'title'}
    >
      {(id) => (
        <Input
          id={id}
          value={values[name]}
          maxLength={max}
          autoComplete="off"
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <ConfirmDialog
      open
      width={680}
      title={t('radar:recall.add')}
      confirmLabel={t('radar:recall.add')}
      busy={add.isPending}
      unready={!isReady}
      onCancel={close}
      onConfirm={() => add.mutate(values)}
    >
      <RefusalAlert error={add.error} />
      <p className="why">{t('radar:recall.addHint')}</p>
      <div className="radar-form">
        {field('authority', 80)}
        {field('number', 60)}
        {field('title', 200)}
        <Radio.Group
          aria-label={t('radar:recall.kind')}
          optionType="button"
          buttonStyle="solid"
          value={values.kind}
          options={(['recall', 'ban'] as const).map((value) => ({
            value,
            label: t(`radar:warning.${value}`),
          }))}
          onChange={(event) => change({ kind: event.target.value })}
        />
        <Field label={t('radar:recall.issued')}>
          {(id) => (
            <DatePicker
              id={id}
              className="full-width"
              allowClear={false}
              value={dayjs(values.issuedOn)}
              onChange={(day) => change({ issuedOn: day?.format('YYYY-MM-DD') ?? today })}
            />
          )}
        </Field>
        {field('barcode', 40)}
        {field('brand', 60)}
        {field('model', 60)}
        {field('batchNo', 60)}
        <Field label={t('radar:recall.field.duty')} wide>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              value={values.duty}
              maxLength={1000}
              onChange={(event) => change({ duty: event.target.value })}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}

function WithdrawDialog({ recall, close }: { recall: Recall; close: () => void }) {
  const { t } = useTranslation()
  const withdraw = useCommand(desk.radar.withdrawRecall, { onDone: close })
  return (
    <ReasonDialog
      open
      danger
      title={t('radar:recall.withdrawTitle', { number: recall.number })}
      hint={t('radar:recall.withdrawHint')}
      label={t('radar:incident.reason')}
      confirmLabel={t('radar:recall.withdraw')}
      error={withdraw.error}
      busy={withdraw.isPending}
      onReason={(reason) =>
        withdraw.mutate({ recallId: recall.id, reason, version: recall.version })
      }
      onCancel={close}
    />
  )
}
