import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { anyDocument, paperFormats } from '../../src-main/printers/contract.ts'
import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { formatTenths, nameOfDocument, type Route } from './printing.ts'
import { RouteDialog } from './route-dialog.tsx'

const keyOf = ({ document, format }: Pick<Route, 'document' | 'format'>) => `${document} ${format}`

/** A format nobody has set up: the system's dialog asks. */
function unset(format: string): Route {
  return {
    document: anyDocument,
    format,
    printerId: null,
    copies: 1,
    offsetX: 0,
    offsetY: 0,
    mediaSource: '',
    sides: 'one',
    version: 0,
  }
}

/** Which paper goes to which printer: by size, and what differs from that. */
export function RoutesView({ header }: { header: ReactNode }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const mayChange = may('settings.change')
  const [chosen, choose] = useState<string | null>(null)
  const [editing, setEditing] = useState<Route | null>(null)
  const list = useQuery(api.printers.routes.queryOptions())
  const drop = useCommand(desk.printers.dropRoute)
  const known = list.data ?? []
  const bySize = paperFormats.map(
    (format) =>
      known.find((route) => route.document === anyDocument && route.format === format) ??
      unset(format),
  )
  const own = known.filter(({ document }) => document !== anyDocument)
  const rows = [...bySize, ...own]
  const current = rows.find((route) => keyOf(route) === chosen) ?? rows[0]
  const actions: Action[] = []
  if (mayChange && current) {
    actions.push(
      {
        keys: 'Alt+E',
        label: t('printers:act.setRoute'),
        icon: <EditOutlined />,
        primary: true,
        run: () => setEditing(current),
      },
      {
        keys: 'Insert',
        label: t('printers:act.addRoute'),
        icon: <PlusOutlined />,
        run: () => setEditing({ ...unset(current.format), document: '' }),
      },
    )
    if (current.version > 0) {
      actions.push({
        keys: 'Delete',
        label: t('printers:act.dropRoute'),
        danger: true,
        busy: drop.isPending,
        run: () => drop.mutate(current),
      })
    }
  }
  const rowOf = (route: Route) => (
    <li key={keyOf(route)}>
      <RouteRow
        route={route}
        isCurrent={route === current}
        choose={() => choose(keyOf(route))}
        edit={() => mayChange && setEditing(route)}
      />
    </li>
  )
  return (
    <Page
      title={t('printers:title')}
      back="/"
      footer={<ActionBar actions={actions}>{t('printers:routes.hint')}</ActionBar>}
    >
      {header}
      <RefusalAlert error={list.error ?? drop.error} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data ? (
        <Panel title={t('printers:routes.bySize')}>
          <RowList label={t('printers:routes.bySize')}>{bySize.map(rowOf)}</RowList>
        </Panel>
      ) : null}
      {own.length > 0 ? (
        <Panel title={t('printers:routes.own')}>
          <RowList label={t('printers:routes.own')}>{own.map(rowOf)}</RowList>
        </Panel>
      ) : null}
      {editing ? <RouteDialog route={editing} close={() => setEditing(null)} /> : null}
    </Page>
  )
}

interface RouteRowProps {
  route: Route
  isCurrent: boolean
  choose: () => void
  edit: () => void
}

function RouteRow({ route, isCurrent, choose, edit }: RouteRowProps) {
  const { t } = useTranslation()
  const printers = useQuery(api.printers.list.queryOptions())
  const printer = printers.data?.find(({ id }) => id === route.printerId)
  const isMoved = route.offsetX !== 0 || route.offsetY !== 0
  const notes = [
    route.copies > 1 ? t('printers:jobs.copies', { count: route.copies }) : '',
    isMoved
      ? t('printers:routes.moved', {
          x: formatTenths(route.offsetX),
          y: formatTenths(route.offsetY),
        })
      : '',
    route.mediaSource,
    route.sides === 'one' ? '' : t(`printers:sides.${route.sides}`),
  ].filter(Boolean)
  const size = t(`printers:format.${route.format}`, { defaultValue: route.format })
  return (
    <button
      type="button"
      className={
        isCurrent ? 'row row-wrap printer-row printer-current' : 'row row-wrap printer-row'
      }
      aria-current={isCurrent}
      onFocus={choose}
      onClick={choose}
      onDoubleClick={edit}
    >
      <span className="row-main">
        <span className="row-title">
          {route.document === anyDocument ? size : `${nameOfDocument(route.document, t)} · ${size}`}
        </span>
        {printer ? <span className="row-note">{notes.join(' · ')}</span> : null}
      </span>
      <span className="row-side">
        {printer ? (
          <Tag tone="teal">{printer.name}</Tag>
        ) : (
          <span className="row-note">{t('printers:routes.ask')}</span>
        )}
      </span>
    </button>
  )
}
