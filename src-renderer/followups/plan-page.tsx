import type { InferClientInputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'

import { complaintClasses, retentions } from '../../src-main/cases/contract.ts'
import { complaintKinds, severities } from '../../src-main/complaints/contract.ts'
import { contactChannels, purposes } from '../../src-main/followups/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import './followups.css'

type Plan = InferClientInputs<typeof desk>['followups']['writePlan']['plan']
type Step = Plan['steps'][number]

const emptyPlan: Plan = {
  name: { zh: '', en: '' },
  purpose: 'contact',
  starts: 'by_hand',
  priority: 40,
  for: {},
  channel: 'phone',
  steps: [{ afterDays: 3, withinDays: 2, ask: [{ zh: '', en: '' }] }],
  retry: { tries: 3, minutesBetween: 180, otherTimeOfDay: true },
}

/** A plan written anew by a manager: follow-ups that are made already keep the one they were made with. */
export default function PlanPage() {
  const { t } = useTranslation()
  const planId = useParams()['planId'] ?? 'new'
  const plans = useQuery(api.followups.plans.queryOptions())
  const found = plans.data?.find((each) => each.planId === planId)
  if (plans.data) {
    return (
      <PlanForm
        key={`${planId} ${found?.version}`}
        planId={found ? planId : null}
        version={found?.version ?? 0}
        plan={found?.plan ?? emptyPlan}
        inUse={found?.inUse ?? true}
      />
    )
  }
  return (
    <Page title={t('followups:view.plans')} back={paths.followUps('plans')}>
      {plans.error ? <RefusalAlert error={plans.error} /> : <LoadingState />}
    </Page>
  )
}

interface FormProps {
  planId: string | null
  version: number
  plan: Plan
  inUse: boolean
}

/** True once every sentence stands in both languages and the days go up. */
function isComplete({ name, steps }: Plan): boolean {
  const has = (words: { zh: string; en: string }) =>
    words.zh.trim() !== '' && words.en.trim() !== ''
  return (
    has(name) &&
    steps.every(({ ask }) => ask.length > 0 && ask.every(has)) &&
    steps.every((step, at) => at === 0 || step.afterDays > (steps[at - 1]?.afterDays ?? 0))
  )
}

function PlanForm({ planId, version, plan: before, inUse: wasInUse }: FormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [plan, setPlan] = useState(before)
  const [inUse, setInUse] = useState(wasInUse)
  const [note, setNote] = useState('')
  const change = (part: Partial<Plan>) => setPlan({ ...plan, ...part })
  const write = useCommand(desk.followups.writePlan, {
    onDone: () => {
      void message.success(t('followups:plan.written'))
      void navigate(paths.followUps('plans'), { replace: true })
    },
  })
  const title = planId === null ? t('followups:plan.new') : t('followups:plan.change')
  const isReady = isComplete(plan) && note.trim().length >= 2
  return (
    <Page
      title={title}
      width="form"
      back={paths.followUps('plans')}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('followups:plan.write'),
              primary: true,
              busy: write.isPending,
              ...(isReady ? {} : { unless: t('followups:plan.incomplete') }),
              run: () => write.mutate({ planId, version, plan, inUse, note: note.trim() }),
            },
          ]}
        />
      }
    >
      <PageHeader title={title} facts={[t('followups:plan.versioned')]} />
      <RefusalAlert error={write.error} />
      <Panel>
        <div className="followup-grid">
          {(['zh', 'en'] as const).map((language) => (
            <Field key={language} label={t(`followups:plan.name_${language}`)}>
              {(id) => (
                <Input
                  id={id}
                  value={plan.name[language]}
                  maxLength={120}
                  autoComplete="off"
                  onChange={(event) =>
                    change({ name: { ...plan.name, [language]: event.target.value } })
                  }
                />
              )}
            </Field>
          ))}
          <Choice
            label={t('followups:plan.purpose')}
            value={plan.purpose}
            options={purposes.map((value) => [value, t(`followups:purpose.${value}`)])}
            onChange={(purpose) => change({ purpose })}
          />
          <Choice
            label={t('followups:plan.channel')}
            value={plan.channel}
            options={contactChannels.map((value) => [value, t(`followups:channel.${value}`)])}
            onChange={(channel) => change({ channel })}
          />
          <Choice
            label={t('followups:plan.starts')}
            value={plan.starts}
            options={(['solved', 'by_hand'] as const).map((value) => [
              value,
              t(`followups:starts.${value}`),
            ])}
            onChange={(starts) => change({ starts })}
          />
          <Whole
            label={t('followups:plan.priority')}
            hint={t('followups:plan.priorityHint')}
            value={plan.priority}
            range={[1, 99]}
            onChange={(priority) => change({ priority })}
          />
        </div>
      </Panel>
      {plan.starts === 'solved' ? (
        <ScopePanel scope={plan.for} onChange={(scope) => change({ for: scope })} />
      ) : null}
      {plan.steps.map((step, at) => (
        <StepPanel
          key={at}
          at={at}
          step={step}
          onChange={(next) =>
            change({ steps: plan.steps.map((each, index) => (index === at ? next : each)) })
          }
          {...(plan.steps.length > 1 && {
            remove: () => change({ steps: plan.steps.filter((_step, index) => index !== at) }),
          })}
        />
      ))}
      {plan.steps.length < 6 ? (
        <Button
          onClick={() => {
            const last = plan.steps.at(-1)?.afterDays ?? 0
            const fresh = { afterDays: last + 7, withinDays: 2, ask: [{ zh: '', en: '' }] }
            change({ steps: [...plan.steps, fresh] })
          }}
        >
          {t('followups:plan.addStep')}
        </Button>
      ) : null}
      <Panel title={t('followups:plan.retry')}>
        <div className="followup-grid">
          <Whole
            label={t('followups:plan.mostTries')}
            value={plan.retry.tries}
            range={[1, 9]}
            onChange={(tries) => change({ retry: { ...plan.retry, tries } })}
          />
          <Whole
            label={t('followups:plan.minutesBetween')}
            value={plan.retry.minutesBetween}
            range={[30, 10_080]}
            onChange={(minutesBetween) => change({ retry: { ...plan.retry, minutesBetween } })}
          />
        </div>
        <Checkbox
          checked={plan.retry.otherTimeOfDay}
          onChange={(event) =>
            change({ retry: { ...plan.retry, otherTimeOfDay: event.target.checked } })
          }
        >
          {t('followups:plan.otherTime')}
        </Checkbox>
      </Panel>
      <Panel>
        <Checkbox checked={inUse} onChange={(event) => setInUse(event.target.checked)}>
          {t('followups:plan.inUse')}
        </Checkbox>
        <Field label={t('followups:plan.why')}>
          {(id) => (
            <Input
              id={id}
              value={note}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </Panel>
    </Page>
  )
}

