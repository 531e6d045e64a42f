import { SaveOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { EffectFields } from './effect-fields.tsx'
import { useNamedField } from './field-words.ts'
import { HeaderFields } from './header-fields.tsx'
import { emptyRule, formAfter, formOfRule, missingIn, ruleOfForm } from './rule-form.ts'
import type { RuleForm } from './rule-form.ts'
import { ScopeFields } from './scope-fields.tsx'
import './policy.css'

/** Writes a rule of the store's own: new, a new version of one, or the values a shipped rule leaves open. */
export default function WriteRulePage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const { today } = useStore()
  const { ruleId } = useParams()
  const [query] = useSearchParams()
  const decide = query.get('decide')
  const source = ruleId ?? decide
  const opened = useQuery({
    ...api.policy.open.queryOptions({ input: { ruleId: source ?? '' } }),
    enabled: source !== null && source !== undefined,
  })
  if (!may('policy.change')) {
    return (
      <Page title={t('policy-screen:write.new')} back={paths.rules()}>
        <Panel>
          <EmptyState title={t('policy-screen:readOnly')} />
        </Panel>
      </Page>
    )
  }
  if (!source) {
    return (
      <RuleEditor
        key={source ?? 'new'}
        title={t('policy-screen:write.new')}
        draftKey="policy-rule-new"
        initial={emptyRule('remedy', today)}
        ruleId={null}
        version={null}
      />
    )
  }
  const newest = opened.data?.versions[0]
  if (opened.data && ruleId !== undefined && newest) {
    return (
      <RuleEditor
        key={`${ruleId}-${newest.version}`}
        title={t('policy-screen:write.edit', { id: ruleId })}
        draftKey={`policy-rule-${ruleId}-${newest.version}`}
        initial={formOfRule(newest.rule, today)}
        ruleId={ruleId}
        version={newest.version}
      />
    )
  }
  if (opened.data && decide !== null) {
    const basis = {
      zh: t('policy-screen:write.ownBasis', { lng: 'zh-CN' }),
      en: t('policy-screen:write.ownBasis', { lng: 'en' }),
    }
    return (
      <RuleEditor
        key={source ?? 'new'}
        title={t(
          opened.data.undecided.length > 0
            ? 'policy-screen:write.decide'
            : 'policy-screen:write.copy',
          { id: decide },
        )}
        draftKey={`policy-rule-for-${decide}`}
        initial={formAfter(opened.data.rule, opened.data.undecided.length > 0, today, basis)}
        ruleId={null}
        version={null}
      />
    )
  }
  return (
    <Page title={t('policy-screen:write.new')} back={paths.rules()}>
      <PageHeader title={t('policy-screen:write.new')} />
      {opened.error ? <RefusalAlert error={opened.error} /> : <LoadingState />}
    </Page>
  )
}

interface RuleEditorProps {
  title: string
  draftKey: string
  initial: RuleForm
  ruleId: string | null
  version: number | null
}

function RuleEditor({ title, draftKey, initial, ruleId, version }: RuleEditorProps) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [form, setForm, clear] = useDraft(draftKey, initial)
  const change = (next: Partial<RuleForm>) => setForm((now) => ({ ...now, ...next }))
  const save = useCommand(desk.policy.save, {
    draftKey,
    onDone: ({ id }) => {
      clear()
      void message.success(t('policy-screen:write.saved'))
      void navigate(paths.rules(id), { replace: true })
    },
  })
  const refusal = useNamedField(save.error)
  const missing = missingIn(form)
  const unless =
    missing.length > 0
      ? t('policy-screen:write.missing', {
          fields: new Intl.ListFormat(i18n.language).format(
            missing.map((field) => t(`policy-screen:missing.${field}`)),
          ),
        })
      : undefined
  return (
    <Page
      title={title}
      back={paths.rules(ruleId ?? undefined)}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('policy-screen:write.save'),
              icon: <SaveOutlined />,
              primary: true,
              busy: save.isPending,
              unless,
              run: () => save.mutate({ ruleId, version, rule: ruleOfForm(form), note: '' }),
            },
          ]}
        >
          {unless ?? t('policy-screen:write.hint')}
        </ActionBar>
      }
    >
      <PageHeader title={title} facts={[t('policy-screen:write.unsigned')]} />
      <RefusalAlert error={refusal} />
      <div className="policy-form">
        <HeaderFields form={form} change={change} effectFixed={ruleId !== null} />
        <EffectFields form={form} change={change} />
        <ScopeFields form={form} change={change} />
      </div>
    </Page>
  )
}
