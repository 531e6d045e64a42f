import { TagsOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { goodsSources } from '../../src-main/goods/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { isGivenBack, placeOf, toneOf } from './goods-unit.ts'
import { KeyCap } from './key-cap.tsx'
import { Panel } from './page.tsx'
import { handOver } from './print-papers.ts'
import { RefusalAlert } from './refusal-alert.tsx'
import { Tag } from './tag.tsx'
import { useCommand } from './use-command.ts'
import './goods.css'

const KEY = 'Alt+B'
/** Units named one by one; the label sheet has them all. */
const mostNamed = 6

interface GoodsOfSourceProps {
  source: { type: (typeof goodsSources)[number]; id: number }
}

/** Where the goods of a refund, exchange or repair go, and their labels by one key. */
export function GoodsOfSource({ source }: GoodsOfSourceProps) {
  const { t, i18n } = useTranslation()
  const goods = useQuery(api.goods.ofSource.queryOptions({ input: source }))
  const [dialogError, setDialogError] = useState<unknown>(null)
  const print = useCommand(desk.papers.print, {
    onDone: (file) => {
      setDialogError(null)
      handOver(file).catch(setDialogError)
    },
  })
  const units = goods.data ?? []
  const held = units.filter((unit) => !isGivenBack(unit))
  const printLabels = () => print.mutate({ document: 'goods_label', of: { source } })
  const canPrint = held.length > 0 && !print.isPending
  useHotkeys([{ keys: KEY, label: t('goods:label.print'), run: printLabels, when: canPrint }])
  if (goods.error) return <RefusalAlert error={goods.error} />
  if (units.length === 0) return null
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <Panel
      title={t('goods:panel.title')}
      extra={
        held.length > 0 ? (
          <Button
            icon={<TagsOutlined />}
            loading={print.isPending}
            aria-keyshortcuts={KEY}
            onClick={printLabels}
          >
            {t('goods:label.print')} <KeyCap keys={KEY} />
          </Button>
        ) : null
      }
    >
      <RefusalAlert error={print.error ?? dialogError} />
      <ul className="goods-of">
        {units.slice(0, mostNamed).map((unit) => (
          <li key={unit.id}>
            <Tag tone={isGivenBack(unit) ? 'plain' : toneOf[unit.destination]}>
              {placeOf(unit, t)}
            </Tag>{' '}
            <Link to={paths.goods(undefined, unit.id)}>{unit.name}</Link>{' '}
            <span className="row-note">
              {[unit.serialNo, unit.state === 'at_desk' ? unit.why[language] : '']
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {units.length > mostNamed ? (
        <p className="row-note">{t('goods:panel.more', { count: units.length - mostNamed })}</p>
      ) : null}
      {print.data ? (
        <p className="row-note" role="status">
          {t('goods:label.printed', { count: held.length })}
        </p>
      ) : null}
    </Panel>
  )
}
