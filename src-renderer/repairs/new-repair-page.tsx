import { CloseOutlined, PlusOutlined, ToolOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import type { GetRef, Input } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { type About, paths, readAbout } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { isWritingIn } from '../input/writing.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { GoodsWarnings } from '../ui/goods-warnings.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { printPapers } from '../ui/print-papers.ts'
import { describeTrouble, RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useAnswers } from '../ui/use-answers.ts'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useNow } from '../ui/use-now.ts'
import { useSubject } from '../ui/use-subject.ts'
import { AddGoodsDialog } from './add-goods-dialog.tsx'
import {
  askOfItem,
  broughtOf,
  itemElsewhere,
  itemOfUnit,
  type IntakeValues,
  type ItemValues,
  missingOf,
  startItems,
  unitKey,
} from './intake-form.ts'
import { IntakeSide } from './intake-side.tsx'
import { ItemFields } from './item-fields.tsx'
import { ConsentFields, QuoteFields } from './quote-fields.tsx'
import { paperOf, readFormat, readIntakePapers } from './papers.ts'
import { type Draft, dueInstant } from './repair.ts'
import { type Brought, type Decision, freezeDecision, useDecisions } from './verdict.ts'
import { VerdictBox } from './verdict-box.tsx'
import './repairs.css'

/** F7: what is brought, what is wrong with it, who pays, and what the customer is promised; one screen, one ticket. */
export default function NewRepairPage() {
  const { t } = useTranslation()
  const [query] = useSearchParams()
  const about = useMemo(() => readAbout(query), [query])
  const draft = useQuery(
    api.repairs.draft.queryOptions({
      input: {
        receiptId: about.receiptId ?? null,
        cardId: about.cardId ?? null,
        proofSetId: about.proofSetId ?? null,
      },
    }),
  )
  useSubject(about)
  if (draft.data) {
    const { receipt, proven } = draft.data
    const key = receipt ? receipt.id : `proven-${proven?.proofSetId ?? 0}`
    return <IntakeForm key={key} draft={draft.data} about={about} />
  }
  return (
    <Page title={t('repairs:intake.title')}>
      <PageHeader title={t('repairs:intake.title')} />
      {draft.error ? <RefusalAlert error={draft.error} /> : <LoadingState />}
    </Page>
  )
}

/** The decision of an item as it was written down, so that a second try uses the same. */
type Frozen = Map<string, { said: string; id: number | null }>

async function freezeOnce(
  frozen: Frozen,
  item: ItemValues,
  brought: Brought,
  decision: Decision,
): Promise<number | null> {
  const said = JSON.stringify([brought, decision.answer, decision.owes])
  const before = frozen.get(item.key)
  if (before?.said === said) return before.id
  const id = await freezeDecision(brought, decision)
  frozen.set(item.key, { said, id })
  return id
}

function useFormerOf(draft: Draft, items: readonly ItemValues[]) {
  const typed = items.find((item) => item.saleLineId === null)?.serialNo.trim() ?? ''
  const former = useQuery(
    api.repairs.formerOf.queryOptions({ input: { serialNo: typed }, enabled: typed.length >= 3 }),
  )
  return (item: ItemValues) =>
    item.saleLineId === null
      ? item.serialNo.trim() === typed
        ? (former.data ?? null)
        : null
      : (draft.units.find((unit) => unitKey(unit) === item.key)?.former ?? null)
}

