import { Button, Result } from 'antd'
import { Component } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'

interface Caught {
  error: unknown
}

/** What a clerk sees when a screen breaks: nothing typed is lost, and how to go on. */
function BrokenScreen({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return (
    <main className="page" aria-label={t('app:broken.title')}>
      <Result
        status="warning"
        title={<h1 className="broken-title">{t('app:broken.title')}</h1>}
        subTitle={t('app:broken.hint')}
        extra={[
          retry ? (
            <Button key="retry" type="primary" onClick={retry}>
              {t('app:broken.retry')}
            </Button>
          ) : null,
          <Button key="reload" onClick={() => window.location.reload()}>
            {t('app:broken.reload')}
          </Button>,
        ]}
      >
        <details className="broken-detail">
          <summary>{t('app:broken.detail')}</summary>
          <pre>{detail}</pre>
        </details>
      </Result>
    </main>
  )
}

/** Keeps a broken page from taking the shell with it. */
export class PageErrorBoundary extends Component<{ children: ReactNode }, Caught> {
  override state: Caught = { error: undefined }

  static getDerivedStateFromError(error: unknown): Caught {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return (
      <BrokenScreen error={this.state.error} retry={() => this.setState({ error: undefined })} />
    )
  }
}

/** Last resort of the router. */
export function RouteError() {
  return <BrokenScreen error={useRouteError()} />
}
