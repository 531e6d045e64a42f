import { CopyOutlined, ScanOutlined } from '@ant-design/icons'
import { Button, DatePicker, Input, InputNumber, Radio } from 'antd'
import type { InputRef } from 'antd'
import dayjs from 'dayjs'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'

import { costBearers, providers } from '../../src-main/cards/contract.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Panel } from '../ui/page.tsx'
import { useStore } from '../ui/store-context.ts'
import { termEnd } from './card-form.ts'
import type { DraftUnit, Terms } from './card-form.ts'

const LONGEST_TERM_MONTHS = 600
const USUAL_TERMS = [6, 12, 24, 36] as const

interface TermsFieldsProps {
  unit: DraftUnit
  terms: Terms
  /** Day the terms start: installation, else the sale. */
  startsOn: string
  tried: boolean
  serialFieldRef: RefObject<InputRef | null>
  onChange: (part: Partial<Terms>) => void
  onCopyToAll: (() => void) | undefined
  copies: number
}

/** What the card will say about one piece. */
export function TermsFields(props: TermsFieldsProps) {
  const { t } = useTranslation()
  const { unit, terms, onChange, onCopyToAll, copies } = props
  return (
    <Panel
      className="terms"
      title={t('cards:terms.title', { name: terms.name || t('cards:terms.noName') })}
      extra={
        onCopyToAll ? (
          <Button size="small" icon={<CopyOutlined />} onClick={onCopyToAll}>
            {t('cards:terms.copyToAll', { count: copies })}
          </Button>
        ) : null
      }
    >
      <div key={`${unit.saleLineId}:${unit.unitNo}`} className="terms-grid">
        <TermFields {...props} />
        <ProviderFields terms={terms} onChange={onChange} />
        <PieceFields {...props} />
      </div>
    </Panel>
  )
}

function EndsOn({ startsOn, months }: { startsOn: string; months: number | null }) {
  const { t } = useTranslation()
  const { currency } = useStore()
  const end = termEnd(startsOn, months, currency)
  if (!end) return <>{t('cards:terms.noEnd')}</>
  return (
    <span className="term-end">
      {t('cards:terms.until')} <BusinessDate date={end} />
    </span>
  )
}

function TermFields({ terms, startsOn, tried, onChange }: TermsFieldsProps) {
  const { t } = useTranslation()
  const missing = tried && terms.unitMonths === null
  return (
    <>
      <Field
        label={t('cards:terms.unitMonths')}
        problem={missing ? t('cards:problem.unitMonths') : undefined}
        hint={<EndsOn startsOn={startsOn} months={terms.unitMonths} />}
      >
        {(id) => (
          <span className="months">
            <InputNumber
              id={id}
              min={1}
              max={LONGEST_TERM_MONTHS}
              precision={0}
              controls={false}
              value={terms.unitMonths}
              status={missing ? 'error' : ''}
              suffix={t('cards:terms.months')}
              onChange={(unitMonths) => onChange({ unitMonths })}
            />
            {USUAL_TERMS.map((months) => (
              <Button
                key={months}
                size="small"
                type={terms.unitMonths === months ? 'primary' : 'default'}
                ghost={terms.unitMonths === months}
                aria-pressed={terms.unitMonths === months}
                aria-label={t('cards:units.months', { count: months })}
                onClick={() => onChange({ unitMonths: months })}
              >
                {months}
              </Button>
            ))}
          </span>
        )}
      </Field>
      <Field
        label={t('cards:terms.partMonths')}
        hint={
          terms.partMonths === null ? (
            t('cards:terms.partMonthsHint')
          ) : (
            <EndsOn startsOn={startsOn} months={terms.partMonths} />
          )
        }
      >
        {(id) => (
          <span className="parts">
            <InputNumber
              id={id}
              min={1}
              max={LONGEST_TERM_MONTHS}
              precision={0}
              controls={false}
              value={terms.partMonths}
              suffix={t('cards:terms.months')}
              onChange={(partMonths) => onChange({ partMonths })}
            />
            <Input
              value={terms.mainParts}
              maxLength={200}
              aria-label={t('cards:terms.mainParts')}
              placeholder={t('cards:terms.mainPartsExample')}
              onChange={(event) => onChange({ mainParts: event.target.value })}
            />
          </span>
        )}
      </Field>
    </>
  )
}

