import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  SafetyCertificateOutlined,
  StopOutlined,
} from '@ant-design/icons'
import { Button, Input } from 'antd'
import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { Moment } from './business-date.tsx'
import { Field } from './field.tsx'
import { KeyCap } from './key-cap.tsx'
import { Money } from './money.tsx'
import { PinField } from './pin-field.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import type { ApprovalControl } from './use-approval.ts'
import './approver-box.css'

/**
 * Stands where a figure goes beyond the clerk's authority: the approver signs in place with code and PIN, or is asked
 * on their own screen. Nothing is shown where nobody is needed.
 */
export function ApproverBox({ approval }: { approval: ApprovalControl }) {
  const { t } = useTranslation()
  const { phase, error } = approval
  const box = useRef<HTMLElement>(null)
  // It appears below what the clerk is looking at: what stops the work must be seen.
  useEffect(() => {
    if (phase === 'needed' || phase === 'denied') box.current?.scrollIntoView({ block: 'nearest' })
  }, [phase])
  if (phase === 'unknown' || phase === 'free') {
    return error ? <RefusalAlert error={error} /> : null
  }
  return (
    <section
      ref={box}
      className={`approver-box approver-${phase}`}
      aria-label={t('approvals:box.title')}
    >
      <div aria-live="polite">
        <Heading approval={approval} />
      </div>
      <RefusalAlert error={error} />
      {phase === 'granted' ? null : phase === 'denied' ? (
        <Escalation approval={approval} />
      ) : (
        <Signature approval={approval} />
      )}
    </section>
  )
}

function Heading({ approval: { phase, approval, limits } }: { approval: ApprovalControl }) {
  const { t } = useTranslation()
  if (phase === 'granted' && approval?.decidedBy && approval.decidedAt) {
    const { name, code } = approval.decidedBy
    return (
      <p className="approver-head tone-good">
        <CheckCircleOutlined aria-hidden="true" /> ✓ {t('approvals:box.granted', { name, code })}{' '}
        <Moment at={approval.decidedAt} dateless />
      </p>
    )
  }
  if (phase === 'denied' && approval) {
    return (
      <>
        <p className="approver-head tone-risk">
          <StopOutlined aria-hidden="true" />{' '}
          {t('approvals:box.denied', { name: approval.decidedBy?.name ?? '' })}
        </p>
        <p className="why">{approval.decisionNote}</p>
      </>
    )
  }
  const expired = approval?.expired
    ? t('approvals:box.expired', { name: approval.decidedBy?.name ?? '' })
    : null
  const role = t(`app:role.${approval?.level ?? limits?.needed ?? 'store_manager'}`)
  const names = limits?.approvers.map((each) => `${each.name} ${each.code}`).join('、')
  return (
    <>
      <p className="approver-head">
        {phase === 'waiting' ? (
          <>
            <ClockCircleOutlined aria-hidden="true" /> {t('approvals:box.waiting', { role })}
          </>
        ) : (
          <>
            <SafetyCertificateOutlined aria-hidden="true" /> {t('approvals:box.needed', { role })}
          </>
        )}
      </p>
      {expired ? <p className="why">{expired}</p> : null}
      <p className="row-note">
        {limits?.kind ? (
          <>
            {t(`approvals:kind.${limits.kind}`)} · {t('approvals:box.own')}{' '}
            <Money amount={limits.limit ?? 0} />
            {' · '}
          </>
        ) : null}
        {names ? t('approvals:box.here', { names }) : t('approvals:box.nobody')}
      </p>
    </>
  )
}

function Signature({ approval }: { approval: ApprovalControl }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [pin, setPin] = useState('')
  const [reason, setReason] = useState('')
  const codeField = useRef<InputRef>(null)
  const pinField = useRef<InputRef>(null)
  const isWaiting = approval.phase === 'waiting'
  const submit = () => {
    if (approval.busy) return
    if (code.trim() === '') return codeField.current?.focus()
    if (!/^\d{4,12}$/.test(pin)) return pinField.current?.focus()
    void approval.sign({ code: code.trim(), pin, reason }).then((granted) => {
      setPin('')
      if (!granted) pinField.current?.focus()
    })
  }
  const onEnter = useEnterSubmit(submit)
  useHotkeys([
    {
      keys: 'Alt+A',
      label: t('approvals:box.sign'),
      run: () => codeField.current?.focus(),
    },
    {
      keys: 'Alt+R',
      label: t('approvals:box.ask'),
      when: !isWaiting && !approval.busy,
      run: () => approval.ask(reason),
    },
  ])
  return (
    <div className="approver-fields">
      {isWaiting ? null : (
        <Field label={t('approvals:box.reason')} wide>
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
      )}
      <Field label={t('approvals:box.code')}>
        {(id) => (
          <Input
            id={id}
            ref={codeField}
            value={code}
            maxLength={12}
            autoComplete="off"
            spellCheck={false}
            suffix={<KeyCap keys="Alt+A" />}
            aria-keyshortcuts="Alt+A"
            onChange={(event) => setCode(event.target.value)}
            {...onEnter}
          />
        )}
      </Field>
      <Field label={t('approvals:box.pin')}>
        {(id) => (
          <PinField
            id={id}
            ref={pinField}
            size="middle"
            value={pin}
            onChange={(event) => setPin(event.target.value)}
            {...onEnter}
          />
        )}
      </Field>
      <div className="approver-buttons">
        <Button loading={approval.busy} icon={<SafetyCertificateOutlined />} onClick={submit}>
          {t('approvals:box.sign')} <KeyCap keys="Enter" />
        </Button>
        {isWaiting ? (
          <Button type="text" onClick={approval.withdraw}>
            {t('approvals:action.withdraw')}
          </Button>
        ) : (
          <Button type="text" disabled={approval.busy} onClick={() => approval.ask(reason)}>
            {t('approvals:box.ask')} <KeyCap keys="Alt+R" />
          </Button>
        )}
      </div>
    </div>
  )
}

function Escalation({ approval }: { approval: ApprovalControl }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const field = useRef<InputRef>(null)
  const submit = () => {
    if (reason.trim().length < 2) return field.current?.focus()
    approval.escalate(reason.trim())
  }
  const onEnter = useEnterSubmit(submit)
  if (!approval.approval?.may.escalate) {
    return <p className="row-note">{t('approvals:box.final')}</p>
  }
  return (
    <div className="approver-fields">
      <Field label={t('approvals:box.escalateReason')} wide>
        {(id) => (
          <Input
            id={id}
            ref={field}
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
            {...onEnter}
          />
        )}
      </Field>
      <div className="approver-buttons">
        <Button loading={approval.busy} onClick={submit}>
          {t('approvals:action.escalate')} <KeyCap keys="Enter" />
        </Button>
      </div>
    </div>
  )
}
