import { CarOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Refund } from './refund-form.ts'

type Claim = NonNullable<Refund['carrierClaim']>

const tones = { open: 'soon', settled: 'good', dropped: 'plain' } as const

/** What the store advanced for a carrier, until he pays or the claim is given up. */
export function CarrierClaim({ claim }: { claim: Claim }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [closing, setClosing] = useState(false)
  const canClose = claim.state === 'open' && may('refunds.void')
  useHotkeys([
    { keys: 'Alt+F', label: t('refunds:claim.close'), run: () => setClosing(true), when: canClose },
  ])
  return (
    <Panel className="carrier-claim" title={t('refunds:claim.title')}>
      <p>
        <CarOutlined aria-hidden="true" />{' '}
        {[claim.carrier || t('refunds:claim.noCarrier'), claim.waybill].filter(Boolean).join(' · ')}{' '}
        <Tag tone={tones[claim.state]}>{t(`refunds:claim.state.${claim.state}`)}</Tag>
      </p>
      <p>
        {t('refunds:claim.freight')}{' '}
        <Money amount={claim.freightAmount} currency={claim.currency} />
        {' · '}
        {t('refunds:claim.goods')} <Money amount={claim.goodsAmount} currency={claim.currency} />
        {claim.receivedAmount === null ? null : (
          <>
            {' · '}
            {t('refunds:claim.received')}{' '}
            <Money amount={claim.receivedAmount} currency={claim.currency} />
          </>
        )}
      </p>
      <p className="row-note">
        {t('refunds:claim.opened')} <BusinessDate date={claim.openedOn} />
        {claim.note ? <> · {claim.note}</> : null}
      </p>
      {canClose ? (
        <Button size="small" onClick={() => setClosing(true)}>
          {t('refunds:claim.close')} <KeyCap keys="Alt+F" />
        </Button>
      ) : null}
      <CloseDialog claim={claim} open={closing} close={() => setClosing(false)} />
    </Panel>
  )
}

function CloseDialog({ claim, open, close }: { claim: Claim; open: boolean; close: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [received, setReceived] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const settle = useCommand(desk.refunds.settleClaim, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['refunds']] })
    },
  })
  const gotMoney = received !== null && received > 0
  return (
    <ConfirmDialog
      open={open}
      title={t('refunds:claim.closeTitle', { carrier: claim.carrier })}
      confirmLabel={t(gotMoney ? 'refunds:claim.settle' : 'refunds:claim.drop')}
      danger={!gotMoney}
      busy={settle.isPending}
      unready={!gotMoney && note.trim() === ''}
      onConfirm={() =>
        settle.mutate({
          claimId: claim.id,
          outcome: gotMoney ? 'settled' : 'dropped',
          receivedAmount: received ?? 0,
          note: note.trim(),
          version: claim.version,
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={settle.error} />
      <p className="why">{t('refunds:claim.closeHint')}</p>
      <div className="field-row">
        <Field label={t('refunds:claim.received')}>
          {(id) => (
            <MoneyField id={id} className="full-width" value={received} onChange={setReceived} />
          )}
        </Field>
        <Field label={t('refunds:claim.note')}>
          {(id) => (
            <Input
              id={id}
              value={note}
              maxLength={200}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}
