import { CheckOutlined, PlusOutlined, StopOutlined, UndoOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import type { Action } from '../ui/action-bar.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { ListDetail, PickRow } from '../ui/list-detail.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { PaperPreview } from '../ui/paper-preview.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { OverSwitch } from './over-switch.tsx'
import { StopDialog } from './stop-dialog.tsx'

type Stop = InferClientOutputs<typeof desk>['radar']['stops'][number]

/** Goods out of sale: the notices, who has signed for them, and the paper. */
export function StopList({ tabs }: { tabs: ReactNode }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [lifted, setLifted] = useState(false)
  const list = useQuery(api.radar.stops.queryOptions({ input: { lifted } }))
  const [chosen, choose] = useState<number | null>(null)
  const [dialog, setDialog] = useState<'issue' | 'lift' | 'sign' | null>(null)
  const stops = list.data ?? []
  const current = stops.find(({ id }) => id === chosen) ?? stops[0]
  const close = () => setDialog(null)
  const actions: Action[] = []
  const waiting = current?.counters.find(({ acknowledgedAt }) => acknowledgedAt === null)
  const isInForce = current?.state === 'in_force'
  if (isInForce && waiting && may('complaints.record')) {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('radar:stop.sign'),
      icon: <CheckOutlined />,
      primary: true,
      run: () => setDialog('sign'),
    })
  }
  if (may('quality.manage')) {
    actions.push({
      keys: 'Insert',
      label: t('radar:do.stop'),
      icon: <PlusOutlined />,
      run: () => setDialog('issue'),
    })
    if (isInForce) {
      actions.push({
        keys: 'Alt+Z',
        label: t('radar:stop.lift'),
        icon: <UndoOutlined />,
        run: () => setDialog('lift'),
      })
    }
  }
  const title = t('radar:title')
  return (
    <Page
      title={title}
      back="/"
      footer={actions.length > 0 ? <ActionBar actions={actions}>{null}</ActionBar> : undefined}
    >
      <PageHeader title={title} aside={tabs} facts={[t('radar:hint.stops')]} />
      <OverSwitch label={t('radar:stop.withLifted')} value={lifted} onChange={setLifted} />
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data && !current ? (
        <EmptyState
          icon={<StopOutlined />}
          title={t('radar:empty.stops')}
          hint={t('radar:empty.stopsHint')}
        />
      ) : null}
      {current ? (
        <ListDetail
          label={t('radar:view.stops')}
          className="radar-parts"
          rows={stops.map((stop) => (
            <StopRow
              key={stop.id}
              stop={stop}
              current={stop.id === current.id}
              onChoose={() => choose(stop.id)}
            />
          ))}
        >
          <StopDetail key={current.id} stop={current} />
        </ListDetail>
      ) : null}
      {dialog === 'issue' ? (
        <StopDialog productId={null} incidentId={null} close={close} onDone={close} />
      ) : null}
      {current && waiting && dialog === 'sign' ? (
        <SignDialog stop={current} counter={waiting.counter} close={close} />
      ) : null}
      {current && dialog === 'lift' ? <LiftDialog stop={current} close={close} /> : null}
    </Page>
  )
}

