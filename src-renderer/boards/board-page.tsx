import { DesktopOutlined, DisconnectOutlined, SyncOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { useIsLive } from '../app/changes.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { ClockTag, sayLeft } from '../ui/clock-tag.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import './boards.css'

type Board = InferClientOutputs<typeof desk>['boards']['now']

/** Time alone makes things due: asked again even where nobody did anything. */
const EVERY_MS = 30_000

/** How the choice of a floor is written: a floor that is not named, and the whole store, have no name of their own. */
const noFloor = '-'
const wholeStore = '*'

/** What is to be done today: numbers large enough for a wall, each a way into its list. */
export default function BoardPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [query, setQuery] = useSearchParams()
  const isWall = query.get('wall') === '1'
  const asked = query.get('floor')
  const whose = query.get('whose')
  const board = useQuery(
    api.boards.now.queryOptions({
      input: {
        ...(asked !== null && { floor: readFloor(asked) }),
        ...(whose !== null && { mine: whose === 'mine' }),
      },
      placeholderData: keepPreviousData,
      refetchInterval: EVERY_MS,
      staleTime: 0,
    }),
  )
  const change = (name: string, value: string | null) => {
    const next = new URLSearchParams(query)
    if (value === null) next.delete(name)
    else next.set(name, value)
    setQuery(next, { replace: true })
  }
  const leaveWall = () => change('wall', null)
  useWall(isWall)
  useHotkeys([
    {
      keys: 'Alt+W',
      label: t('boards:keys.wall'),
      run: () => change('wall', isWall ? null : '1'),
    },
    {
      keys: 'Alt+U',
      label: t('boards:keys.whose'),
      run: () => change('whose', board.data?.mine ? 'all' : 'mine'),
    },
    { keys: 'Esc', label: t('boards:keys.leaveWall'), when: isWall, run: leaveWall },
  ])
  return (
    <Page
      title={t('boards:title')}
      {...(isWall ? { back: null } : { back: '/' })}
      footer={
        isWall ? undefined : (
          <ActionBar
            actions={[
              {
                keys: 'Alt+W',
                label: t('boards:keys.wall'),
                icon: <DesktopOutlined />,
                run: () => change('wall', '1'),
              },
            ]}
          >
            {t('boards:hint')}
          </ActionBar>
        )
      }
    >
      <PageHeader
        title={t('boards:title')}
        mark={<Freshness at={board.data?.at} failed={board.error !== null} />}
        aside={
          board.data ? (
            <Choices
              board={board.data}
              chooseFloor={(floor) => change('floor', floor)}
              chooseWhose={(mine) => change('whose', mine ? 'mine' : 'all')}
            />
          ) : null
        }
      />
      {board.data ? (
        <BoardView board={board.data} open={(to) => void navigate(to)} />
      ) : board.error ? (
        <RefusalAlert error={board.error} retry={board.refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

function readFloor(asked: string): string | null {
  if (asked === wholeStore) return null
  return asked === noFloor ? '' : asked
}

function writeFloor(floor: string | null): string {
  return floor === null ? wholeStore : floor || noFloor
}

/** While it lasts nothing but the board is on the screen, and what locks it leaves the numbers to be seen. */
function useWall(isWall: boolean): void {
  useEffect(() => {
    if (!isWall) return undefined
    document.documentElement.dataset['wall'] = 'on'
    return () => {
      delete document.documentElement.dataset['wall']
    }
  }, [isWall])
}

/** Since when the numbers hold, and whether changes are still heard of. */
function Freshness({ at, failed }: { at: string | undefined; failed: boolean }) {
  const { t } = useTranslation()
  const isLive = useIsLive() && !failed
  if (at === undefined) return null
  return (
    <output className={isLive ? 'board-fresh' : 'board-fresh board-lost'}>
      {isLive ? <SyncOutlined /> : <DisconnectOutlined />}{' '}
      {t(isLive ? 'boards:fresh' : 'boards:lost')} <Moment at={at} short />
    </output>
  )
}

interface ChoicesProps {
  board: Board
  chooseFloor: (floor: string) => void
  chooseWhose: (mine: boolean) => void
}

function Choices({ board, chooseFloor, chooseWhose }: ChoicesProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLDivElement>(null)
  const remember = useCommand(desk.boards.choose)
  useHotkeys([
    {
      keys: 'Alt+F',
      label: t('boards:keys.floor'),
      run: () => field.current?.querySelector('input')?.focus(),
    },
  ])
  const floors = board.floors.map(({ floor }) => floor)
  if (board.floor !== null && !floors.includes(board.floor)) floors.push(board.floor)
  return (
    <div className="list-tools board-choices">
      <Segmented
        aria-label={t('boards:whose')}
        value={board.mine ? 'mine' : 'all'}
        options={(['all', 'mine'] as const).map((value) => ({
          value,
          label: (
            <>
              {t(`boards:${value}`)}{' '}
              {value === (board.mine ? 'all' : 'mine') ? <KeyCap keys="Alt+U" /> : null}
            </>
          ),
        }))}
        onChange={(value) => chooseWhose(value === 'mine')}
      />
      <div ref={field}>
        <Select
          className="board-floor"
          aria-label={t('boards:keys.floor')}
          value={writeFloor(board.floor)}
          options={[
            { value: wholeStore, label: t('boards:wholeStore') },
            ...floors.map((floor) => ({
              value: writeFloor(floor),
              label: floor || t('boards:noFloor'),
            })),
          ]}
          onChange={(value: string) => {
            chooseFloor(value)
            remember.mutate({ floor: readFloor(value) })
          }}
        />
      </div>
      <KeyCap keys="Alt+F" />
    </div>
  )
}

interface Tile {
  name: string
  count: number
  to: string
  tone?: 'risk' | 'soon' | undefined
  note?: React.ReactNode
  /** It is the whole store's whatever floor is chosen. */
  everywhere?: boolean
}

function tilesOf(board: Board, me: number, t: ReturnType<typeof useTranslation>['t']): Tile[] {
  const { cases, promises, waiting, money, repairs } = board
  const floor = board.floor === null ? undefined : board.floor || noFloor
  const listed = {
    ...(floor !== undefined && { floor }),
    ...(board.mine && { owner: me }),
  }
  const risk = (count: number) => (count > 0 ? ('risk' as const) : undefined)
  const soon = (count: number) => (count > 0 ? ('soon' as const) : undefined)
  return [
    {
      name: 'overdue',
      count: cases.overdue,
      to: paths.clocks('overdue', floor),
      tone: risk(cases.overdue),
    },
    { name: 'soon', count: cases.soon, to: paths.clocks('due', floor), tone: soon(cases.soon) },
    { name: 'open', count: cases.open, to: paths.complaints(listed) },
    {
      name: 'promises',
      count: promises.due,
      to: paths.promises(promises.overdue > 0 ? 'overdue' : 'due', floor),
      tone: risk(promises.overdue) ?? soon(promises.due),
      note: promises.overdue > 0 ? t('boards:overdueOf', { count: promises.overdue }) : null,
    },
    {
      name: 'waiting',
      count: waiting.cases,
      to: paths.waiting(),
      tone: soon(waiting.cases),
      note: waiting.clocks > 0 ? t('boards:toldMe', { count: waiting.clocks }) : null,
      everywhere: true,
    },
    {
      name: 'approvals',
      count: waiting.approvals,
      to: paths.approvals('for-me'),
      tone: soon(waiting.approvals),
      everywhere: true,
    },
    {
      name: 'money',
      count: money.count,
      to: paths.posInstructions(),
      tone: risk(money.ambiguous) ?? soon(money.count),
      note: money.payOut > 0 ? <Money amount={money.payOut} /> : null,
      everywhere: true,
    },
    {
      name: 'repairsOverdue',
      count: repairs.overdue,
      to: paths.repairs('overdue'),
      tone: risk(repairs.overdue),
      everywhere: true,
    },
    { name: 'repairsReady', count: repairs.ready, to: paths.repairs('ready'), everywhere: true },
    {
      name: 'alerts',
      count: waiting.alerts,
      to: paths.alerts(),
      tone: risk(waiting.urgentAlerts) ?? soon(waiting.alerts),
      note: waiting.urgentAlerts > 0 ? t('boards:urgentOf', { count: waiting.urgentAlerts }) : null,
      everywhere: true,
    },
  ]
}

/** Ten digits for the tiles; what comes after them has a letter. */
function keyOf(at: number): string {
  return '1234567890ABCDE'.charAt(at)
}

function BoardView({ board, open }: { board: Board; open: (to: string) => void }) {
  const { t } = useTranslation()
  const { operator } = useSession()
  const tiles = tilesOf(board, operator.id, t)
  useHotkeys(
    tiles.map(({ name, to }, at) => ({
      keys: keyOf(at),
      label: t(`boards:tile.${name}`),
      run: () => open(to),
    })),
  )
  return (
    <>
      <ul className="board-tiles" aria-label={t('boards:tiles')}>
        {tiles.map((tile, at) => (
          <li key={tile.name}>
            <Link to={tile.to} className={`board-tile board-${tile.tone ?? 'plain'}`}>
              <span className="board-count">{tile.count}</span>
              <span className="board-name">
                {t(`boards:tile.${tile.name}`)} <KeyCap keys={keyOf(at)} />
              </span>
              <span className="row-note">
                {tile.note}
                {tile.everywhere && board.floor !== null ? ` ${t('boards:everywhere')}` : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="board-lists">
        <Floors board={board} />
        <Urgent board={board} />
      </div>
    </>
  )
}

function Floors({ board }: { board: Board }) {
  const { t } = useTranslation()
  const columns = ['open', 'soon', 'overdue'] as const
  return (
    <Panel title={t('boards:byFloor')}>
      {board.floors.length === 0 ? (
        <EmptyState small title={t('boards:nothingOpen')} hint={t('boards:nothingOpenHint')} />
      ) : (
        <table className="board-floors">
          <thead>
            <tr>
              <th scope="col">{t('boards:floor')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`boards:column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.floors.map((row) => (
              <tr key={row.floor} aria-current={row.floor === board.floor ? 'true' : undefined}>
                <th scope="row">{row.floor || t('boards:noFloor')}</th>
                {columns.map((column) => (
                  <td
                    key={column}
                    className={column === 'overdue' && row.overdue > 0 ? 'tone-risk' : ''}
                  >
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

/** What runs out first; a locked screen shows no words of customers. */
function Urgent({ board }: { board: Board }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('boards:urgent')} className="board-urgent">
      {board.urgent.length === 0 ? (
        <EmptyState small title={t('boards:nothingUrgent')} />
      ) : (
        <RowList label={t('boards:urgent')}>
          {board.urgent.map((row) => (
            <li key={row.caseId}>
              <Link className="row" to={paths.complaint(row.complaintId)}>
                <span className="row-main">
                  <span className="row-title">{row.text}</span>
                  <span className="row-note">
                    {[row.number, row.floor, row.counter, row.ownerName]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                {row.next ? (
                  <span className="row-side">
                    <ClockTag clock={row.next} />
                    <span className="row-note">{sayLeft(row.next, t)}</span>
                  </span>
                ) : null}
              </Link>
            </li>
          ))}
        </RowList>
      )}
    </Panel>
  )
}