function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: Value
  options: readonly (readonly [Value, string])[]
  onChange: (value: Value) => void
}) {
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          className="full-width"
          value={value}
          options={options.map(([each, words]) => ({ value: each, label: words }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

function Whole({
  label,
  hint,
  value,
  range: [min, max],
  onChange,
}: {
  label: string
  hint?: string
  value: number
  range: readonly [number, number]
  onChange: (value: number) => void
}) {
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <InputNumber
          id={id}
          className="full-width"
          min={min}
          max={max}
          precision={0}
          value={value}
          onChange={(next) => next !== null && onChange(next)}
        />
      )}
    </Field>
  )
}

type Scope = Plan['for']

/** For which complaints a plan begins by itself; what is empty holds for all. */
function ScopePanel({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const { t } = useTranslation()
  const lists = [
    ['kinds', complaintKinds, 'kind'],
    ['classes', complaintClasses, 'class'],
    ['severities', severities, 'severity'],
    ['retention', retentions, 'retention'],
  ] as const
  const set = (name: string, values: readonly string[]) => {
    const { [name as keyof Scope]: _gone, ...rest } = scope
    onChange((values.length > 0 ? { ...rest, [name]: [...values] } : rest) as Scope)
  }
  return (
    <Panel title={t('followups:plan.for')}>
      <div className="followup-grid">
        {lists.map(([name, values, words]) => (
          <Field key={name} label={t(`followups:plan.${name}`)}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                mode="multiple"
                value={[...(scope[name] ?? [])]}
                options={values.map((value) => ({
                  value,
                  label: t(`complaints:${words}.${value}`),
                }))}
                onChange={(next: string[]) => set(name, next)}
              />
            )}
          </Field>
        ))}
        <Field label={t('followups:plan.goods')} wide>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              mode="tags"
              open={false}
              value={[...(scope.goods ?? [])]}
              onChange={(next: string[]) => set('goods', next)}
            />
          )}
        </Field>
      </div>
    </Panel>
  )
}

/** Lines of two languages side by side: what stands in one line of both is one sentence. */
function StepPanel({
  at,
  step,
  onChange,
  remove,
}: {
  at: number
  step: Step
  onChange: (step: Step) => void
  remove?: () => void
}) {
  const { t } = useTranslation()
  const linesOf = (language: 'zh' | 'en') => step.ask.map((each) => each[language]).join('\n')
  const write = (language: 'zh' | 'en', typed: string) => {
    const other = language === 'zh' ? 'en' : 'zh'
    const lines = typed.split('\n').slice(0, 6)
    const count = Math.max(lines.length, step.ask.filter((each) => each[other] !== '').length)
    const ask = Array.from({ length: count }, (_each, index) => ({
      zh: '',
      en: '',
      [language]: lines[index] ?? '',
      [other]: step.ask[index]?.[other] ?? '',
    }))
    onChange({ ...step, ask })
  }
  return (
    <Panel
      title={t('followups:plan.step', { step: at + 1 })}
      extra={
        remove ? (
          <Button size="small" onClick={remove}>
            {t('followups:plan.removeStep')}
          </Button>
        ) : undefined
      }
    >
      <div className="followup-grid">
        <Whole
          label={t('followups:plan.afterDays')}
          value={step.afterDays}
          range={[0, 1100]}
          onChange={(afterDays) => onChange({ ...step, afterDays })}
        />
        <Whole
          label={t('followups:plan.withinDays')}
          value={step.withinDays}
          range={[0, 60]}
          onChange={(withinDays) => onChange({ ...step, withinDays })}
        />
        {(['zh', 'en'] as const).map((language) => (
          <Field key={language} label={t(`followups:plan.ask_${language}`)}>
            {(id) => (
              <Input.TextArea
                id={id}
                value={linesOf(language)}
                autoSize={{ minRows: 2, maxRows: 6 }}
                onChange={(event) => write(language, event.target.value)}
              />
            )}
          </Field>
        ))}
      </div>
    </Panel>
  )
}
