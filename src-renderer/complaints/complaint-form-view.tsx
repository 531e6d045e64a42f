import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons'
import { App, Input, Radio, Segmented } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { InferClientOutputs } from '@orpc/client'

import { complaintKinds, kindRules } from '../../src-main/complaints/contract.ts'
import { desk } from '../app/client.ts'
import type { About } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { PromiseFields } from '../ui/promise-fields.tsx'
import { dueInstant } from '../ui/promise-form.ts'
import { GoodsWarnings } from '../ui/goods-warnings.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SimilarCases } from '../ui/similar-cases.tsx'
import { useNow } from '../ui/use-now.ts'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { ClassTiles } from './class-tiles.tsx'
import { ComplaintContextBar } from './complaint-context.tsx'
import {
  asksClass,
  contextOf,
  emptyContext,
  findMissing,
  guideSubject,
  isAboutSomething,
  nextKind,
  satisfiedValue,
  startValues,
} from './complaint-form.ts'
import type { ComplaintClass, ComplaintContext, ComplaintValues } from './complaint-form.ts'
import { DetailFields } from './detail-fields.tsx'
import { GuidePanel } from './guide-panel.tsx'
import { RiskField } from './risk-field.tsx'
import { RecordedComplaint } from './recorded-complaint.tsx'
import type { Recorded } from './recorded-complaint.tsx'
import { SatisfiedField } from './satisfied-field.tsx'
import { StatementField } from './statement-field.tsx'

const DRAFT_KEY = 'complaint'

type Hit = NonNullable<InferClientOutputs<typeof desk>['sales']['find']['exact']>

/** What a scan adds to the complaint; null when it names nothing a complaint can be about. */
function contextOfHit(hit: Hit): Partial<ComplaintContext> | null {
  if (hit.kind === 'card') {
    return { cardId: hit.id, receiptId: hit.receiptId, saleLineId: null }
  }
  if (hit.kind === 'customer') return { customerId: hit.id }
  return hit.receiptId === null
    ? null
    : { receiptId: hit.receiptId, saleLineId: null, cardId: null }
}

/** Draft of one complaint at a time; opened from a sale or a card it is about that one. */
function useComplaintDraft(about: About) {
  const { t } = useTranslation()
  const { operator } = useSession()
  const [initial] = useState(() => ({
    ...startValues(t('complaints:promise.usual')),
    ownerId: operator.id,
  }))
  const [values, keep, clear] = useDraft<ComplaintValues>(DRAFT_KEY, initial)
  const change = useCallback(
    (part: Partial<ComplaintValues>) => keep((now) => ({ ...now, ...part })),
    [keep],
  )
  const changeContext = useCallback(
    (part: Partial<ComplaintContext>) =>
      keep((now) => ({ ...now, context: { ...now.context, ...part } })),
    [keep],
  )
  const [asked] = useState(about)
  useEffect(() => {
    if (!isAboutSomething(asked)) return
    const context = contextOf(asked)
    const lineIds = context.saleLineId === null ? [...(asked.lineIds ?? [])] : []
    change({ context, lineIds, caseId: asked.caseId ?? null })
  }, [asked, change])
  return { values, change, changeContext, clear }
}

