import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import type { InputRef } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Destination } from '../../src-main/goods/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import type { GoodsUnit } from '../ui/goods-unit.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { type ApprovalRequest, useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'

interface MoveDialogProps {
  /** Another destination for what still lies at the desk, or a decision that is carried out. */
  kind: 'redirect' | 'move'
  unit: GoodsUnit
  /** Settled already; null where it is chosen here. */
  to: Destination | null
  choices: readonly Destination[]
  close: () => void
}

const SHORTEST_REASON = 2

/** Where to, by one digit, and why; scrap of some value takes the signature of somebody above. */
export function MoveDialog({ kind, unit, to, choices, close }: MoveDialogProps) {
  const { t } = useTranslation()
  const [chosen, choose] = useState<Destination | null>(to)
  const [reason, setReason] = useState('')
  const [place, setPlace] = useState('')
  const field = useRef<InputRef>(null)
  const isScrap = kind === 'move' && chosen === 'scrap'
  const approval = useScrapApproval(unit, isScrap)
  const redirect = useCommand(desk.goods.redirect, { onDone: close })
  const move = useCommand(desk.goods.move, { onDone: close })
  const asSent = kind === 'move' && unit.state === 'at_desk' && chosen === unit.destination
  const isReady =
    chosen !== null &&
    (asSent || reason.trim().length >= SHORTEST_REASON) &&
    (!isScrap || approval.phase === 'free' || approval.phase === 'granted')
  const submit = () => {
    if (chosen === null) return
    const asked = { unitId: unit.id, to: chosen, reason: reason.trim(), version: unit.version }
    if (kind === 'redirect') redirect.mutate(asked)
    else {
      const { approvalId } = approval
      move.mutate({ ...asked, place: place.trim(), approvalId })
    }
  }
  const title = t(`goods:act.${kind === 'redirect' ? 'redirect' : 'decide'}`)
  return (
    <ConfirmDialog
      open
      width={560}
      title={`${title} · ${unit.name}`}
      confirmLabel={chosen ? t(`goods:destination.${chosen}`) : title}
      danger={chosen === 'scrap'}
      focusField={to !== null}
      busy={redirect.isPending || move.isPending}
      unready={!isReady}
      onConfirm={submit}
      onCancel={close}
    >
      <RefusalAlert error={redirect.error ?? move.error} />
      {to === null ? (
        <Choices
          unit={unit}
          choices={choices}
          chosen={chosen}
          onChoose={(next) => {
            choose(next)
            setTimeout(() => field.current?.focus(), 0)
          }}
        />
      ) : null}
      <Field label={t(asSent ? 'goods:move.note' : 'goods:move.reason')}>
        {(id) => (
          <Input
            id={id}
            ref={field}
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {kind === 'move' ? (
        <Field label={t('goods:move.place')}>
          {(id) => (
            <Input
              id={id}
              value={place}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => setPlace(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {isScrap ? <ApproverBox approval={approval} /> : null}
    </ConfirmDialog>
  )
}

interface ChoicesProps {
  unit: GoodsUnit
  choices: readonly Destination[]
  chosen: Destination | null
  onChoose: (to: Destination) => void
}

/** The ways there are; one that can never be says why. */
function Choices({ unit, choices, chosen, onChoose }: ChoicesProps) {
  const { t, i18n } = useTranslation()
  const ways = choices.filter((each) => unit.state !== 'at_desk' || each !== unit.destination)
  const neverOf = (to: Destination) => unit.never.find(({ destination }) => destination === to)
  useHotkeys(
    ways.map((to, index) => ({
      keys: String(index + 1),
      label: t(`goods:destination.${to}`),
      run: () => onChoose(to),
      when: neverOf(to) === undefined,
    })),
  )
  return (
    <div className="goods-choices" role="group" aria-label={t('goods:move.where')}>
      {ways.map((to, index) => {
        const never = neverOf(to)
        return (
          <button
            key={to}
            type="button"
            className={to === chosen ? 'goods-choice goods-chosen' : 'goods-choice'}
            aria-pressed={to === chosen}
            disabled={never !== undefined}
            onClick={() => onChoose(to)}
          >
            <KeyCap keys={String(index + 1)} /> {t(`goods:destination.${to}`)}
            {never ? (
              <span className="row-note">{i18n.language === 'en' ? never.en : never.zh}</span>
            ) : null}
          </button>
        )
      })}
    </div>
  )
}

/** The signature scrapping takes, where it takes one. */
function useScrapApproval(unit: GoodsUnit, isScrap: boolean) {
  const question = useQuery(
    api.goods.scrapQuestion.queryOptions({ input: { unitId: unit.id }, enabled: isScrap }),
  )
  const { data } = question
  const request: ApprovalRequest | null =
    isScrap && data
      ? {
          kinds: data.kinds,
          amount: data.amount,
          currency: data.currency,
          atLeast: data.atLeast,
          subject: data.subject,
          summary: data.summary,
          caseId: unit.caseId,
        }
      : null
  return useApproval(request)
}
