import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { PageHeader } from '../ui/page.tsx'
import { JobsView } from './jobs-view.tsx'
import { PrinterView } from './printer-view.tsx'
import './printers.css'
import { RoutesView } from './routes-view.tsx'

const views = ['open', 'all', 'printers', 'routes'] as const
type View = (typeof views)[number]

/** Papers on their way, the printers of this desk, and which paper goes to which. */
export default function PrintersPage() {
  const [query] = useSearchParams()
  const view = views.find((each) => each === query.get('view')) ?? 'open'
  const header = <Header current={view} />
  if (view === 'printers') return <PrinterView header={header} />
  if (view === 'routes') return <RoutesView header={header} />
  return <JobsView key={view} view={view} header={header} />
}

function Header({ current }: { current: View }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery(api.printers.summary.queryOptions())
  const counts: Partial<Record<View, number>> = {
    open: (data?.waiting ?? 0) + (data?.asking ?? 0),
    printers: data?.printers ?? 0,
  }
  const show = (view: View) =>
    void navigate(paths.printers(view === 'open' ? undefined : view), { replace: true })
  useHotkeys(
    views.map((view, index) => ({
      keys: String(index + 1),
      label: t(`printers:view.${view}`),
      run: () => show(view),
    })),
  )
  return (
    <PageHeader
      title={t('printers:title')}
      aside={
        <Segmented<View>
          aria-label={t('printers:view.which')}
          value={current}
          options={views.map((view, index) => ({
            value: view,
            label: (
              <span className="printer-tab">
                {t(`printers:view.${view}`)}
                {counts[view] ? <strong>{counts[view]}</strong> : null}
                <KeyCap keys={String(index + 1)} />
              </span>
            ),
          }))}
          onChange={show}
        />
      }
    />
  )
}
