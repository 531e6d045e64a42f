import { Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'

import { consentWays } from '../../src-main/repairs/contract.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import type { ConsentInput, QuoteInput } from './repair.ts'
import { SignField } from '../ui/sign-field.tsx'

type ConsentHow = (typeof consentWays)[number]

export interface QuoteValues {
  estimate: number | null
  limit: number | null
  note: string
}

export interface ConsentValues {
  how: ConsentHow | null
  by: string
  signature: string | null
}

export const noQuote: QuoteValues = { estimate: null, limit: null, note: '' }
export const noConsent: ConsentValues = { how: null, by: '', signature: null }

/** What is quoted; a limit nobody typed is the estimate itself. Null while it does not add up. */
export function quoteOf({ estimate, limit, note }: QuoteValues): QuoteInput | null {
  if (estimate === null || estimate === 0) return null
  const most = limit ?? estimate
  return most < estimate ? null : { estimate, limit: most, note: note.trim() }
}

/** What is missing of a consent that somebody began to give. */
export function missingOfConsent({ how, by, signature }: ConsentValues) {
  if (how === null) return null
  if (by.trim() === '') return 'consentBy' as const
  return how === 'signed' && signature === null ? ('signature' as const) : null
}

export function consentOf({ how, by, signature }: ConsentValues): ConsentInput | null {
  return how === null
    ? null
    : { how, by: by.trim(), signature: how === 'signed' ? signature : null }
}

/** What a paid repair will cost, and what it may cost at most. */
export function QuoteFields({
  values,
  onChange,
}: {
  values: QuoteValues
  onChange: (part: Partial<QuoteValues>) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <div className="field-row">
        <Field label={t('repairs:quote.estimate')}>
          {(id) => (
            <MoneyField
              id={id}
              className="full-width"
              value={values.estimate}
              onChange={(estimate) => onChange({ estimate })}
            />
          )}
        </Field>
        <Field label={t('repairs:quote.limit')} hint={t('repairs:quote.limitHint')}>
          {(id) => (
            <MoneyField
              id={id}
              className="full-width"
              value={values.limit ?? values.estimate}
              onChange={(limit) => onChange({ limit })}
            />
          )}
        </Field>
      </div>
      <Field label={t('repairs:quote.note')}>
        {(id) => (
          <Input
            id={id}
            value={values.note}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => onChange({ note: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

/** Who agreed and how; Alt+Y goes through the ways. */
export function ConsentFields({
  values,
  mayWait = true,
  onChange,
}: {
  values: ConsentValues
  /** The answer may come later. */
  mayWait?: boolean
  onChange: (part: Partial<ConsentValues>) => void
}) {
  const { t } = useTranslation()
  const ways: readonly (ConsentHow | null)[] = mayWait ? [null, ...consentWays] : consentWays
  useHotkeys([
    {
      keys: 'Alt+Y',
      label: t('repairs:quote.consent'),
      run: () =>
        onChange({ how: ways[(ways.indexOf(values.how) + 1) % ways.length] ?? ways[0] ?? null }),
    },
  ])
  return (
    <fieldset className="field repair-consent">
      <legend>
        {t('repairs:quote.consent')} <KeyCap keys="Alt+Y" />
      </legend>
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        value={values.how ?? 'none'}
        options={ways.map((way) => ({
          value: way ?? 'none',
          label: way === null ? t('repairs:quote.notYet') : t(`repairs:consentHow.${way}`),
        }))}
        onChange={({ target }) =>
          onChange({ how: consentWays.find((each) => each === target.value) ?? null })
        }
      />
      {values.how === null ? null : (
        <div className="repair-consent-who">
          <Field label={t('repairs:quote.by')}>
            {(id) => (
              <Input
                id={id}
                value={values.by}
                maxLength={40}
                autoComplete="off"
                onChange={(event) => onChange({ by: event.target.value })}
              />
            )}
          </Field>
          {values.how === 'signed' ? (
            <SignField
              label={t('repairs:quote.sign')}
              keys="Alt+H"
              value={values.signature}
              onChange={(signature) => onChange({ signature })}
            />
          ) : null}
        </div>
      )}
    </fieldset>
  )
}