/** The fifteen-second form: class by digit, one line of text, solved or promised, Ctrl+Enter. */
export function ComplaintForm({ about, close }: { about: About; close: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { timeZone } = useStore()
  const { values, change, changeContext, clear } = useComplaintDraft(about)
  const [tried, setTried] = useState(false)
  const [recorded, setRecorded] = useState<Recorded | null>(null)
  const textField = useRef<HTMLTextAreaElement>(null)

  const record = useCommand(desk.complaints.record, {
    draftKey: DRAFT_KEY,
    onDone: ({ id, number, caseId, repeats }, input) => {
      setRecorded({ id, number, caseId, repeats, outcome: input.outcome })
      clear()
    },
  })
  const dueAt = dueInstant(values.due, values.dueLocal, useNow(), timeZone)
  const missing = findMissing(values, dueAt)
  const shownMissing = tried ? missing : null

  const choose = (next: ComplaintClass) => {
    change({ class: next })
    textField.current?.focus({ preventScroll: true })
  }
  // What was said is done: the notes stay, the fields are asked for.
  const endListening = () => {
    change({ text: textField.current?.value ?? values.text, isListening: false })
  }
  const commit = () => {
    const text = textField.current?.value ?? values.text
    const missing = findMissing({ ...values, text }, dueAt)
    setTried(true)
    if (text !== values.text) change({ text })
    if (missing === 'detail') change({ isFull: true })
    if (missing === 'text') textField.current?.focus()
    if (missing !== null) return
    record.mutate({
      kind: values.kind,
      class: values.class,
      text,
      context: values.context,
      items: { lineIds: values.lineIds },
      contact: values.contact,
      details: values.details,
      risks: values.risks ?? [],
      caseId: values.caseId,
      outcome:
        values.outcome === 'solved'
          ? {
              kind: 'solved',
              solution: values.solution.trim(),
              satisfied: satisfiedValue(values.satisfied),
            }
          : {
              kind: 'open',
              ownerId: values.ownerId ?? 0,
              promise: { text: values.promiseText.trim(), dueAt: dueAt ?? '' },
            },
    })
  }
  useScanner((text) => {
    if (recorded) return true
    desk.sales.find({ text, limit: 1 }).then(
      ({ exact }) => {
        const part = exact ? contextOfHit(exact) : null
        if (part) changeContext(part)
        else
          void message.warning({ key: 'scan', content: t('complaints:context.unknown', { text }) })
      },
      () => void message.error({ key: 'scan', content: t('app:trouble.no_connection') }),
    )
    return true
  })

  if (recorded) {
    const another = () => {
      setRecorded(null)
      setTried(false)
      change({ context: values.context.receiptId ? values.context : emptyContext() })
    }
    return <RecordedComplaint recorded={recorded} close={close} another={another} />
  }
  const statement = (
    <Field
      label={t('complaints:text.label')}
      problem={shownMissing === 'text' ? t('complaints:missing.text') : undefined}
    >
      {(id) => (
        <StatementField
          id={id}
          field={textField}
          value={values.text}
          big={values.isListening}
          placeholder={
            values.isListening ? t('complaints:listen.example') : t('complaints:text.example')
          }
          onKeep={(text) => change({ text })}
        />
      )}
    </Field>
  )
  if (values.isListening) {
    return <Listening statement={statement} field={textField} done={endListening} close={close} />
  }
  const guide = guideSubject(values)
  return (
    <div className={guide ? 'complaint-form-guided' : undefined}>
      <div className="complaint-form">
        <RefusalAlert error={record.error} />
        {values.caseId === null ? null : <p className="why">{t('complaints:record.sameCase')}</p>}
        <Kind values={values} change={change} />
        <ComplaintContextBar context={values.context} onChange={changeContext} />
        <ClassTiles
          value={values.class}
          problem={shownMissing === 'class' ? t('complaints:missing.class') : undefined}
          onChoose={choose}
        />
        {statement}
        <GoodsWarnings
          receiptId={values.context.saleLineId === null ? values.context.receiptId : null}
          saleLineId={values.context.saleLineId}
          cardId={values.context.cardId}
          text={values.text}
        />
        <SimilarCases
          asked={{ ...values.context, text: values.text, class: values.class, except: null }}
        />
        <Outcome values={values} change={change} missing={shownMissing} />
        <RiskField value={values.risks ?? []} onChange={(risks) => change({ risks })} />
        {values.isFull ? (
          <DetailFields
            values={values.details}
            onChange={(part) => change({ details: { ...values.details, ...part } })}
          />
        ) : null}
        <Contact values={values} change={change} />
        <FormKeys
          close={close}
          commit={commit}
          busy={record.isPending}
          toggleOutcome={() => change({ outcome: values.outcome === 'solved' ? 'open' : 'solved' })}
          listen={() => change({ isListening: true })}
          toggleFull={() => change({ isFull: !values.isFull })}
          hint={
            shownMissing ? t(`complaints:missing.${shownMissing}`) : t('complaints:record.draft')
          }
        />
      </div>
      {guide ? <GuidePanel subject={guide} /> : null}
    </div>
  )
}

/** A complaint, or what is none: each kind asks for what it needs. */
function Kind({ values, change }: PartProps) {
  const { t } = useTranslation()
  const choose = (kind: ComplaintValues['kind']) =>
    change({
      kind,
      details: { ...values.details, complainant: kindRules[kind].complainant },
      class: asksClass(kind) ? values.class : null,
    })
  useHotkeys([
    { keys: 'Alt+K', label: t('complaints:kind.title'), run: () => choose(nextKind(values.kind)) },
  ])
  return (
    <div className="kind-row">
      <Segmented
        aria-label={t('complaints:kind.title')}
        value={values.kind}
        options={complaintKinds.map((value) => ({ value, label: t(`complaints:kind.${value}`) }))}
        onChange={choose}
      />
      <KeyCap keys="Alt+K" />
    </div>
  )
}

interface ListeningProps {
  statement: ReactNode
  field: RefObject<HTMLTextAreaElement | null>
  done: () => void
  close: () => void
}

/** The customer is talking: one large field and nothing else. The fields come when they are done. */
function Listening({ statement, field, done, close }: ListeningProps) {
  const { t } = useTranslation()
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus(), 0)
    return () => clearTimeout(timer)
  }, [field])
  return (
    <div className="complaint-form">
      <p className="why">{t('complaints:listen.hint')}</p>
      {statement}
      <ActionBar
        actions={[
          { keys: 'Ctrl+Enter', label: t('complaints:listen.done'), primary: true, run: done },
          { keys: 'Esc', label: t('complaints:record.leave'), run: close },
        ]}
      >
        {t('complaints:record.draft')}
      </ActionBar>
    </div>
  )
}

