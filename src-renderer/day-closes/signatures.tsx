import { Input, Segmented } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { rolesToSign, signatureWays, type signerRoles } from '../../src-main/day-closes/contract.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { PinField } from '../ui/pin-field.tsx'
import { SignField } from '../ui/sign-field.tsx'
import { Tag } from '../ui/tag.tsx'
import { Thumbnail } from '../ui/thumbnail.tsx'
import type { CloseDay } from './day-close-page.tsx'

type Role = (typeof signerRoles)[number]

export type SignatureForm = Record<
  Role,
  {
    how: (typeof signatureWays)[number]
    code: string
    pin: string
    /** Hash of the drawing. */
    sha256: string | null
  }
>

const empty = { how: 'pin', code: '', pin: '', sha256: null } as const

export const emptySignatures: SignatureForm = {
  desk_lead: empty,
  floor_manager: empty,
  duty_manager: empty,
}

const KEY = 'Alt+G'

interface SignaturesProps {
  signers: 2 | 3
  value: SignatureForm
  onChange: (next: SignatureForm) => void
}

/** Three different people sign in place with code and PIN; on the screen or on the paper they are named by code. */
export function Signatures({ signers, value, onChange }: SignaturesProps) {
  const { t } = useTranslation()
  const form = useRef<HTMLDivElement>(null)
  const fields = () => [
    ...(form.current?.querySelectorAll<HTMLInputElement>('input:not([type="radio"])') ?? []),
  ]
  useHotkeys([{ keys: KEY, label: t('day-closes:sign'), run: () => fields()[0]?.focus() }])
  // Enter goes from the code to the PIN and on to the next person: three people stand in a row.
  const onEnter = useEnterSubmit(() => {
    const all = fields()
    const now = all.findIndex((field) => field === document.activeElement)
    all[now + 1]?.focus()
  })
  return (
    <Panel title={t('day-closes:signatures')} extra={<KeyCap keys={KEY} />}>
      {signers === 2 ? <p className="row-note">{t('day-closes:twoSign')}</p> : null}
      <div ref={form}>
        {rolesToSign(signers).map((role) => {
          const own = value[role]
          const change = (next: Partial<SignatureForm[Role]>) =>
            onChange({ ...value, [role]: { ...own, ...next } })
          const name = t(`day-closes:role.${role}`)
          return (
            <fieldset key={role} className="close-signature">
              <legend>{name}</legend>
              <Field label={t('day-closes:codeOf', { role: name })}>
                {(id) => (
                  <Input
                    id={id}
                    value={own.code}
                    maxLength={12}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => change({ code: event.target.value })}
                    {...onEnter}
                  />
                )}
              </Field>
              {own.how === 'pin' ? (
                <Field label={t('day-closes:pinOf', { role: name })}>
                  {(id) => (
                    <PinField
                      id={id}
                      size="middle"
                      value={own.pin}
                      onChange={(event) => change({ pin: event.target.value })}
                      {...onEnter}
                    />
                  )}
                </Field>
              ) : null}
              <Segmented
                name={`sign-${role}`}
                aria-label={t('day-closes:howOf', { role: name })}
                value={own.how}
                options={signatureWays.map((how) => ({
                  value: how,
                  label: t(`day-closes:way.${how}`),
                }))}
                onChange={(how) => change({ how, pin: '', sha256: null })}
              />
              {own.how === 'drawn' ? (
                <SignField
                  label={t('day-closes:drawOf', { role: name })}
                  keys={null}
                  value={own.sha256}
                  onChange={(sha256) => change({ sha256 })}
                />
              ) : null}
            </fieldset>
          )
        })}
      </div>
    </Panel>
  )
}

/** Who signed a closed day. */
export function Signed({ day }: { day: CloseDay }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('day-closes:signatures')}>
      <ul className="close-signed">
        {day.signatures.map(({ role, name, how, sha256 }) => (
          <li key={role}>
            <span className="row-note">{t(`day-closes:role.${role}`)}</span> <strong>{name}</strong>{' '}
            <Tag tone="good">{t(`day-closes:how.${how}`)}</Tag>
            {sha256 === null ? null : (
              <Thumbnail
                file={{ sha256, name: `${name}.png`, mediaType: 'image/png' }}
                alt={t('day-closes:drawnBy', { name })}
              />
            )}
          </li>
        ))}
      </ul>
      {day.signers === 2 ? <p className="row-note">{t('day-closes:twoSign')}</p> : null}
      {day.remark ? <p className="diary-text">{day.remark}</p> : null}
    </Panel>
  )
}
