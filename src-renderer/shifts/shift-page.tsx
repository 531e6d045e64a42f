import { CheckOutlined, RollbackOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

import { formatsOf } from '../../src-main/foundation/paper-formats.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SlipPaper } from '../ui/slip-paper.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { ShiftLists } from './shift-lists.tsx'
import { ShiftState } from './shifts-page.tsx'
import './shifts.css'

type Shift = InferClientOutputs<typeof desk>['shifts']['open']

/** One hand-over as it stood, with its paper; the next shift accepts it here. */
export default function ShiftPage() {
  const { t } = useTranslation()
  const shiftId = Number(useParams()['shiftId'])
  const shift = useQuery(api.shifts.open.queryOptions({ input: { shiftId } }))
  if (shift.data) return <ShiftView shift={shift.data} />
  return (
    <Page title={t('shifts:title')} back={paths.shifts()}>
      <PageHeader title={t('shifts:title')} />
      {shift.error ? <RefusalAlert error={shift.error} /> : <LoadingState />}
    </Page>
  )
}

function ShiftView({ shift }: { shift: Shift }) {
  const { t } = useTranslation()
  const { operator, may } = useSession()
  const [dialog, setDialog] = useState<'accept' | 'withdraw' | null>(null)
  const isWaiting = shift.state === 'given' && may('complaints.record')
  const actions: Action[] = []
  if (isWaiting && operator.id !== shift.givenById) {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('shifts:accept'),
      icon: <CheckOutlined />,
      primary: true,
      run: () => setDialog('accept'),
    })
  }
  if (isWaiting) {
    actions.push({
      keys: 'Alt+Z',
      label: t('shifts:withdraw'),
      icon: <RollbackOutlined />,
      run: () => setDialog('withdraw'),
    })
  }
  return (
    <Page
      title={`${t('shifts:title')} ${shift.number}`}
      back={paths.shifts()}
      footer={actions.length > 0 ? <ActionBar actions={actions}>{null}</ActionBar> : undefined}
    >
      <PageHeader
        title={shift.number}
        mark={<ShiftState state={shift.state} />}
        facts={[
          <BusinessDate key="day" date={shift.businessDate} />,
          <span key="by">
            {t('shifts:waitingBy', { name: shift.givenBy })} <Moment at={shift.givenAt} />
          </span>,
          shift.settledBy && shift.settledAt ? (
            <span key="settled">
              {t(`shifts:state.${shift.state}`)} {shift.settledBy} <Moment at={shift.settledAt} />
            </span>
          ) : null,
          shift.remark || null,
        ]}
      />
      <div className="shift-columns">
        <div>
          {shift.note ? (
            <Panel title={t('shifts:note')}>
              <p className="diary-text">{shift.note}</p>
            </Panel>
          ) : null}
          <ShiftLists lists={shift.lists} />
        </div>
        <SlipPaper
          formats={formatsOf.shift_handover}
          remember="goodwill.shift-paper"
          paperOf={(format) => ({ document: 'shift_handover', shiftId: shift.id, format })}
          revision={String(shift.version)}
          label={t('shifts:paper', { number: shift.number })}
        />
      </div>
      {dialog === 'accept' ? <AcceptDialog shift={shift} close={() => setDialog(null)} /> : null}
      {dialog === 'withdraw' ? (
        <WithdrawDialog shift={shift} close={() => setDialog(null)} />
      ) : null}
    </Page>
  )
}

interface DialogProps {
  shift: Shift
  close: () => void
}

function AcceptDialog({ shift, close }: DialogProps) {
  const { t } = useTranslation()
  const [remark, setRemark] = useState('')
  const accept = useCommand(desk.shifts.accept, { onDone: close })
  return (
    <ConfirmDialog
      open
      title={t('shifts:acceptTitle', { number: shift.number })}
      confirmLabel={t('shifts:accept')}
      busy={accept.isPending}
      onCancel={close}
      onConfirm={() =>
        accept.mutate({ shiftId: shift.id, remark: remark.trim(), version: shift.version })
      }
    >
      <RefusalAlert error={accept.error} />
      <p className="why">{t('shifts:acceptHint')}</p>
      <Field label={t('shifts:remark')}>
        {(id) => (
          <Input
            id={id}
            value={remark}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setRemark(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

function WithdrawDialog({ shift, close }: DialogProps) {
  const { t } = useTranslation()
  const withdraw = useCommand(desk.shifts.withdraw, { onDone: close })
  return (
    <ReasonDialog
      open
      title={t('shifts:withdraw')}
      hint={t('shifts:withdrawHint')}
      label={t('shifts:why')}
      confirmLabel={t('shifts:withdraw')}
      error={withdraw.error}
      busy={withdraw.isPending}
      onCancel={close}
      onReason={(reason) => withdraw.mutate({ shiftId: shift.id, reason, version: shift.version })}
    />
  )
}
