import { DisconnectOutlined, SafetyOutlined } from '@ant-design/icons'
import { Alert, Button, Result } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Trouble } from './client.ts'

/** The desk does not answer, or this page's key is not the one of the running desk. */
export function ConnectionPage({ trouble, retry }: { trouble: Trouble; retry: () => void }) {
  const { t } = useTranslation()
  const stale = trouble.kind === 'stale_token'
  const name = stale ? 'stale' : trouble.kind === 'no_connection' ? 'lost' : 'failed'
  return (
    <main className="alone-page">
      <Result
        icon={stale ? <SafetyOutlined /> : <DisconnectOutlined />}
        title={<h1 className="broken-title">{t(`app:connection.${name}.title`)}</h1>}
        subTitle={t(`app:connection.${name}.hint`)}
        extra={
          <Button type="primary" size="large" onClick={retry}>
            {t('app:connection.retry')}
          </Button>
        }
      />
    </main>
  )
}

/** The desk stopped answering while somebody works: what is typed stays, nothing new is sent. */
export function LostConnectionBar({ trouble }: { trouble: Trouble }) {
  const { t } = useTranslation()
  const name = trouble.kind === 'stale_token' ? 'stale' : 'lost'
  return (
    <Alert banner type="warning" className="lost-bar" title={t(`app:connection.${name}.bar`)} />
  )
}
