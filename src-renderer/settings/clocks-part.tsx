import { DeleteOutlined, PlusOutlined, SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { complaintClasses } from '../../src-main/complaints/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useTongue } from '../ui/use-tongue.ts'

type House = InferClientOutputs<typeof desk>['clocks']['house']
type Target = House['targets'][number]
type Rule = House['rules'][number]

/** How long the store gives itself to answer and to carry out, and who is told when: the law's lines stay as they are. */
export function ClocksPart() {
  const house = useQuery(api.clocks.house.queryOptions())
  return (
    <>
      <RefusalAlert error={house.error} />
      {house.isLoading ? <LoadingState /> : null}
      {house.data ? <ClocksForm key={house.data.version} house={house.data} /> : null}
    </>
  )
}

const isWhole = ({ class: of, severity }: Target) => of === null && severity === null

function ClocksForm({ house }: { house: House }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [targets, setTargets] = useState(house.targets)
  const [ladders, setLadders] = useState(house.ladders)
  const [reason, setReason] = useState('')
  const change = useCommand(desk.clocks.changeHouse, {
    onDone: () => void message.success(t('settings:saved')),
  })
  const isReady = reason.trim().length >= 2 && !change.isPending
  const save = () =>
    isReady && change.mutate({ targets, ladders, reason: reason.trim(), version: house.version })
  useHotkeys([{ keys: 'Ctrl+Enter', label: t('settings:save'), run: save }])
  return (
    <>
      <RefusalAlert error={change.error} />
      <Targets rules={house.rules} targets={targets} onChange={setTargets} />
      <Exceptions rules={house.rules} targets={targets} onChange={setTargets} />
      <Ladders steps={house.steps} ladders={ladders} onChange={setLadders} />
      <Panel title={t('clocks:house.save')}>
        <Field label={t('clocks:house.reason')}>
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
        <Button
          type="primary"
          icon={<SaveOutlined />}
          disabled={!isReady}
          loading={change.isPending}
          onClick={save}
        >
          {t('settings:save')} <KeyCap keys="Ctrl+Enter" />
        </Button>
        <History house={house} />
      </Panel>
    </>
  )
}

interface TargetsProps {
  rules: readonly Rule[]
  targets: Target[]
  onChange: (targets: Target[]) => void
}

/** One number for each clock; what the program came with stands beside it. */
function Targets({ rules, targets, onChange }: TargetsProps) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const amountOf = (rule: Rule) =>
    targets.find((target) => target.rule === rule.id && isWhole(target))?.amount ?? rule.amount
  const set = (rule: Rule, amount: number) => {
    const others = targets.filter((target) => target.rule !== rule.id || !isWhole(target))
    const own = { rule: rule.id, class: null, severity: null, amount }
    onChange(amount === rule.amount ? others : [...others, own])
  }
  return (
    <Panel title={t('clocks:house.targets')}>
      <p className="settings-note">{t('clocks:house.targetsHint')}</p>
      <table className="ways-table">
        <caption className="sr-only">{t('clocks:house.targets')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('clocks:house.clock')}</th>
            <th scope="col">{t('clocks:house.time')}</th>
            <th scope="col">{t('clocks:house.shipped')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <th scope="row" title={rule.sources[tongue]}>
                {rule.names[tongue]}
              </th>
              <td>
                {rule.legal ? (
                  t('clocks:house.law')
                ) : (
                  <InputNumber
                    className="clock-amount"
                    aria-label={rule.names[tongue]}
                    value={amountOf(rule)}
                    min={rule.min}
                    max={rule.max}
                    precision={0}
                    suffix={t(`clocks:house.unit.${rule.unit}`)}
                    onChange={(amount) => amount !== null && set(rule, amount)}
                  />
                )}
              </td>
              <td>
                {rule.amount} {t(`clocks:house.unit.${rule.unit}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

/** Other numbers for one class or severity: the row that says most about a complaint holds for it. */
function Exceptions({ rules, targets, onChange }: TargetsProps) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const store = rules.filter(({ legal }) => !legal)
  const [first] = store
  const rows = targets.flatMap((target, at) => (isWhole(target) ? [] : [{ target, at }]))
  const set = (at: number, change: Partial<Target>) => {
    const before = targets[at]
    if (before) onChange(targets.with(at, { ...before, ...change }))
  }
  return (
    <Panel
      title={t('clocks:house.exceptions')}
      extra={
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={!first}
          onClick={() =>
            first &&
            onChange([
              ...targets,
              { rule: first.id, class: 'safety', severity: null, amount: first.amount },
            ])
          }
        >
          {t('clocks:house.add')}
        </Button>
      }
    >
      {rows.length === 0 ? <p className="row-note">{t('clocks:house.noExceptions')}</p> : null}
      {rows.map(({ target, at }) => {
        const rule = store.find(({ id }) => id === target.rule)
        return (
          <div key={at} className="list-tools">
            <Select
              aria-label={t('clocks:house.clock')}
              value={target.rule}
              options={store.map(({ id, names }) => ({ value: id, label: names[tongue] }))}
              onChange={(id: string) =>
                set(at, { rule: id, amount: store.find((each) => each.id === id)?.amount ?? 1 })
              }
            />
            <Select
              className="list-filter"
              aria-label={t('clocks:house.class')}
              value={target.class ?? ''}
              options={[
                { value: '', label: t('clocks:house.anyClass') },
                ...complaintClasses.map((value) => ({
                  value,
                  label: t(`complaints:class.${value}`),
                })),
              ]}
              onChange={(value) =>
                set(at, { class: complaintClasses.find((each) => each === value) ?? null })
              }
            />
            <Select
              className="list-filter"
              aria-label={t('clocks:house.severity')}
              value={target.severity ?? ''}
              options={(['', 'ordinary', 'serious'] as const).map((value) => ({
                value,
                label: t(`clocks:house.severityOf.${value || 'any'}`),
              }))}
              onChange={(value: string) =>
                set(at, { severity: value === 'ordinary' || value === 'serious' ? value : null })
              }
            />
            <InputNumber
              className="clock-amount"
              aria-label={t('clocks:house.time')}
              value={target.amount}
              min={rule?.min ?? 0}
              max={rule?.max ?? 1}
              precision={0}
              suffix={rule ? t(`clocks:house.unit.${rule.unit}`) : null}
              onChange={(amount) => amount !== null && set(at, { amount })}
            />
            <Button
              aria-label={t('clocks:house.remove')}
              icon={<DeleteOutlined />}
              onClick={() => onChange(targets.filter((_, place) => place !== at))}
            />
          </div>
        )
      })}
    </Panel>
  )
}

interface LaddersProps {
  steps: House['steps']
  ladders: House['ladders']
  onChange: (ladders: House['ladders']) => void
}

/** Who is told how many open minutes before or after a clock runs out. */
function Ladders({ steps, ladders, onChange }: LaddersProps) {
  const { t } = useTranslation()
  const minutesOf = (id: string, shipped: readonly { minutes: number }[]) =>
    ladders.find((ladder) => ladder.id === id)?.minutes ?? shipped.map(({ minutes }) => minutes)
  const set = (id: string, minutes: number[]) =>
    onChange([...ladders.filter((ladder) => ladder.id !== id), { id, minutes }])
  return (
    <Panel title={t('clocks:house.ladders')}>
      <p className="settings-note">{t('clocks:house.laddersHint')}</p>
      <table className="ways-table">
        <caption className="sr-only">{t('clocks:house.ladders')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('clocks:house.ladder')}</th>
            {steps[0]?.steps.map(({ tell }) => (
              <th key={tell} scope="col">
                {t(`clocks:level.${tell}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ id, steps: shipped }) => {
            const minutes = minutesOf(id, shipped)
            return (
              <tr key={id}>
                <th scope="row">{t(`clocks:house.ladderOf.${id}`)}</th>
                {shipped.map(({ tell }, at) => (
                  <td key={tell}>
                    <InputNumber
                      className="clock-amount"
                      aria-label={`${t(`clocks:house.ladderOf.${id}`)} ${t(`clocks:level.${tell}`)}`}
                      value={minutes[at] ?? 0}
                      min={-14_400}
                      max={14_400}
                      precision={0}
                      suffix={t('clocks:house.minutes')}
                      onChange={(value) => value !== null && set(id, minutes.with(at, value))}
                    />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}

function History({ house }: { house: House }) {
  const { t } = useTranslation()
  if (house.history.length === 0) return <p className="row-note">{t('clocks:house.never')}</p>
  return (
    <ul className="clock-answers" aria-label={t('clocks:house.history')}>
      {house.history.map((each) => (
        <li key={each.version}>
          {t('clocks:house.version', { version: each.version })} · <Moment at={each.changedAt} /> ·{' '}
          {each.changedBy}
          <br />
          <span className="row-note">{each.reason}</span>
        </li>
      ))}
    </ul>
  )
}
