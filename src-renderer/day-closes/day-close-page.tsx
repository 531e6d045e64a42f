import { CheckOutlined, RollbackOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'

import { rolesToSign } from '../../src-main/day-closes/contract.ts'
import { isBusinessDate } from '../../src-main/foundation/business-date.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SlipPaper } from '../ui/slip-paper.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { countDrafts, useDraft } from '../ui/use-draft.ts'
import { Checks } from './checks.tsx'
import { DayList, DayState } from './day-list.tsx'
import { LateEntries, Money, Slips, Versions } from './figures.tsx'
import { Goods } from './goods.tsx'
import { emptySignatures, Signatures, Signed, type SignatureForm } from './signatures.tsx'
import './day-closes.css'

export type CloseDay = InferClientOutputs<typeof desk>['dayCloses']['open']

interface Notes {
  notes: Record<string, string>
  remark: string
}

const draftOf = (date: string) => `day-close-${date}`

/** 日结: a day's checklist, counts and signatures, and its sheet once it is closed. */
export default function DayClosePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { today } = useStore()
  const [query] = useSearchParams()
  const asked = query.get('date') ?? ''
  const date = isBusinessDate(asked) ? asked : today
  const drafts = countDrafts(draftOf(date))
  const day = useQuery(api.dayCloses.open.queryOptions({ input: { businessDate: date, drafts } }))
  const show = (next: string) => void navigate(paths.dayClose(next), { replace: true })
  if (day.data) {
    return <DayView key={date} day={day.data} drafts={drafts} onDate={show} />
  }
  return (
    <Page title={t('day-closes:title')} back="/">
      <div className="close-page">
        <DayList date={date} onDate={show} />
        <div>
          <PageHeader
            title={t('day-closes:title')}
            facts={[<BusinessDate key="d" date={date} />]}
          />
          {day.error ? <RefusalAlert error={day.error} retry={day.refetch} /> : <LoadingState />}
        </div>
      </div>
    </Page>
  )
}

interface DayViewProps {
  day: CloseDay
  drafts: number
  onDate: (date: string) => void
}

function DayView({ day, drafts, onDate }: DayViewProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { businessDate: date, close } = day
  const [{ notes, remark }, keep, clear] = useDraft<Notes>(draftOf(date), { notes: {}, remark: '' })
  const [signatures, setSignatures] = useState<SignatureForm>(emptySignatures)
  const [reopening, setReopening] = useState(false)
  const command = useCommand(desk.dayCloses.close, {
    onDone: () => {
      clear()
      setSignatures(emptySignatures)
    },
  })
  const submit = () => {
    if (command.isPending) return
    command.mutate({
      businessDate: date,
      ledgerHash: day.ledgerHash,
      drafts,
      remark: remark.trim(),
      notes: day.checks.flatMap(({ kind }) => {
        const note = notes[kind]?.trim() ?? ''
        return note === '' ? [] : [{ kind, note }]
      }),
      signatures: rolesToSign(day.signers).map((role) => ({ role, ...signatures[role] })),
    })
  }
  const actions: Action[] = []
  if (close === null && may('days.close')) {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('day-closes:close'),
      icon: <CheckOutlined />,
      primary: true,
      busy: command.isPending,
      run: submit,
    })
  }
  if (close && may('days.reopen')) {
    actions.push({
      keys: 'Alt+R',
      label: t('day-closes:reopen'),
      icon: <RollbackOutlined />,
      danger: true,
      run: () => setReopening(true),
    })
  }
  return (
    <Page
      title={t('day-closes:title')}
      back="/"
      footer={
        actions.length > 0 ? (
          <ActionBar actions={actions}>
            {close === null ? t('day-closes:hint') : t('day-closes:closedHint')}
          </ActionBar>
        ) : undefined
      }
    >
      <div className="close-page">
        <DayList date={date} onDate={onDate} />
        <div className="close-main">
          <PageHeader
            title={
              <>
                {t('day-closes:title')} <BusinessDate date={date} />
              </>
            }
            mark={<DayState state={day.state} />}
            facts={[
              t('day-closes:lines', { count: day.lines }),
              close ? (
                <span key="by">
                  {t('day-closes:closedBy', { name: close.closedBy })}{' '}
                  <Moment at={close.closedAt} />
                </span>
              ) : null,
              close ? (
                <span key="hash">
                  {t('day-closes:hash')}{' '}
                  <code className="close-hash">{close.hash.slice(0, 16)}</code>
                </span>
              ) : null,
            ]}
          />
          <RefusalAlert error={command.error} />
          <div className={close ? 'close-columns' : 'close-columns close-open'}>
            <div>
              <Checks
                day={day}
                notes={notes}
                onNote={(kind, note) =>
                  keep((now) => ({ ...now, notes: { ...now.notes, [kind]: note } }))
                }
              />
              <Goods day={day} />
              <Slips day={day} />
              <Money day={day} />
              <LateEntries day={day} />
              <Versions day={day} />
            </div>
            <div>
              {close ? (
                <>
                  <Signed day={day} />
                  <SlipPaper
                    formats={['A4', '80mm']}
                    remember="goodwill.day-close-paper"
                    paperOf={(format) => ({ document: 'day_close', businessDate: date, format })}
                    revision={close.hash}
                    label={t('day-closes:paper', { date })}
                  />
                </>
              ) : may('days.close') ? (
                <>
                  <Signatures signers={day.signers} value={signatures} onChange={setSignatures} />
                  <Panel>
                    <Field label={t('day-closes:remark')}>
                      {(id) => (
                        <Input.TextArea
                          id={id}
                          value={remark}
                          maxLength={500}
                          autoSize={{ minRows: 2, maxRows: 5 }}
                          onChange={(event) =>
                            keep((now) => ({ ...now, remark: event.target.value }))
                          }
                        />
                      )}
                    </Field>
                  </Panel>
                </>
              ) : null}
            </div>
          </div>
        </div>
      </div>
      {close ? <ReopenDialog open={reopening} day={day} close={() => setReopening(false)} /> : null}
    </Page>
  )
}

function ReopenDialog({ open, day, close }: { open: boolean; day: CloseDay; close: () => void }) {
  const { t } = useTranslation()
  const reopen = useCommand(desk.dayCloses.reopen, { onDone: close })
  return (
    <ReasonDialog
      open={open}
      danger
      title={t('day-closes:reopen')}
      hint={t('day-closes:reopenHint')}
      label={t('day-closes:why')}
      confirmLabel={t('day-closes:reopen')}
      error={reopen.error}
      busy={reopen.isPending}
      onCancel={close}
      onReason={(reason) =>
        reopen.mutate({
          businessDate: day.businessDate,
          version: day.close?.version ?? 1,
          reason,
        })
      }
    />
  )
}
