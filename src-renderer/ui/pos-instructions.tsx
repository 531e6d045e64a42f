import { BarcodeOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from './business-date.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { KeyCap } from './key-cap.tsx'
import { Money } from './money.tsx'
import { Panel } from './page.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { useStore } from './store-context.ts'
import { Tag } from './tag.tsx'
import { useCommand } from './use-command.ts'

export type PosInstruction = InferClientOutputs<
  typeof desk
>['refunds']['open']['instructions'][number]

const tones = { pending: 'soon', ambiguous: 'risk', settled: 'good', cancelled: 'plain' } as const

/** How far the POS is with one payment. */
export function InstructionState({ state }: { state: PosInstruction['state'] }) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}>{t(`pos-instructions:state.${state}`)}</Tag>
}

/** A case that waits for the till says so beside its own state: it may be closed for the customer all the same. */
export function MoneyPending({ caseId }: { caseId: number }) {
  const { t } = useTranslation()
  const waiting = useQuery(api.posInstructions.ofCase.queryOptions({ input: { caseId } }))
  if (!waiting.data || waiting.data.count === 0) return null
  const { payOut, collect, ambiguous } = waiting.data
  return (
    <Tag tone={ambiguous > 0 ? 'risk' : 'soon'}>
      {t('pos-instructions:moneyPending')} <Money amount={payOut + collect} />
    </Tag>
  )
}

/** True while money of a paper has not been seen moving. */
export function isWaiting({ state }: Pick<PosInstruction, 'state'>): boolean {
  return state === 'pending' || state === 'ambiguous'
}

/** The tender as the clerk calls it. */
export function useTenderName(): (tender: { kind: string; label: string }) => string {
  const { t } = useTranslation()
  return ({ kind, label }) => label || t(`refunds:tender.${kind}`, { defaultValue: kind })
}

interface PosInstructionsProps {
  instructions: readonly PosInstruction[]
  /** The paper is void: nothing is expected any more. */
  isVoid: boolean
}

/** What the POS was told for a paper, and what it answered: on the page of that paper. */
export function PosInstructions({ instructions, isVoid }: PosInstructionsProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [settling, setSettling] = useState(false)
  const nameOf = useTenderName()
  const waiting = instructions.filter(isWaiting)
  const canSettle = waiting.length > 0 && may('instructions.settle')
  useHotkeys([
    {
      keys: 'Alt+P',
      label: t('pos-instructions:settle.title'),
      run: () => setSettling(true),
      when: canSettle,
    },
  ])
  return (
    <Panel className="pos-instructions" title={t('pos-instructions:of.title')}>
      {instructions.length === 0 ? (
        <p className="row-note">{t(`pos-instructions:of.${isVoid ? 'void' : 'none'}`)}</p>
      ) : (
        <ul>
          {instructions.map((each) => (
            <li key={each.id}>
              <span className="pos-instruction-what">
                <strong>{nameOf(each.tender)}</strong>{' '}
                <Money amount={each.amount} currency={each.currency} />
              </span>
              <Link to={paths.instruction(each.number)}>{each.number}</Link>
              <InstructionState state={each.state} />
              <span className="row-note">
                {each.posNumber
                  ? t('pos-instructions:posNumber', { number: each.posNumber })
                  : null}{' '}
                {each.settledOn ? <BusinessDate date={each.settledOn} /> : null}
                {each.cancelReason}
              </span>
            </li>
          ))}
        </ul>
      )}
      {canSettle ? (
        <Button icon={<BarcodeOutlined />} onClick={() => setSettling(true)}>
          {t('pos-instructions:settle.title')} <KeyCap keys="Alt+P" />
        </Button>
      ) : null}
      <SettleDialog
        key={String(settling)}
        open={settling}
        instructions={waiting}
        close={() => setSettling(false)}
      />
    </Panel>
  )
}

interface SettleDialogProps {
  open: boolean
  /** Of one paper. */
  instructions: readonly (Pick<PosInstruction, 'id' | 'version' | 'amount' | 'currency'> & {
    tender: { kind: string; label: string }
  })[]
  close: () => void
}

/** The POS's own number, typed or scanned off its slip. */
export function SettleDialog({ open, instructions, close }: SettleDialogProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { today } = useStore()
  const { may } = useSession()
  const nameOf = useTenderName()
  const [posNumber, setNumber] = useState('')
  const [till, setTill] = useState('')
  const [date, setDate] = useState(today)
  const [reason, setReason] = useState('')
  const settle = useCommand(desk.posInstructions.settleByNumber, {
    onDone: () => {
      close()
      void cache.invalidateQueries()
    },
  })
  return (
    <ConfirmDialog
      open={open}
      title={t('pos-instructions:settle.title')}
      confirmLabel={t('pos-instructions:settle.confirm')}
      busy={settle.isPending}
      unready={posNumber.trim() === ''}
      onConfirm={() =>
        settle.mutate({
          instructions: instructions.map(({ id, version }) => ({ id, version })),
          posNumber: posNumber.trim(),
          till: till.trim(),
          date,
          reason: reason.trim(),
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={settle.error} />
      <p className="why">{t('pos-instructions:settle.hint')}</p>
      <ul className="pos-settling">
        {instructions.map((each) => (
          <li key={each.id}>
            {nameOf(each.tender)} <Money amount={each.amount} currency={each.currency} />
          </li>
        ))}
      </ul>
      <Field label={t('pos-instructions:settle.number')}>
        {(id) => (
          <Input
            id={id}
            value={posNumber}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            data-scan="true"
            onChange={(event) => setNumber(event.target.value)}
          />
        )}
      </Field>
      <div className="field-row">
        <Field
          label={t('pos-instructions:settle.till')}
          hint={t('pos-instructions:settle.tillHint')}
        >
          {(id) => (
            <Input
              id={id}
              value={till}
              maxLength={20}
              autoComplete="off"
              onChange={(event) => setTill(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('pos-instructions:settle.date')}>
          {(id) => (
            <DatePicker
              id={id}
              className="full-width"
              allowClear={false}
              value={dayjs(date)}
              maxDate={dayjs(today)}
              onChange={(day) => day && setDate(day.format('YYYY-MM-DD'))}
            />
          )}
        </Field>
      </div>
      {may('instructions.manage') ? (
        <Field label={t('pos-instructions:settle.reason')}>
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
    </ConfirmDialog>
  )
}
