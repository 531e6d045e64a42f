import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { isSoundOn, ring } from './alert-sound.ts'
import { api } from './client.ts'
import { paths } from './paths.ts'

/** The bell of every screen: what waits for this operator, red where something of it is urgent. */
export function AlertsBell() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery(api.alerts.count.queryOptions({ refetchInterval: 60_000 }))
  const { mine = 0, unseen = 0, urgent = 0 } = data ?? {}
  const heard = useRef<number | null>(null)
  useEffect(() => {
    if (!data) return
    if (heard.current !== null && data.unseen > heard.current && isSoundOn()) ring()
    heard.current = data.unseen
  }, [data])
  const tone = urgent > 0 ? 'status-risk' : unseen > 0 ? 'status-soon' : ''
  return (
    <Button
      type="text"
      size="small"
      className={tone}
      icon={<BellOutlined />}
      aria-label={mine > 0 ? t('alerts:bellCount', { count: mine }) : t('alerts:bell')}
      aria-keyshortcuts="Control+I"
      onClick={() => void navigate(paths.alerts())}
    >
      {mine > 0 ? String(mine) : null}
    </Button>
  )
}
