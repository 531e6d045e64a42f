import { AuditOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, App, Radio, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useNamedField, withFieldNamed } from './field-words.ts'
import { useBilingual } from './policy.ts'
import type { Choices } from './policy.ts'
import { SignatureDialog } from './signature-dialog.tsx'
import './policy.css'

type Values = Choices['today']

/** Which of the shipped rules count here: place, profiles, and what is switched on. */
export default function ChoicesPage() {
  const { t } = useTranslation()
  const choices = useQuery(api.policy.choices.queryOptions())
  if (choices.data) return <ChoicesForm key={choices.data.version} choices={choices.data} />
  return (
    <Page title={t('policy-screen:choices.title')} back={paths.rules()}>
      <PageHeader title={t('policy-screen:choices.title')} />
      <RefusalAlert error={choices.error} retry={() => choices.refetch()} />
      {choices.error ? null : <LoadingState />}
    </Page>
  )
}

/** The newest choice is what the form goes on from; before the first one, what the store profile implies. */
function startOf({ latest, today }: Choices): Values {
  if (!latest) return { ...today, region: null }
  const { country, region, profiles, switches } = latest
  return { country, region, profiles, switches }
}

function ChoicesForm({ choices }: { choices: Choices }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { message } = App.useApp()
  const [values, setValues] = useState<Values>(() => startOf(choices))
  const [signing, setSigning] = useState(false)
  const choose = useCommand(desk.policy.choose, {
    onDone: () => {
      setSigning(false)
      void message.success(t('policy-screen:choices.done'))
    },
  })
  const refusal = useNamedField(choose.error)
  const changed = JSON.stringify(values) !== JSON.stringify(startOf(choices))
  const check = useQuery(
    api.policy.checkChoice.queryOptions({ input: values, placeholderData: keepPreviousData }),
  )
  const problem = check.data?.problem ?? null
  const mayChange = may('policy.change')
  const put = (next: Partial<Values>) => setValues((now) => ({ ...now, ...next }))
  const region = values.region ?? choices.implied.region
  const isHere = ({ jurisdictions }: Choices['files'][number]) =>
    jurisdictions.some((code) => code === '' || code === values.country || code === region)
  const here = choices.files.filter(isHere)
  const elsewhere = choices.files.filter((file) => !isHere(file))
  const switchesOf = (file: Choices['files'][number]) => (
    <FileSwitches key={file.id} file={file} values={values} put={put} disabled={!mayChange} />
  )
  return (
    <Page
      title={t('policy-screen:choices.title')}
      back={paths.rules()}
      footer={
        mayChange ? (
          <ActionBar
            actions={[
              {
                keys: 'Ctrl+Enter',
                label: t('policy-screen:act.sign'),
                icon: <AuditOutlined />,
                primary: true,
                unless: changed
                  ? problem
                    ? t('policy-screen:choices.weaker')
                    : undefined
                  : t('policy-screen:choices.unchanged'),
                run: () => setSigning(true),
              },
            ]}
          >
            {changed ? t('policy-screen:choices.unsaved') : t('policy-screen:choices.unchanged')}
          </ActionBar>
        ) : undefined
      }
    >
      <PageHeader
        title={t('policy-screen:choices.title')}
        facts={[t('policy-screen:choices.hint')]}
      />
      {problem ? (
        <Alert
          className="policy-problem"
          type="error"
          showIcon
          role="alert"
          title={t(`errors:${problem.reason}`, withFieldNamed(problem, t))}
        />
      ) : null}
      <div className="policy-form">
        <PlaceFields choices={choices} values={values} put={put} disabled={!mayChange} />
        <ProfileFields choices={choices} values={values} put={put} disabled={!mayChange} />
        {here.map(switchesOf)}
        {elsewhere.length > 0 ? (
          <details className="policy-more policy-elsewhere">
            <summary>{t('policy-screen:choices.elsewhere')}</summary>
            {elsewhere.map(switchesOf)}
          </details>
        ) : null}
        <ChoiceHistory choices={choices} />
      </div>
      <SignatureDialog
        open={signing}
        title={t('policy-screen:choices.signTitle')}
        hint={t('policy-screen:choices.signHint')}
        confirmLabel={t('policy-screen:act.sign')}
        dateLabel={t('policy-screen:choices.from')}
        pastAllowed={choices.version === 0}
        error={refusal}
        busy={choose.isPending}
        onSign={({ pin, note, from }) =>
          choose.mutate({ ...values, effectiveOn: from, version: choices.version, pin, note })
        }
        onCancel={() => {
          choose.reset()
          setSigning(false)
        }}
      />
    </Page>
  )
}

interface PartProps {
  choices: Choices
  values: Values
  put: (next: Partial<Values>) => void
  disabled: boolean
}