function ProviderFields({ terms, onChange }: Pick<TermsFieldsProps, 'terms' | 'onChange'>) {
  const { t } = useTranslation()
  return (
    <>
      <fieldset className="field">
        <legend>{t('cards:terms.provider')}</legend>
        <Radio.Group
          buttonStyle="solid"
          optionType="button"
          value={terms.provider}
          options={providers.map((value) => ({ value, label: t(`cards:provider.${value}`) }))}
          onChange={(event) => onChange({ provider: event.target.value })}
        />
      </fieldset>
      <fieldset className="field">
        <legend>{t('cards:terms.costBearer')}</legend>
        <Radio.Group
          buttonStyle="solid"
          optionType="button"
          value={terms.costBearer}
          options={costBearers.map((value) => ({ value, label: t(`cards:costBearer.${value}`) }))}
          onChange={(event) => onChange({ costBearer: event.target.value })}
        />
      </fieldset>
      <Field label={t('cards:terms.providerName')}>
        {(id) => (
          <Input
            id={id}
            value={terms.providerName}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => onChange({ providerName: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('cards:terms.providerPhone')}>
        {(id) => (
          <Input
            id={id}
            value={terms.providerPhone}
            maxLength={40}
            inputMode="tel"
            autoComplete="off"
            onChange={(event) => onChange({ providerPhone: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('cards:terms.scope')} wide>
        {(id) => (
          <Input.TextArea
            id={id}
            value={terms.scope}
            maxLength={400}
            autoSize={{ minRows: 1, maxRows: 4 }}
            placeholder={t('cards:terms.scopeExample')}
            onChange={(event) => onChange({ scope: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

function PieceFields({ unit, terms, tried, serialFieldRef, onChange }: TermsFieldsProps) {
  const { t } = useTranslation()
  const text = (name: 'brand' | 'model' | 'batchNo' | 'origin', max = 60) => (
    <Field key={name} label={t(`cards:terms.${name}`)}>
      {(id) => (
        <Input
          id={id}
          value={terms[name]}
          maxLength={max}
          autoComplete="off"
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  const nameMissing = tried && terms.name.trim() === ''
  const serialWanted = unit.serialTracked && terms.serialNo.trim() === ''
  return (
    <>
      <Field
        label={t('cards:terms.serialNo')}
        problem={tried && serialWanted ? t('cards:problem.serialNo') : undefined}
        hint={
          serialWanted ? (
            <span className="tone-soon">{t('cards:terms.serialWanted')}</span>
          ) : undefined
        }
      >
        {(id) => (
          <Input
            id={id}
            ref={serialFieldRef}
            value={terms.serialNo}
            maxLength={60}
            data-scan="true"
            autoComplete="off"
            spellCheck={false}
            suffix={<ScanOutlined aria-hidden="true" />}
            onChange={(event) => onChange({ serialNo: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('cards:terms.installedOn')} hint={t('cards:terms.installedHint')}>
        {(id) => (
          <DatePicker
            id={id}
            className="full-width"
            value={terms.installedOn ? dayjs(terms.installedOn) : null}
            placeholder={t('cards:terms.notInstalled')}
            onChange={(day) => onChange({ installedOn: day ? day.format('YYYY-MM-DD') : null })}
          />
        )}
      </Field>
      <Field
        label={t('cards:terms.name')}
        wide
        problem={nameMissing ? t('cards:problem.name') : undefined}
      >
        {(id) => (
          <Input
            id={id}
            value={terms.name}
            maxLength={200}
            autoComplete="off"
            status={nameMissing ? 'error' : ''}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="field-row field-wide">
        {text('brand')}
        {text('model')}
        {text('batchNo')}
        {text('origin')}
      </div>
    </>
  )
}
