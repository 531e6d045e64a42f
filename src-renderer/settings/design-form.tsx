import { Checkbox, Input, Switch } from 'antd'
import { useTranslation } from 'react-i18next'

import { findUnfairTerm } from '../../src-main/foundation/unfair-terms.ts'
import { longestCaption, longestWords } from '../../src-main/papers/contract.ts'
import { desk } from '../app/client.ts'
import { Field } from '../ui/field.tsx'
import { Panel } from '../ui/page.tsx'
import { useDraft } from '../ui/use-draft.ts'
import { DesignFrame } from './design-frame.tsx'
import type { Designs } from './papers-part.tsx'

type Paper = Designs['papers'][number]
type Value = Paper['value']
type Both = Value['words']

interface DesignFormProps {
  paper: Paper
  sign: Designs['sign']['value']
}

/** One kind of paper: its texts in both languages, its stamp box, and which fields print. */
export function DesignForm({ paper, sign }: DesignFormProps) {
  const { t } = useTranslation()
  const { place, version } = paper
  const [value, keep, clear] = useDraft<Value>(`paper-design-${place}-${version}`, paper.value)
  const set = (part: Partial<Value>) => keep((before) => ({ ...before, ...part }))
  const texts = [value.terms, value.words, value.stamp.caption].flatMap(({ zh, en }) => [zh, en])
  return (
    <DesignFrame
      places={[paper]}
      draft={{ design: value, sign }}
      kept={paper}
      value={value}
      isFair={texts.every((text) => findUnfairTerm(text) === null)}
      onDiscard={clear}
      save={{
        procedure: desk.papers.changeDesign,
        input: (restores) => ({ place, value, version, restores }),
      }}
      versions={{
        key: place,
        read: () => desk.papers.designVersions({ place }),
        bringBack: (old) => keep(old),
      }}
    >
      <Panel title={t('designs:texts')}>
        <BothField
          label={t('designs:terms')}
          hint={t('designs:termsHint')}
          value={value.terms}
          longest={longestWords}
          lines
          onChange={(terms) => set({ terms })}
        />
        <BothField
          label={t('designs:words')}
          hint={t('designs:wordsHint')}
          value={value.words}
          longest={longestWords}
          lines
          onChange={(words) => set({ words })}
        />
      </Panel>
      <Panel title={t('designs:stampAndLogo')}>
        <ToggleRow label={t('designs:logo')} isOn={value.logo} onChange={(logo) => set({ logo })} />
        <ToggleRow
          label={t('designs:stamp')}
          isOn={value.stamp.on ?? paper.stamp.byDefault}
          law={paper.stamp.law}
          onChange={(on) => set({ stamp: { ...value.stamp, on } })}
        />
        <BothField
          label={t('designs:caption')}
          hint={t('designs:captionHint', { usual: t(`documents:${paper.stamp.key}`) })}
          value={value.stamp.caption}
          longest={longestCaption}
          onChange={(caption) => set({ stamp: { ...value.stamp, caption } })}
        />
      </Panel>
      <Panel title={t('designs:fields')}>
        <p className="settings-note">{t('designs:fieldsHint')}</p>
        <ul className="designs-fields">
          {paper.fields.map(({ key, byDefault, law }) => (
            <li key={key}>
              <Checkbox
                checked={law !== null || (value.fields[key] ?? byDefault)}
                disabled={law !== null}
                onChange={(event) =>
                  set({ fields: { ...value.fields, [key]: event.target.checked } })
                }
              >
                {t(`documents:${key}`)}
                {law ? <span className="row-note"> {t(`designs:law.${law}`)}</span> : null}
              </Checkbox>
            </li>
          ))}
        </ul>
      </Panel>
    </DesignFrame>
  )
}

interface ToggleRowProps {
  label: string
  isOn: boolean
  law?: string | null
  onChange: (isOn: boolean) => void
}

function ToggleRow({ label, isOn, law = null, onChange }: ToggleRowProps) {
  const { t } = useTranslation()
  return (
    <p className="designs-toggle">
      <Switch
        checked={law !== null || isOn}
        disabled={law !== null}
        aria-label={label}
        onChange={onChange}
      />
      <span>{label}</span>
      {law ? <span className="row-note">{t(`designs:law.${law}`)}</span> : null}
    </p>
  )
}

interface BothFieldProps {
  label: string
  hint?: string
  value: Both
  longest: number
  /** More than one line. */
  lines?: boolean
  onChange: (value: Both) => void
}

/** One text in Chinese and English; what law forbids to print is said while it is typed. */
export function BothField({ label, hint, value, longest, lines, onChange }: BothFieldProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="designs-both">
      <legend>{label}</legend>
      {(['zh', 'en'] as const).map((language) => {
        const term = findUnfairTerm(value[language])
        const control = {
          value: value[language],
          maxLength: longest,
          lang: language === 'zh' ? 'zh-CN' : 'en',
          'aria-invalid': term !== null,
          autoComplete: 'off',
        }
        return (
          <Field
            key={language}
            label={t(`designs:language.${language}`)}
            problem={
              term ? t(`errors:papers.unfair_${term.law}`, { words: term.words }) : undefined
            }
          >
            {(id) =>
              lines ? (
                <Input.TextArea
                  {...control}
                  id={id}
                  autoSize={{ minRows: 2, maxRows: 8 }}
                  onChange={(event) => onChange({ ...value, [language]: event.target.value })}
                />
              ) : (
                <Input
                  {...control}
                  id={id}
                  onChange={(event) => onChange({ ...value, [language]: event.target.value })}
                />
              )
            }
          </Field>
        )
      })}
      {hint ? <p className="field-hint">{hint}</p> : null}
    </fieldset>
  )
}
