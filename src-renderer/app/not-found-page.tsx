import { CompassOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { Page, PageHeader } from '../ui/page.tsx'
import { EmptyState } from '../ui/states.tsx'

/** An address no room answers to. */
export function NotFoundPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Page title={t('app:notFound.title')} back="/">
      <PageHeader title={t('app:notFound.title')} />
      <EmptyState
        icon={<CompassOutlined />}
        title={t('app:notFound.hint')}
        action={
          <Button type="primary" onClick={() => void navigate('/')}>
            {t('app:notFound.home')}
          </Button>
        }
      />
    </Page>
  )
}
