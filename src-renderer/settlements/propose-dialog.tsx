import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'

import { liableParties } from '../../src-main/investigations/contract.ts'
import {
  itemKinds,
  moneyKinds,
  mostItems,
  mostOptions,
  payHows,
} from '../../src-main/settlements/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { type OptionDraft, type RemedyDialogProps, useRefresh } from './remedy.ts'

type Kind = (typeof itemKinds)[number]

interface ItemDraft {
  kind: Kind
  what: string
  amount: number | null
  borneBy: (typeof liableParties)[number]
  borneName: string
  payHow: (typeof payHows)[number]
  outlayId: number | null
}

interface Draft {
  title: string
  items: ItemDraft[]
}

const isMoney = (kind: Kind) => moneyKinds.some((each) => each === kind)
const isLinked = (kind: Kind) => !isMoney(kind) && kind !== 'apology' && kind !== 'other'

/** Options as the desk takes them; null while something is still to be filled in. */
function optionsOf(drafts: readonly Draft[]): OptionDraft[] | null {
  const isWhole = drafts.every(
    ({ title, items }) =>
      title.trim().length >= 2 &&
      items.every(
        ({ kind, amount, what, outlayId }) =>
          (!isMoney(kind) || (amount !== null && amount > 0)) &&
          (kind !== 'other' || what.trim() !== '') &&
          (kind !== 'reimbursement' || outlayId !== null),
      ),
  )
  if (!isWhole) return null
  return drafts.map(({ title, items }) => ({
    title: title.trim(),
    items: items.map((item) => ({
      kind: item.kind,
      what: item.what.trim(),
      amount: isMoney(item.kind) || isLinked(item.kind) ? (item.amount ?? 0) : 0,
      borneBy: item.borneBy,
      borneName: item.borneName.trim(),
      payHow: isMoney(item.kind) ? item.payHow : null,
      outlayId: item.kind === 'reimbursement' ? item.outlayId : null,
    })),
  }))
}

/** One option or several, with what each consists of; beyond the clerk's authority the approver signs in place. */
export function ProposeDialog({ complaintId, found, settling, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const [latest] = settling.settlements
  const isOver = !latest || ['executed', 'failed', 'void'].includes(latest.state)
  const causes = useQuery(api.investigations.causes.queryOptions({ staleTime: Infinity }))
  const usual = causes.data?.find(({ id }) => id === found.cause)?.party ?? 'store'
  const share = found.split?.shares.find(({ amount }) => amount > 0)
  const freshItem = (kind: Kind): ItemDraft => ({
    kind,
    what: '',
    amount: null,
    borneBy: share?.party ?? (usual === 'customer' ? 'store' : usual),
    borneName: share?.name ?? '',
    payHow: 'cash',
    outlayId: null,
  })
  const draftKey = `propose-${complaintId}-${isOver ? 0 : latest.version}`
  const [drafts, keep, clear] = useDraft<Draft[]>(draftKey, [
    { title: '', items: [freshItem('compensation')] },
  ])
  const options = optionsOf(drafts)
  const approval = useProposalApproval(complaintId, options, settling)
  const refresh = useRefresh(close)
  const propose = useCommand(desk.settlements.propose, {
    draftKey,
    onDone: () => {
      clear()
      refresh()
    },
  })
  const change = (at: number, part: Partial<Draft>) =>
    keep(drafts.map((each, index) => (index === at ? { ...each, ...part } : each)))
  const addOption = () => keep([...drafts, { title: '', items: [freshItem('compensation')] }])
  return (
    <ConfirmDialog
      open
      width={980}
      title={t(`settlements:plan.${isOver ? 'propose' : 'again'}`)}
      confirmLabel={t('settlements:plan.tell')}
      busy={propose.isPending}
      unready={!approval.isReady}
      onCancel={close}
      onConfirm={() =>
        options &&
        propose.mutate({
          complaintId,
          options,
          approvalId: approval.control.approvalId,
          version: isOver ? 0 : latest.version,
        })
      }
    >
      <ProposeKeys
        addOption={addOption}
        addItem={() => {
          const last = drafts.at(-1)
          if (last) change(drafts.length - 1, { items: [...last.items, freshItem('apology')] })
        }}
        mayOption={drafts.length < mostOptions}
        mayItem={(drafts.at(-1)?.items.length ?? 0) < mostItems}
      />
      <RefusalAlert error={propose.error ?? approval.error} />
      {drafts.map((draft, index) => (
        <fieldset key={index} className="option-form">
          <legend>{t('settlements:plan.option', { no: index + 1 })}</legend>
          <div className="option-title">
            <Field label={t('settlements:plan.optionTitle')}>
              {(id) => (
                <Input
                  id={id}
                  value={draft.title}
                  maxLength={80}
                  autoComplete="off"
                  placeholder={t('settlements:plan.optionExample')}
                  onChange={(event) => change(index, { title: event.target.value })}
                />
              )}
            </Field>
            {drafts.length > 1 ? (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('settlements:plan.removeOption', { no: index + 1 })}
                onClick={() => keep(drafts.filter((_draft, at) => at !== index))}
              />
            ) : null}
          </div>
          {draft.items.map((item, at) => (
            <ItemFields
              key={at}
              no={at + 1}
              item={item}
              outlays={found.outlays.filter(({ voided, paidBack }) => !voided && !paidBack)}
              onChange={(part) =>
                change(index, {
                  items: draft.items.map((each, place) =>
                    place === at ? { ...each, ...part } : each,
                  ),
                })
              }
              {...(draft.items.length > 1 && {
                onRemove: () =>
                  change(index, { items: draft.items.filter((_item, place) => place !== at) }),
              })}
            />
          ))}
          {draft.items.length < mostItems ? (
            <Button
              size="small"
              icon={<PlusOutlined />}
              onClick={() => change(index, { items: [...draft.items, freshItem('apology')] })}
            >
              {t('settlements:plan.addItem')}{' '}
              {index === drafts.length - 1 ? <KeyCap keys="Alt+N" /> : null}
            </Button>
          ) : null}
        </fieldset>
      ))}
      {drafts.length < mostOptions ? (
        <Button size="small" icon={<PlusOutlined />} onClick={addOption}>
          {t('settlements:plan.addOption')} <KeyCap keys="Alt+M" />
        </Button>
      ) : null}
      <div className="dialog-gap">
        <ApproverBox approval={approval.control} />
      </div>
    </ConfirmDialog>
  )
}

