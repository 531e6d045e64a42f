import { SaveOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { localTime } from '../../src-main/foundation/business-date.ts'
import { findUnfairTerm } from '../../src-main/foundation/unfair-terms.ts'
import { longestWords } from '../../src-main/papers/contract.ts'
import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { writeDate, writeTime } from '../ui/dates.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'

type Words = InferClientOutputs<typeof desk>['papers']['words'][number]

/** The store's own words at the foot of its papers; what law forbids to print is refused while it is typed. */
export function WordsPart() {
  const { t } = useTranslation()
  const words = useQuery(api.papers.words.queryOptions())
  return (
    <>
      <p className="settings-note">{t('settings:words.intro')}</p>
      <RefusalAlert error={words.error} />
      {words.isLoading ? <LoadingState /> : null}
      {words.data?.map((each) => (
        <WordsForm key={`${each.place}:${each.version}`} words={each} />
      ))}
    </>
  )
}

function WordsForm({ words }: { words: Words }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { may } = useSession()
  const [texts, setTexts] = useState({ zh: words.zh, en: words.en })
  const [isFocused, setFocused] = useState(false)
  const change = useCommand(desk.papers.changeWords, {
    onDone: () => void message.success(t('settings:words.saved')),
  })
  const mayChange = may('settings.change')
  const isChanged = texts.zh !== words.zh || texts.en !== words.en
  const isFair = findUnfairTerm(texts.zh) === null && findUnfairTerm(texts.en) === null
  const canSave = mayChange && isChanged && isFair && !change.isPending
  const save = () => {
    if (canSave) change.mutate({ place: words.place, version: words.version, ...texts })
  }
  useHotkeys([
    { keys: 'Ctrl+Enter', label: t('settings:words.save'), when: isFocused && canSave, run: save },
  ])
  return (
    <Panel title={t(`settings:words.place.${words.place}`)} extra={<LastChange words={words} />}>
      <RefusalAlert error={change.error} />
      <Form
        layout="vertical"
        component="div"
        className="words-form"
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        {(['zh', 'en'] as const).map((language) => (
          <WordsField
            key={language}
            id={`words-${words.place}-${language}`}
            label={t(`settings:words.${language}`)}
            value={texts[language]}
            disabled={!mayChange}
            onChange={(text) => setTexts((before) => ({ ...before, [language]: text }))}
          />
        ))}
        {mayChange ? (
          <Button
            icon={<SaveOutlined />}
            disabled={!canSave}
            loading={change.isPending}
            onClick={save}
          >
            {t('settings:words.save')} {isFocused ? <KeyCap keys="Ctrl+Enter" /> : null}
          </Button>
        ) : null}
      </Form>
    </Panel>
  )
}

function LastChange({ words }: { words: Words }) {
  const { t, i18n } = useTranslation()
  const { timeZone, today } = useStore()
  const { changedAt, changedBy: name } = words
  if (!changedAt) return <span className="row-note">{t('settings:words.never')}</span>
  const local = localTime(new Date(changedAt), timeZone).slice(0, 10)
  const at = `${writeDate(local, today, i18n.language)} ${writeTime(changedAt, timeZone)}`
  return <span className="row-note">{t('settings:words.changed', { name, at })}</span>
}

interface WordsFieldProps {
  id: string
  label: string
  value: string
  disabled: boolean
  onChange: (text: string) => void
}

function WordsField({ id, label, value, disabled, onChange }: WordsFieldProps) {
  const { t } = useTranslation()
  const term = findUnfairTerm(value)
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      validateStatus={term ? 'error' : ''}
      help={
        term
          ? t('settings:words.unfair', { words: term.words })
          : t('settings:words.left', { count: longestWords - value.length })
      }
    >
      <Input.TextArea
        id={id}
        value={value}
        disabled={disabled}
        maxLength={longestWords}
        autoSize={{ minRows: 2, maxRows: 6 }}
        aria-invalid={term !== null}
        onChange={(event) => onChange(event.target.value)}
      />
    </Form.Item>
  )
}
