import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useWords } from '../ui/closing-fields.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'

const NEW = 'Alt+W'

/** Every plan as it holds now, in the order in which they are tried, and the hours in which customers are called. */
export function Plans() {
  const { t } = useTranslation()
  const say = useWords()
  const navigate = useNavigate()
  const { may } = useSession()
  const plans = useQuery(api.followups.plans.queryOptions())
  const settings = useQuery(api.followups.settings.queryOptions())
  const begin = () => void navigate(paths.followUpPlan('new'))
  useHotkeys([
    { keys: NEW, label: t('followups:plan.new'), when: may('followups.manage'), run: begin },
  ])
  return (
    <>
      <Panel
        title={t('followups:view.plans')}
        extra={
          may('followups.manage') ? (
            <Button icon={<PlusOutlined />} onClick={begin}>
              {t('followups:plan.new')} <KeyCap keys={NEW} />
            </Button>
          ) : undefined
        }
      >
        <RefusalAlert error={plans.error} />
        {plans.isLoading ? <LoadingState /> : null}
        <ul className="case-parts">
          {(plans.data ?? []).map(({ planId, plan, version, inUse, writtenBy }) => (
            <li key={planId} className="followup-of-case">
              <div>
                <strong>{say(plan.name)}</strong>{' '}
                <Tag>{t(`followups:purpose.${plan.purpose}`)}</Tag>{' '}
                {inUse ? null : <Tag tone="risk">{t('followups:plan.off')}</Tag>}
                <p className="row-note part-note">
                  {[
                    t(`followups:starts.${plan.starts}`),
                    plan.steps
                      .map(({ afterDays }) => t('followups:plan.day', { days: afterDays }))
                      .join(' + '),
                    t('followups:plan.tries', { count: plan.retry.tries }),
                    t(`followups:channel.${plan.channel}`),
                    version === 0
                      ? t('followups:plan.shipped')
                      : t('followups:plan.version', { version, name: writtenBy }),
                  ].join(' · ')}
                </p>
              </div>
              {may('followups.manage') ? (
                <Link
                  to={paths.followUpPlan(planId)}
                  aria-label={`${t('followups:plan.change')} ${say(plan.name)}`}
                >
                  <EditOutlined /> {t('followups:plan.change')}
                </Link>
              ) : null}
            </li>
          ))}
        </ul>
        <p className="row-note">{t('followups:plan.note')}</p>
      </Panel>
      {settings.data ? (
        <CallHours key={settings.data.version} hours={settings.data} />
      ) : (
        <RefusalAlert error={settings.error} />
      )}
    </>
  )
}

type Hours = InferClientOutputs<typeof desk>['followups']['settings']

const clock = (minutes: number) => dayjs('2000-01-01').add(minutes, 'minute')
const minutesOf = (at: dayjs.Dayjs) => at.hour() * 60 + at.minute()

function CallHours({ hours }: { hours: Hours }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [values, setValues] = useState(hours)
  const change = useCommand(desk.followups.changeSettings)
  const mayChange = may('settings.change')
  return (
    <Panel title={t('followups:hours.title')}>
      <RefusalAlert error={change.error} />
      <div className="list-tools">
        {(['from', 'until'] as const).map((edge) => (
          <TimePicker
            key={edge}
            aria-label={t(`followups:hours.${edge}`)}
            prefix={t(`followups:hours.${edge}`)}
            format="HH:mm"
            minuteStep={10}
            allowClear={false}
            disabled={!mayChange}
            value={clock(values[edge])}
            onChange={(next) => next && setValues({ ...values, [edge]: minutesOf(next) })}
          />
        ))}
        <Checkbox
          checked={values.onHolidays}
          disabled={!mayChange}
          onChange={(event) => setValues({ ...values, onHolidays: event.target.checked })}
        >
          {t('followups:hours.onHolidays')}
        </Checkbox>
        {mayChange ? (
          <Button
            disabled={values.from >= values.until || change.isPending}
            onClick={() => change.mutate(values)}
          >
            {t('followups:hours.save')}
          </Button>
        ) : null}
      </div>
      <p className="row-note">{t('followups:hours.note')}</p>
    </Panel>
  )
}