function IntakeForm({ draft, about }: { draft: Draft; about: About }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { operator, may } = useSession()
  const { timeZone } = useStore()
  const { receipt, proven } = draft
  const draftKey = receipt
    ? `repair-for-sale-${receipt.id}`
    : proven
      ? `repair-for-proofs-${proven.proofSetId}`
      : 'repair-elsewhere'
  const soldOn = receipt?.businessDate ?? proven?.soldOn ?? ''
  const lineIds = about.lineIds ?? []
  const [initial] = useState<IntakeValues>(() => ({
    askedLines: lineIds.join(','),
    items: startItems(draft, lineIds),
    at: 0,
    contact: draft.contact,
    received: true,
    promiseText: t('repairs:intake.promiseUsual'),
    ownerId: operator.id,
    dueOn: draft.promiseOn,
    loanUnitId: null,
    loanCondition: '',
    note: '',
    signature: null,
  }))
  const [kept, keep, clear] = useDraft<IntakeValues>(draftKey, initial)
  const follow = (now: IntakeValues): IntakeValues =>
    now.askedLines === initial.askedLines
      ? now
      : { ...now, askedLines: initial.askedLines, items: initial.items, at: 0 }
  const values = follow(kept)
  const change = (part: Partial<IntakeValues> | ((now: IntakeValues) => Partial<IntakeValues>)) =>
    keep((before) => {
      const now = follow(before)
      return { ...now, ...(typeof part === 'function' ? part(now) : part) }
    })
  // A password has no place in a draft.
  const [notes, setNotes] = useState<Record<string, string>>({})
  const [isAdding, setAdding] = useState(values.items.length === 0)
  const current = values.items[values.at]
  const changeItem = (part: Partial<ItemValues>) =>
    change((now) => ({
      items: now.items.map((item, at) => (at === now.at ? { ...item, ...part } : item)),
    }))
  const add = (item: ItemValues) => {
    change((now) => ({ items: [...now.items, item], at: now.items.length }))
    setAdding(false)
  }
  const remove = (at: number) =>
    change((now) => ({ items: now.items.filter((_, index) => index !== at), at: 0 }))

  const formerOf = useFormerOf(draft, values.items)
  const brought = values.items.map((item) =>
    broughtOf(item, item.saleLineId === null ? (formerOf(item)?.itemId ?? null) : null),
  )
  // Answers about proven goods are kept under a number no sale has.
  const asked = useAnswers(receipt?.id ?? -(proven?.proofSetId ?? 0))
  const decisions = useDecisions(brought, asked.answers, asked.putOff)
  const decision = decisions[values.at]

  const frozen = useRef<Frozen>(new Map())
  const [freezing, setFreezing] = useState(false)
  const [freezeError, setFreezeError] = useState<unknown>(null)
  const intake = useCommand(desk.repairs.intake, {
    draftKey,
    onDone: ({ id }) => {
      clear()
      void navigate(paths.repair(id, { done: true }), { replace: true })
      if (!values.received || !may('papers.print')) return
      // What is taken in stays so, whatever the printer does: F9 prints it again.
      printPapers(readIntakePapers().map((kind) => paperOf(kind, id, readFormat(kind)))).catch(
        (error: unknown) => void message.error(describeTrouble(error, t)),
      )
    },
  })
  const dueAt = dueInstant(values.dueOn, useNow(), timeZone)
  const missing = missingOf(values, decisions, dueAt)
  const settled = decisions.every((each) => each.settled)
  const busy = freezing || intake.isPending
  const send = async () => {
    if (busy || missing !== null || values.ownerId === null || dueAt === null) return
    setFreezing(true)
    setFreezeError(null)
    try {
      const items = []
      for (const [index, item] of values.items.entries()) {
        const own = decisions[index]
        const goods = brought[index]
        const rightsId = own && goods ? await freezeOnce(frozen.current, item, goods, own) : null
        const former = item.saleLineId === null ? formerOf(item) : null
        items.push({
          ...askOfItem(item, own, { privateNote: notes[item.key] ?? '', rightsId }),
          formerItemId: former?.itemId ?? null,
        })
      }
      intake.mutate({
        items,
        contact: values.contact,
        received: values.received,
        promise: { ownerId: values.ownerId, text: values.promiseText.trim(), dueAt },
        loan:
          values.loanUnitId === null
            ? null
            : { loanUnitId: values.loanUnitId, condition: values.loanCondition.trim() },
        note: values.note.trim(),
        signature: values.signature,
        caseId: about.caseId ?? null,
      })
    } catch (error) {
      setFreezeError(error)
    } finally {
      setFreezing(false)
    }
  }

  const faultField = useRef<GetRef<typeof Input.TextArea>>(null)
  const isAsking = decision?.open != null
  // Digits answer first; when nothing is asked any more the clerk types. Who types elsewhere already goes on there.
  useEffect(() => {
    if (isAsking || !settled || isAdding || isWritingIn(document.querySelector('main'))) return
    faultField.current?.focus({ preventScroll: true })
  }, [isAsking, settled, isAdding, values.at])

  const unless = missing ? t(`repairs:missing.${missing.what}`) : undefined
  const goToMissing = () => {
    if (missing && missing.at !== values.at) change({ at: missing.at })
    if (missing?.what === 'fault') faultField.current?.focus()
  }
  useHotkeys([
    { keys: 'Alt+E', label: t('repairs:intake.add'), run: () => setAdding(true) },
    {
      keys: 'Alt+T',
      label: t('repairs:intake.next'),
      when: values.items.length > 1,
      run: () => change((now) => ({ at: (now.at + 1) % now.items.length })),
    },
  ])
  return (
    <Page
      title={t('repairs:intake.title')}
      back={
        receipt
          ? paths.sale(receipt.id)
          : proven
            ? paths.proofs(proven.proofSetId)
            : paths.repairs()
      }
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('repairs:intake.commit'),
              icon: <ToolOutlined />,
              primary: true,
              busy,
              unless: unless ?? (settled ? undefined : t('repairs:intake.counting')),
              lead: goToMissing,
              run: () => void send(),
            },
          ]}
        >
          {unless ?? t('repairs:intake.ready')}
        </ActionBar>
      }
    >
      <PageHeader
        title={t('repairs:intake.title')}
        facts={[
          receipt ? (
            <Link key="sale" to={paths.sale(receipt.id)}>
              {t('refunds:ofReceipt', { number: receipt.receiptNo })}
            </Link>
          ) : proven ? (
            <Link key="proofs" to={paths.proofs(proven.proofSetId)}>
              {t('repairs:intake.proven')}
            </Link>
          ) : (
            t('repairs:intake.elsewhere')
          ),
          soldOn ? <BusinessDate key="date" date={soldOn} distance="ago" /> : null,
        ]}
      />
      <GoodsWarnings receiptId={about.receiptId ?? null} cardId={about.cardId ?? null} />
      <RefusalAlert error={intake.error ?? freezeError} />
      <ItemTabs
        values={values}
        decisions={decisions}
        onChoose={(at) => change({ at })}
        onRemove={remove}
        onAdd={() => setAdding(true)}
      />
      {current && decision ? (
        <div className="repair-columns">
          <Panel>
            <FormerNote item={current} draft={draft} former={formerOf(current)} />
            <ItemFields
              key={current.key}
              item={current}
              privateNote={notes[current.key] ?? ''}
              faultField={faultField}
              onChange={changeItem}
              onPrivateNote={(text) => setNotes((now) => ({ ...now, [current.key]: text }))}
            />
          </Panel>
          <div>
            <VerdictBox
              decision={decision}
              soldOn={soldOn}
              onAnswer={(answer) =>
                asked.say(answer, current.saleLineId === null ? [] : [current.saleLineId])
              }
              onPutOff={asked.putOffQuestion}
              onUndo={asked.undo}
            />
            {decision.owes === 'paid' ? (
              <Panel title={t('repairs:quote.title')}>
                <QuoteFields
                  values={current.quote}
                  onChange={(part) => changeItem({ quote: { ...current.quote, ...part } })}
                />
                <ConsentFields
                  values={current.consent}
                  onChange={(part) =>
                    changeItem({
                      consent: {
                        ...current.consent,
                        by: current.consent.by || values.contact.name,
                        ...part,
                      },
                    })
                  }
                />
              </Panel>
            ) : null}
            <IntakeSide values={values} usual={draft.settings.promiseDays} onChange={change} />
          </div>
        </div>
      ) : (
        <EmptyState
          icon={<ToolOutlined />}
          title={t('repairs:intake.nothing')}
          hint={t('repairs:intake.nothingHint')}
        />
      )}
      {isAdding ? (
        <AddGoodsDialog
          draft={draft}
          items={values.items}
          onUnit={(unit) => add(itemOfUnit(unit))}
          onElsewhere={() => add(itemElsewhere(values.items))}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </Page>
  )
}

