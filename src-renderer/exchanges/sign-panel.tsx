import { FileDoneOutlined } from '@ant-design/icons'
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { receivers } from '../../src-main/exchanges/handover/contract.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { type Signature, SignaturePad } from '../ui/signature-pad.tsx'
import { Tag } from '../ui/tag.tsx'
import type { Handover } from './handover.ts'
import type { StepPanelProps } from './step-panels.tsx'

interface SignPanelProps extends StepPanelProps {
  /** True once both have signed, with drawings on it: the form is printed with them. */
  onSigned: (drawn: boolean) => void
}

const parties = ['customer', 'store'] as const
type Party = (typeof parties)[number]

/** ⑤ Who received, and both signatures: drawn here, or on the printed form and confirmed. */
export function SignPanel({ handover, control, onSaved, onSigned }: SignPanelProps) {
  const { t } = useTranslation()
  const [who, setWho] = useState<(typeof receivers)[number]>(handover.receiver.who ?? 'self')
  const [name, setName] = useState(handover.receiver.name)
  const [phone, setPhone] = useState(handover.receiver.phoneMasked)
  const [drawn, setDrawn] = useState<Record<Party, Signature | null>>({
    customer: null,
    store: null,
  })
  const missing = parties.filter(
    (party) => !handover.signatures.some((each) => each.party === party),
  )
  const isOther = who !== 'self'
  const isNamed = !isOther || (name.trim() !== '' && phone.trim() !== '')
  const isSigned = missing.every((party) => drawn[party] !== null)
  const save = () => {
    const receiver = { who, name: isOther ? name : '', phone: isOther ? phone : '' }
    void control
      .sign({ receiver, customer: signatureOf(drawn.customer), store: signatureOf(drawn.store) })
      .then((done) => {
        if (!done || !isSigned || !isNamed) return
        onSaved()
        onSigned(parties.some((party) => drawn[party]?.kind === 'drawn'))
      })
  }
  const bothOnPaper = () =>
    setDrawn((now) => ({
      customer: now.customer ?? { kind: 'paper' },
      store: now.store ?? { kind: 'paper' },
    }))
  const nothing = parties.every((party) => drawn[party] === null)
  useHotkeys([
    { keys: 'Alt+B', label: t('exchanges:sign.bothOnPaper'), run: bothOnPaper },
    {
      keys: 'Ctrl+Enter',
      label: t('exchanges:sign.save'),
      run: save,
      when: !control.busy && !nothing,
    },
  ])
  return (
    <>
      <div className="finding">
        <span className="finding-label">{t('exchanges:sign.receiver')}</span>
        <Radio.Group
          optionType="button"
          buttonStyle="solid"
          aria-label={t('exchanges:sign.receiver')}
          value={who}
          options={receivers.map((value) => ({ value, label: t(`exchanges:receiver.${value}`) }))}
          onChange={(event) => setWho(event.target.value as typeof who)}
        />
        {who === 'self' && handover.customer ? (
          <span className="row-note">
            {handover.customer.name} {handover.customer.phoneMasked}
          </span>
        ) : null}
      </div>
      {isOther ? (
        <div className="field-row">
          <Field label={t('exchanges:sign.name')}>
            {(id) => (
              <Input
                id={id}
                value={name}
                maxLength={40}
                autoComplete="off"
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('exchanges:sign.phone')}>
            {(id) => (
              <Input
                id={id}
                value={phone}
                maxLength={40}
                autoComplete="off"
                onChange={(event) => setPhone(event.target.value)}
              />
            )}
          </Field>
        </div>
      ) : null}
      <p>
        <Button icon={<FileDoneOutlined />} onClick={bothOnPaper}>
          {t('exchanges:sign.bothOnPaper')} <KeyCap keys="Alt+B" />
        </Button>{' '}
        <span className="row-note">{t('exchanges:sign.paperHint')}</span>
      </p>
      <div className="signature-pair">
        {parties.map((party) =>
          missing.includes(party) ? (
            <SignaturePad
              key={party}
              label={t(`exchanges:sign.${party}`)}
              value={drawn[party]}
              disabled={control.busy}
              onChange={(value) => setDrawn((now) => ({ ...now, [party]: value }))}
            />
          ) : (
            <p key={party}>
              <Tag tone="good">{t(`exchanges:sign.${party}`)}</Tag>
            </p>
          ),
        )}
      </div>
      <Button className="handover-save" loading={control.busy} disabled={nothing} onClick={save}>
        {t('exchanges:sign.save')} <KeyCap keys="Ctrl+Enter" />
      </Button>
    </>
  )
}

function signatureOf(signature: Signature | null) {
  if (signature === null) return null
  return signature.kind === 'paper'
    ? ({ way: 'paper' } as const)
    : ({ way: 'drawn', sha256: signature.sha256 } as const)
}

/** Signatures as they stand on record. */
export function SignaturesOnRecord({ handover }: { handover: Handover }) {
  const { t } = useTranslation()
  return (
    <ul className="plain-list">
      {handover.signatures.map((each) => (
        <li key={each.party}>
          <Tag tone="good">{t(`exchanges:sign.${each.party}`)}</Tag>{' '}
          {t(`exchanges:sign.way.${each.way}`, { name: each.confirmedBy })}
        </li>
      ))}
    </ul>
  )
}
