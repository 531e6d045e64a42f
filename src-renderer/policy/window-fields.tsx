import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'

import { clockStarts } from '../../src-main/policy/contract.ts'
import { OneOf, SomeOf, WholeNumber } from './field-parts.tsx'
import type { WindowForm } from './rule-form.ts'

interface WindowFieldsProps {
  window: WindowForm
  /** A rule that may hold without days. */
  always: boolean
  change: (window: WindowForm) => void
}

/** Within which days, and from what they count. */
export function WindowFields({ window, always, change }: WindowFieldsProps) {
  const { t } = useTranslation()
  const put = (next: Partial<WindowForm>) => change({ ...window, ...next })
  return (
    <>
      <OneOf
        label={t('policy-screen:fact.window')}
        group="windowKind"
        codes={always ? ['always', 'days', 'term', 'unit_term'] : ['days', 'term', 'unit_term']}
        value={window.kind}
        onChange={(kind) => put({ kind })}
      />
      {window.kind === 'days' ? (
        <>
          <div className="field-row">
            <WholeNumber
              label={t('policy-screen:field.fromDay')}
              value={window.from}
              onChange={(from) => put({ from })}
            />
            <WholeNumber
              label={t('policy-screen:field.toDay')}
              value={window.to}
              hint={t('policy-screen:field.toDayHint')}
              onChange={(to) => put({ to })}
            />
            <OneOf
              label={t('policy-screen:field.unit')}
              group="unit"
              codes={['days', 'months']}
              value={window.unit}
              onChange={(unit) => put({ unit })}
            />
            <OneOf
              label={t('policy-screen:field.dayKind')}
              group="dayKind"
              codes={['calendar', 'working']}
              value={window.dayKind}
              onChange={(dayKind) => put({ dayKind })}
            />
          </div>
          <SomeOf
            label={t('policy-screen:field.start')}
            group="start"
            codes={clockStarts}
            value={window.start}
            onChange={(start) =>
              put({ start: byPreference.filter((each) => start.includes(each)) })
            }
          />
          <Checkbox
            checked={window.extendedByRepairs}
            onChange={(event) => put({ extendedByRepairs: event.target.checked })}
          >
            {t('policy-screen:field.extendedByRepairs')}
          </Checkbox>
        </>
      ) : null}
    </>
  )
}

/** The first of these that is known counts: the latest event a customer had to wait for. */
export const byPreference = ['repair_end', 'exchange', 'installation', 'delivery', 'sale'] as const