function StopRow(props: { stop: Stop; current: boolean; onChoose: () => void }) {
  const { stop, current, onChoose } = props
  const { t } = useTranslation()
  const signed = stop.counters.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length
  return (
    <PickRow current={current} onChoose={onChoose}>
      <span className="row-main">
        <span className="row-title radar-title">{stop.goods}</span>
        <span className="row-note">
          {stop.number} · {[stop.batchNo, stop.reason].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="row-side">
        {stop.state === 'in_force' ? (
          <Tag tone="risk">{t('radar:stop.state.in_force')}</Tag>
        ) : (
          <Tag tone="good">{t('radar:stop.state.lifted')}</Tag>
        )}
        <span className="row-note">
          {t('radar:stop.signed', { count: signed, of: stop.counters.length })}
        </span>
      </span>
    </PickRow>
  )
}

function StopDetail({ stop }: { stop: Stop }) {
  const { t } = useTranslation()
  const signed = stop.counters.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length
  return (
    <Panel title={<span className="radar-title">{stop.goods}</span>}>
      <p className="radar-text">{stop.reason}</p>
      <p className="row-note">
        {t('radar:stop.from')} <BusinessDate date={stop.effectiveOn} /> · {stop.issuedBy} ·{' '}
        <Moment at={stop.issuedAt} />
        {stop.incident ? (
          <>
            {' '}
            · <Link to={paths.incident(stop.incident.id)}>{stop.incident.number}</Link>
          </>
        ) : null}
      </p>
      {stop.liftedAt ? (
        <p>
          {t('radar:stop.liftedBy', { name: stop.liftedBy ?? '', reason: stop.liftReason })}{' '}
          <Moment at={stop.liftedAt} />
        </p>
      ) : null}
      <ul className="radar-list" aria-label={t('radar:stop.counters')}>
        {stop.counters.map((counter) => (
          <li key={counter.counter}>
            <span className="row-main">{counter.counter}</span>
            {counter.acknowledgedAt ? (
              <span className="row-note">
                {t('radar:stop.signedBy', {
                  name: counter.person,
                  count: counter.units ?? 0,
                })}{' '}
                <Moment at={counter.acknowledgedAt} />
              </span>
            ) : (
              <Tag tone="soon">{t('radar:stop.unsigned')}</Tag>
            )}
          </li>
        ))}
      </ul>
      <PaperPreview
        paper={{ document: 'sale_stop', stopId: stop.id }}
        revision={`${stop.version}-${signed}`}
        label={t('radar:stop.one')}
      />
    </Panel>
  )
}

function SignDialog({ stop, counter, close }: { stop: Stop; counter: string; close: () => void }) {
  const { t } = useTranslation()
  const [person, setPerson] = useState('')
  const [units, setUnits] = useState<number | null>(null)
  const waiting = stop.counters.filter(({ acknowledgedAt }) => acknowledgedAt === null)
  const [of, setOf] = useState(counter)
  const sign = useCommand(desk.radar.acknowledgeStop, { onDone: close })
  return (
    <ConfirmDialog
      open
      title={t('radar:stop.sign')}
      confirmLabel={t('radar:stop.sign')}
      busy={sign.isPending}
      unready={person.trim() === '' || units === null}
      onCancel={close}
      onConfirm={() =>
        sign.mutate({ stopId: stop.id, counter: of, person: person.trim(), units: units ?? 0 })
      }
    >
      <RefusalAlert error={sign.error} />
      <div className="radar-tools">
        {waiting.map((each) => (
          <Button
            key={each.counter}
            type={each.counter === of ? 'primary' : 'default'}
            aria-pressed={each.counter === of}
            onClick={() => setOf(each.counter)}
          >
            {each.counter}
          </Button>
        ))}
      </div>
      <Field label={t('radar:stop.person')}>
        {(id) => (
          <Input
            id={id}
            value={person}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => setPerson(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('radar:stop.units')}>
        {(id) => (
          <InputNumber
            id={id}
            className="full-width"
            min={0}
            max={100_000}
            precision={0}
            value={units}
            onChange={setUnits}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

function LiftDialog({ stop, close }: { stop: Stop; close: () => void }) {
  const { t } = useTranslation()
  const lift = useCommand(desk.radar.liftStop, { onDone: close })
  return (
    <ReasonDialog
      open
      title={t('radar:stop.liftTitle', { goods: stop.goods })}
      hint={t('radar:stop.liftHint')}
      label={t('radar:stop.liftWhy')}
      confirmLabel={t('radar:stop.lift')}
      error={lift.error}
      busy={lift.isPending}
      onReason={(reason) => lift.mutate({ stopId: stop.id, reason, version: stop.version })}
      onCancel={close}
    />
  )
}