function PlaceFields({ choices, values, put, disabled }: PartProps) {
  const { t, i18n } = useTranslation()
  const say = useBilingual()
  const names = new Intl.DisplayNames(i18n.language, { type: 'region' })
  const codes = [...new Set([...choices.countries, choices.implied.country, values.country])]
  const implied = choices.implied.region
  const impliedName = choices.regions.find(({ code }) => code === implied)
  return (
    <Panel title={t('policy-screen:choices.place')}>
      <div className="field-row">
        <Field label={t('policy-screen:choices.country')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              disabled={disabled}
              value={values.country}
              options={codes.map((value) => ({ value, label: names.of(value) ?? value }))}
              onChange={(country) => put({ country, region: null })}
            />
          )}
        </Field>
        <Field label={t('policy-screen:choices.region')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              disabled={disabled || values.country !== 'CN'}
              value={values.region ?? ''}
              options={[
                {
                  value: '',
                  label: t('policy-screen:choices.asProfile', {
                    region: impliedName ? say(impliedName.name) : (implied ?? '—'),
                  }),
                },
                ...choices.regions.map(({ code, name }) => ({ value: code, label: say(name) })),
              ]}
              onChange={(region) => put({ region: region === '' ? null : region })}
            />
          )}
        </Field>
      </div>
    </Panel>
  )
}

function ProfileFields({ choices, values, put, disabled }: PartProps) {
  const { t } = useTranslation()
  const say = useBilingual()
  const choose = (group: string, code: string) => {
    const { [group]: _old, ...others } = values.profiles
    put({ profiles: code === '' ? others : { ...others, [group]: code } })
  }
  if (choices.profiles.length === 0) return null
  return (
    <Panel title={t('policy-screen:choices.profiles')}>
      <p className="why">{t('policy-screen:choices.profilesHint')}</p>
      {choices.profiles.map(({ group, options }) => (
        <fieldset key={group} className="field">
          <legend>{t(`policy-screen:profileGroup.${group}`, { defaultValue: group })}</legend>
          <Radio.Group
            className="policy-profiles"
            disabled={disabled}
            value={values.profiles[group] ?? ''}
            onChange={(event) => choose(group, String(event.target.value))}
            options={[
              { value: '', label: t('policy-screen:choices.noProfile') },
              ...options.map((option) => ({
                value: option.code,
                label: (
                  <>
                    <strong>{option.code.toUpperCase()}</strong> {say(option.text)}{' '}
                    <span className="row-note">
                      {t('policy-screen:choices.rules', { count: option.rules })}
                    </span>
                    {option.unverified ? (
                      <Tag tone="soon">{t('policy-screen:mark.unverified')}</Tag>
                    ) : null}
                  </>
                ),
              })),
            ]}
          />
        </fieldset>
      ))}
    </Panel>
  )
}

interface FileSwitchesProps extends Omit<PartProps, 'choices'> {
  file: Choices['files'][number]
}

function FileSwitches({ file, values, put, disabled }: FileSwitchesProps) {
  const { t } = useTranslation()
  const say = useBilingual()
  const isOn = (rule: (typeof file.rules)[number]) => values.switches[rule.id] ?? rule.shippedOn
  const on = file.rules.filter(isOn).length
  const set = (rules: typeof file.rules, next: boolean) => {
    const switches = { ...values.switches }
    for (const rule of rules) {
      if (rule.shippedOn === next) delete switches[rule.id]
      else switches[rule.id] = next
    }
    put({ switches })
  }
  const title = say(file.title)
  return (
    <Panel
      title={title}
      extra={
        <span className="policy-file-switch">
          {t('policy-screen:choices.on', { on, count: file.rules.length })}
          <Switch
            aria-label={t('policy-screen:choices.all', { title })}
            disabled={disabled}
            checked={on === file.rules.length}
            onChange={(next) => set(file.rules, next)}
          />
        </span>
      }
    >
      <details className="policy-more">
        <summary>{t('policy-screen:choices.each')}</summary>
        <ul className="policy-switches">
          {file.rules.map((rule) => (
            <li key={rule.id}>
              <Switch
                size="small"
                aria-label={say(rule.text)}
                disabled={disabled}
                checked={isOn(rule)}
                onChange={(next) => set([rule], next)}
              />
              <Link to={paths.rules(rule.id)}>{say(rule.text)}</Link>
              {rule.unverified ? <Tag tone="soon">{t('policy-screen:mark.unverified')}</Tag> : null}
            </li>
          ))}
        </ul>
      </details>
    </Panel>
  )
}

function ChoiceHistory({ choices }: { choices: Choices }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('policy-screen:choices.history')}>
      {choices.history.length === 0 ? (
        <EmptyState small title={t('policy-screen:choices.noHistory')} />
      ) : (
        <ul className="policy-events">
          {choices.history.map((each) => (
            <li key={each.id}>
              <strong>
                <BusinessDate date={each.effectiveOn} /> {t('policy-screen:onwards')}
              </strong>{' '}
              {[
                each.region ?? each.country,
                ...Object.entries(each.profiles).map(
                  ([group, code]) =>
                    `${t(`policy-screen:profileGroup.${group}`, { defaultValue: group })} ${code.toUpperCase()}`,
                ),
                t('policy-screen:choices.switched', {
                  count: Object.keys(each.switches).length,
                }),
              ].join(' · ')}
              <div className="row-note">
                {t('policy-screen:signedBy', { name: each.by })} <Moment at={each.at} />
                {each.note ? ` · ${each.note}` : ''}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