interface PartProps {
  values: ComplaintValues
  change: (part: Partial<ComplaintValues>) => void
}

function Outcome({
  values,
  change,
  missing,
}: PartProps & { missing: ReturnType<typeof findMissing> }) {
  const { t } = useTranslation()
  return (
    <div className="outcome">
      <fieldset className="field">
        <legend>
          {t(`complaints:outcome.${asksClass(values.kind) ? 'title' : 'titleOther'}`)}{' '}
          <KeyCap keys="F8" />
        </legend>
        <Radio.Group
          optionType="button"
          buttonStyle="solid"
          size="large"
          value={values.outcome}
          onChange={(event) => change({ outcome: event.target.value })}
          options={[
            {
              value: 'solved',
              label: (
                <>
                  <CheckCircleOutlined aria-hidden="true" /> {t('complaints:outcome.solved')}
                </>
              ),
            },
            {
              value: 'open',
              label: (
                <>
                  <ClockCircleOutlined aria-hidden="true" /> {t('complaints:outcome.open')}
                </>
              ),
            },
          ]}
        />
      </fieldset>
      {values.outcome === 'solved' ? (
        <div className="solved-fields">
          <Field label={t('complaints:solution.label')}>
            {(id) => (
              <Input
                id={id}
                value={values.solution}
                maxLength={4000}
                autoComplete="off"
                placeholder={t('complaints:solution.example')}
                onChange={(event) => change({ solution: event.target.value })}
              />
            )}
          </Field>
          <SatisfiedField
            value={values.satisfied}
            onChange={(satisfied) => change({ satisfied })}
          />
        </div>
      ) : (
        <PromiseFields values={values} missing={missing} onChange={change} />
      )}
    </div>
  )
}

function Contact({ values, change }: PartProps) {
  const { t } = useTranslation()
  return (
    <div className="field-row contact-row">
      <Field label={t('complaints:contact.name')}>
        {(id) => (
          <Input
            id={id}
            value={values.contact.name}
            maxLength={40}
            autoComplete="off"
            onChange={(event) =>
              change({ contact: { ...values.contact, name: event.target.value } })
            }
          />
        )}
      </Field>
      <Field label={t('complaints:contact.phone')}>
        {(id) => (
          <Input
            id={id}
            value={values.contact.phone}
            maxLength={40}
            inputMode="tel"
            autoComplete="off"
            onChange={(event) =>
              change({ contact: { ...values.contact, phone: event.target.value } })
            }
          />
        )}
      </Field>
      <p className="why contact-why">{t('complaints:contact.why')}</p>
    </div>
  )
}

interface FormKeysProps {
  close: () => void
  commit: () => void
  toggleOutcome: () => void
  listen: () => void
  toggleFull: () => void
  busy: boolean
  hint: string
}

function FormKeys(props: FormKeysProps) {
  const { close, commit, toggleOutcome, listen, toggleFull, busy, hint } = props
  const { t } = useTranslation()
  useHotkeys([{ keys: 'F8', label: t('complaints:outcome.toggle'), run: toggleOutcome }])
  return (
    <ActionBar
      actions={[
        {
          keys: 'Ctrl+Enter',
          label: t('complaints:record.commit'),
          primary: true,
          busy,
          run: commit,
        },
        { keys: 'Alt+L', label: t('complaints:listen.begin'), run: listen },
        { keys: 'Alt+M', label: t('complaints:detail.more'), run: toggleFull },
        { keys: 'Esc', label: t('complaints:record.leave'), run: close },
      ]}
    >
      {hint}
    </ActionBar>
  )
}