interface ItemTabsProps {
  values: IntakeValues
  decisions: readonly Decision[]
  onChoose: (at: number) => void
  onRemove: (at: number) => void
  onAdd: () => void
}

const verdictTones = { free: 'good', paid: 'soon', undecided: 'plain' } as const

/** What is on the ticket; Alt+T goes to the next, Alt+E adds one. */
function ItemTabs({ values, decisions, onChoose, onRemove, onAdd }: ItemTabsProps) {
  const { t } = useTranslation()
  return (
    <div className="repair-tabs" role="group" aria-label={t('repairs:intake.goods')}>
      {values.items.map((item, at) => (
        <span
          key={item.key}
          className={at === values.at ? 'repair-tab repair-tab-current' : 'repair-tab'}
        >
          <button type="button" aria-pressed={at === values.at} onClick={() => onChoose(at)}>
            <span className="repair-tab-name">
              {item.name || t('repairs:intake.elsewhere')}
              {item.unitNo !== null && item.unitNo > 1
                ? ` · ${t('repairs:intake.unitNo', { no: item.unitNo })}`
                : ''}
            </span>
            <Tag tone={verdictTones[decisions[at]?.owes ?? 'undecided']}>
              {t(`repairs:verdict.${decisions[at]?.owes ?? 'undecided'}`)}
            </Tag>
          </button>
          {values.items.length > 1 ? (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={`${t('repairs:intake.remove')} ${item.name}`}
              onClick={() => onRemove(at)}
            />
          ) : null}
        </span>
      ))}
      <Button icon={<PlusOutlined />} aria-keyshortcuts="Alt+E" onClick={onAdd}>
        {t('repairs:intake.add')} <KeyCap keys="Alt+E" />
      </Button>
      {values.items.length > 1 ? (
        <span className="row-note">
          {t('repairs:intake.next')} <KeyCap keys="Alt+T" />
        </span>
      ) : null}
    </div>
  )
}

type Former = NonNullable<Draft['units'][number]['former']>

/** What was repaired before: a repair that did not hold is free, and counts. */
function FormerNote({
  item,
  draft,
  former,
}: {
  item: ItemValues
  draft: Draft
  former: Former | null
}) {
  const { t } = useTranslation()
  const unit = draft.units.find((each) => unitKey(each) === item.key)
  if (!former) return null
  return (
    <p className="repair-former" role="note">
      {former.isRefailure ? <Tag tone="soon">{t('repairs:intake.refailure')}</Tag> : null}{' '}
      <Link to={paths.repair(former.repairId)}>
        {t('repairs:intake.former', {
          number: former.number,
          days: former.daysSince,
          fault: former.actualFault || t(`repairs:outcome.${former.outcome}`),
        })}
      </Link>
      {unit && unit.failedRepairs > 0 ? (
        <>
          {' · '}
          <strong>{t('repairs:intake.failed', { count: unit.failedRepairs })}</strong>
        </>
      ) : null}
    </p>
  )
}
