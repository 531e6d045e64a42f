import {
  AuditOutlined,
  EditOutlined,
  ExperimentOutlined,
  FileTextOutlined,
  PlusOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import type { OpenRule } from './policy.ts'
import { RuleActs } from './rule-acts.tsx'
import type { Act } from './rule-acts.tsx'
import { RuleList } from './rule-list.tsx'
import { RuleView } from './rule-view.tsx'
import './policy.css'

/** Every rule the desk decides by: on the left to find, on the right in words. */
export default function RulesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const { ruleId } = useParams()
  const [act, setAct] = useState<Act | null>(null)
  const opened = useQuery({
    ...api.policy.open.queryOptions({ input: { ruleId: ruleId ?? '' } }),
    enabled: ruleId !== undefined,
  })
  const rule = ruleId === undefined ? undefined : opened.data
  const mayChange = may('policy.change')
  const actions: Action[] = []
  if (mayChange) {
    if (rule) actions.push(...actionsOn(rule))
    actions.push({
      keys: 'Insert',
      label: t('policy-screen:act.new'),
      icon: <PlusOutlined />,
      run: () => void navigate(paths.writeRule()),
    })
  }
  actions.push(
    {
      keys: 'Alt+T',
      label: t('policy-screen:act.try'),
      icon: <ExperimentOutlined />,
      run: () => void navigate(paths.tryRules(rule?.unsigned ? rule.id : undefined)),
    },
    {
      keys: 'Alt+C',
      label: t('policy-screen:act.choices'),
      icon: <SwapOutlined />,
      run: () => void navigate(paths.policyChoices()),
    },
  )
  if (mayChange) {
    actions.push({
      keys: 'Alt+M',
      label: t('policy-screen:act.file'),
      icon: <FileTextOutlined />,
      run: () => void navigate(paths.policyFile()),
    })
  }

  function actionsOn(of: OpenRule): Action[] {
    if (of.origin === 'shipped') {
      const isOpen = of.undecided.length > 0
      return [
        {
          keys: 'Alt+E',
          label: t(isOpen ? 'policy-screen:act.decide' : 'policy-screen:act.copy'),
          icon: <EditOutlined />,
          primary: isOpen,
          run: () => void navigate(paths.writeRule({ decide: of.id })),
        },
      ]
    }
    return [
      ...(of.unsigned
        ? [
            {
              keys: 'Ctrl+Enter',
              label: t('policy-screen:act.sign'),
              icon: <AuditOutlined />,
              primary: true,
              run: () => setAct({ kind: 'sign' }),
            },
          ]
        : []),
      {
        keys: 'Alt+E',
        label: t('policy-screen:act.edit'),
        icon: <EditOutlined />,
        run: () => void navigate(paths.writeRule({ ruleId: of.id })),
      },
    ]
  }

  return (
    <Page
      title={t('policy-screen:title')}
      back={paths.settings()}
      footer={<ActionBar actions={actions} />}
    >
      <div className="policy">
        <RuleList current={ruleId} />
        <div
          className="policy-open"
          role="region"
          tabIndex={0}
          aria-label={t('policy-screen:view.region')}
        >
          {rule ? null : <h1 className="sr-only">{t('policy-screen:title')}</h1>}
          {ruleId === undefined ? (
            <Panel>
              <EmptyState
                title={t('policy-screen:none.title')}
                hint={t('policy-screen:none.hint')}
              />
            </Panel>
          ) : rule ? (
            <RuleView key={rule.id} rule={rule} onAct={mayChange ? setAct : undefined} />
          ) : opened.error ? (
            <RefusalAlert error={opened.error} retry={() => opened.refetch()} />
          ) : (
            <LoadingState />
          )}
        </div>
      </div>
      {rule ? <RuleActs rule={rule} act={act} close={() => setAct(null)} /> : null}
    </Page>
  )
}
