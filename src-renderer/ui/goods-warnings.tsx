import { StopOutlined, WarningOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from './business-date.tsx'
import { useFaultWords } from './fault-words.ts'
import { Tag } from './tag.tsx'
import './goods-warnings.css'

interface GoodsWarningsProps {
  receiptId?: number | null
  saleLineId?: number | null
  cardId?: number | null
  productId?: number | null
  /** What the customer says: who had the same is counted. */
  text?: string
}

/** After the last key: while somebody writes there is nothing to read. */
const PAUSE_MS = 400
const READ = 2_000

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** Goods that are recalled, banned, out of sale or part of an incident, told before anything is done with them. */
export function GoodsWarnings(props: GoodsWarningsProps) {
  const { receiptId, saleLineId, cardId, productId, text = '' } = props
  const { t, i18n } = useTranslation()
  const { word } = useFaultWords()
  const said = useSettled(text.trim().slice(0, READ))
  const isKnown = [receiptId, saleLineId, cardId, productId].some((id) => id != null)
  const told = useQuery(
    api.radar.warnings.queryOptions({
      input: {
        ...(receiptId != null && { receiptId }),
        ...(saleLineId != null && { saleLineId }),
        ...(cardId != null && { cardId }),
        ...(productId != null && { productId }),
        text: said,
      },
      enabled: isKnown,
      placeholderData: keepPreviousData,
    }),
  )
  const { warnings = [], others = 0, fault = null, law = [] } = told.data ?? {}
  if (!isKnown || (warnings.length === 0 && others === 0)) return null
  const language = i18n.language === 'zh-CN' ? 'zh' : 'en'
  return (
    <section className="goods-warnings" aria-label={t('radar:warning.title')}>
      <ul>
        {warnings.map((warning) => (
          <li key={`${warning.kind}-${warning.id}`}>
            <Tag
              tone={warning.kind === 'incident' ? 'soon' : 'risk'}
              icon={warning.kind === 'incident' ? <WarningOutlined /> : <StopOutlined />}
            >
              {t(`radar:warning.${warning.kind}`)}
            </Tag>
            <span className="goods-warning-text">
              <strong>{warning.goods || warning.title}</strong>
              {warning.goods && warning.title ? ` · ${warning.title}` : ''}
              {warning.certain ? null : (
                <em>{` · ${t('radar:warning.checkBatch', { batch: warning.batchNo })}`}</em>
              )}
              <span className="row-note">
                {warning.kind === 'incident' ? (
                  <Link to={paths.incident(warning.id)}>{warning.number}</Link>
                ) : (
                  warning.number
                )}
                {warning.detail ? ` · ${warning.detail}` : ''} ·{' '}
                <BusinessDate date={warning.since} />
              </span>
            </span>
          </li>
        ))}
        {others > 0 && fault ? (
          <li>
            <Tag tone="soon" icon={<WarningOutlined />}>
              {t('radar:warning.repeat')}
            </Tag>
            <span className="goods-warning-text">
              {t('radar:warning.others', { count: others, fault: word(fault) })}
            </span>
          </li>
        ) : null}
      </ul>
      {law.map((line) => (
        <p key={line.en} className="row-note">
          {line[language]}
        </p>
      ))}
    </section>
  )
}
