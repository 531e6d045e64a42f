import { TagsOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { type GoodsUnit, placeOf } from '../ui/goods-unit.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { handOver } from '../ui/print-papers.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'

/** One unit: where it is, why, what it is, and everybody who ever moved it. */
export function GoodsDetail({ unitId }: { unitId: number }) {
  const { t, i18n } = useTranslation()
  const unit = useQuery(api.goods.open.queryOptions({ input: { unitId } }))
  if (unit.error) return <RefusalAlert error={unit.error} />
  if (!unit.data) return <LoadingState />
  const { data } = unit
  const { log } = data
  return (
    <Panel
      title={<span className="goods-name">{data.name}</span>}
      extra={<PrintLabel unitId={unitId} prints={data.prints} />}
    >
      <p className="goods-place">{placeOf(data, t)}</p>
      {data.state === 'at_desk' && log.length === 1 ? (
        <p className="goods-why">
          {t('goods:why', { why: data.why[i18n.language === 'en' ? 'en' : 'zh'] })}
        </p>
      ) : null}
      <Facts unit={data} />
      <h3>{t('goods:log.title')}</h3>
      <ol className="goods-log">
        {log.map((step) => (
          <li key={step.id}>
            <strong>
              {t(`goods:action.${step.action}`, {
                where: t(`goods:destination.${step.destination}`),
              })}
            </strong>{' '}
            <span className="row-note">
              {step.actor} · <Moment at={step.at} />
            </span>
            {[
              step.place,
              step.reason,
              step.approvedBy ? t('goods:log.approved', { name: step.approvedBy }) : '',
            ]
              .filter(Boolean)
              .map((words) => (
                <div key={words} className="row-note">
                  {words}
                </div>
              ))}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

const KEY = 'F9'

/** The label of this unit; the first is the original, later ones say so. */
function PrintLabel({ unitId, prints }: { unitId: number; prints: number }) {
  const { t } = useTranslation()
  const [dialogError, setDialogError] = useState<unknown>(null)
  const print = useCommand(desk.papers.print, {
    onDone: (file) => {
      setDialogError(null)
      handOver(file).catch(setDialogError)
    },
  })
  const run = () => print.mutate({ document: 'goods_label', of: { unitId } })
  useHotkeys([{ keys: KEY, label: t('goods:label.one'), run, when: !print.isPending }])
  return (
    <span>
      <RefusalAlert error={print.error ?? dialogError} />
      <Button icon={<TagsOutlined />} loading={print.isPending} onClick={run}>
        {t(prints > 0 ? 'goods:label.again' : 'goods:label.one')} <KeyCap keys={KEY} />
      </Button>
    </span>
  )
}

function Facts({ unit }: { unit: GoodsUnit }) {
  const { t } = useTranslation()
  const { source } = unit
  return (
    <dl className="goods-facts">
      <dt>{t('goods:fact.source')}</dt>
      <dd>
        {source.type === 'refund' ? (
          <Link to={paths.refund(source.id)}>{source.number}</Link>
        ) : (
          source.number
        )}{' '}
        · <BusinessDate date={unit.receivedOn} distance="ago" /> · {unit.receivedBy}
      </dd>
      <dt>{t('goods:fact.tag')}</dt>
      <dd>{unit.tag}</dd>
      {unit.serialNo ? (
        <>
          <dt>{t('goods:fact.serial')}</dt>
          <dd>{unit.serialNo}</dd>
        </>
      ) : null}
      <dt>{t('goods:fact.condition')}</dt>
      <dd>{t(`refunds:condition.${unit.condition}`)}</dd>
      <dt>{t('goods:fact.value')}</dt>
      <dd>
        <Money amount={unit.value} currency={unit.currency} />
      </dd>
      <dt>{t('goods:fact.place')}</dt>
      <dd>
        {[unit.vendor, unit.floor, unit.counter].filter(Boolean).join(' · ') ||
          t('goods:fact.unknown')}
      </dd>
    </dl>
  )
}
