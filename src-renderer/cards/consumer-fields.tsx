import { Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'

import { paperLanguages } from '../../src-main/foundation/procedure.ts'
import { Field } from '../ui/field.tsx'
import { Panel } from '../ui/page.tsx'
import type { CardDraft, PaperLanguage } from './card-form.ts'

type Consumer = CardDraft['consumer']

interface ConsumerFieldsProps {
  consumer: Consumer
  paperLanguage: PaperLanguage
  onConsumer: (part: Partial<Consumer>) => void
  onPaperLanguage: (language: PaperLanguage) => void
}

const LENGTHS = { name: 40, phone: 40, address: 200, postcode: 12 } as const

/** Who the card is for, all of it optional, and the language of the paper. */
export function ConsumerFields(props: ConsumerFieldsProps) {
  const { t } = useTranslation()
  const { consumer, paperLanguage, onConsumer, onPaperLanguage } = props
  const field = (name: keyof Consumer) => (
    <Field label={t(`cards:consumer.${name}`)}>
      {(id) => (
        <Input
          id={id}
          value={consumer[name]}
          maxLength={LENGTHS[name]}
          autoComplete="off"
          inputMode={name === 'phone' || name === 'postcode' ? 'tel' : 'text'}
          onChange={(event) => onConsumer({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <Panel title={t('cards:consumer.title')}>
      <p className="why">{t('cards:consumer.why')}</p>
      <div className="field-row">
        {field('name')}
        {field('phone')}
      </div>
      <div className="field-row field-row-uneven">
        {field('address')}
        {field('postcode')}
      </div>
      <fieldset className="field">
        <legend>{t('cards:paperLanguage.title')}</legend>
        <Radio.Group
          buttonStyle="solid"
          optionType="button"
          value={paperLanguage}
          options={paperLanguages.map((value) => ({
            value,
            label: t(`cards:paperLanguage.${value}`),
          }))}
          onChange={(event) => onPaperLanguage(event.target.value)}
        />
      </fieldset>
    </Panel>
  )
}