function ProposeKeys(props: {
  addOption: () => void
  addItem: () => void
  mayOption: boolean
  mayItem: boolean
}) {
  const { t } = useTranslation()
  useHotkeys([
    {
      keys: 'Alt+N',
      label: t('settlements:plan.addItem'),
      when: props.mayItem,
      run: props.addItem,
    },
    {
      keys: 'Alt+M',
      label: t('settlements:plan.addOption'),
      when: props.mayOption,
      run: props.addOption,
    },
  ])
  return null
}

/** Follows the approval these very options may need; the desk says which kinds they are. */
function useProposalApproval(
  complaintId: number,
  options: OptionDraft[] | null,
  { caseId, currency }: RemedyDialogProps['settling'],
) {
  // Typing goes first: the desk is asked about what stands when the hand rests.
  const asked = useDeferredValue(JSON.stringify(options))
  const subject = useQuery(
    api.settlements.subject.queryOptions({
      input: { complaintId, options: (JSON.parse(asked) as OptionDraft[] | null) ?? [] },
      enabled: options !== null && asked !== 'null',
      retry: false,
    }),
  )
  const isSettled = asked === JSON.stringify(options) && subject.data !== undefined
  const isFree = isSettled && subject.data.kinds.length === 0
  const control = useApproval(
    options && isSettled && !isFree
      ? {
          kinds: subject.data.kinds,
          amount: subject.data.amount,
          currency,
          subject: subject.data,
          summary: subject.data.summary,
          caseId,
        }
      : null,
  )
  const mayGo = isFree || control.phase === 'free' || control.phase === 'granted'
  return {
    control,
    error: options === null ? null : subject.error,
    isReady: options !== null && isSettled && mayGo,
  }
}

interface ItemFieldsProps {
  no: number
  item: ItemDraft
  outlays: RemedyDialogProps['found']['outlays']
  onChange: (part: Partial<ItemDraft>) => void
  onRemove?: () => void
}

function ItemFields({ no, item, outlays, onChange, onRemove }: ItemFieldsProps) {
  const { t } = useTranslation()
  const { kind } = item
  const isPaid = isMoney(kind)
  const label = (name: string) => `${t(`settlements:item.${name}`)} ${no}`
  const hows = payHows.filter((how) => how !== 'voucher' || kind === 'goodwill')
  return (
    <div className="item-form">
      <Select
        aria-label={label('kind')}
        value={kind}
        options={itemKinds
          .filter((each) => each !== 'reimbursement' || outlays.length > 0)
          .map((value) => ({ value, label: t(`settlements:kind.${value}`) }))}
        onChange={(next) => onChange({ kind: next, outlayId: null, payHow: 'cash' })}
      />
      {kind === 'reimbursement' ? (
        <Select
          aria-label={label('outlay')}
          placeholder={t('settlements:item.outlay')}
          value={item.outlayId}
          options={outlays.map(({ id, what }) => ({ value: id, label: what }))}
          onChange={(outlayId) => {
            const outlay = outlays.find(({ id }) => id === outlayId)
            onChange({ outlayId, amount: outlay?.amount ?? null, what: outlay?.what ?? '' })
          }}
        />
      ) : (
        <Input
          aria-label={label('what')}
          placeholder={t('settlements:item.what')}
          value={item.what}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onChange({ what: event.target.value })}
        />
      )}
      {isPaid || isLinked(kind) ? (
        <MoneyField
          aria-label={label('amount')}
          placeholder={t('settlements:item.amount')}
          value={item.amount}
          onChange={(amount) => onChange({ amount })}
        />
      ) : (
        <span />
      )}
      {isPaid ? (
        <Select
          aria-label={label('pay')}
          value={item.payHow}
          options={hows.map((value) => ({ value, label: t(`settlements:pay.${value}`) }))}
          onChange={(payHow) => onChange({ payHow })}
        />
      ) : (
        <span />
      )}
      <Select
        aria-label={label('party')}
        value={item.borneBy}
        options={liableParties
          .filter((each) => each !== 'customer')
          .map((value) => ({
            value,
            label: t('settlements:plan.borneBy', { party: t(`settlements:party.${value}`) }),
          }))}
        onChange={(borneBy) => onChange({ borneBy })}
      />
      {item.borneBy === 'store' ? (
        <span />
      ) : (
        <Input
          aria-label={label('partyName')}
          placeholder={t('settlements:split.name')}
          value={item.borneName}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => onChange({ borneName: event.target.value })}
        />
      )}
      {onRemove ? (
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={label('remove')}
          onClick={onRemove}
        />
      ) : (
        <span />
      )}
    </div>
  )
}
