import {
  AlertOutlined,
  BarcodeOutlined,
  FileTextOutlined,
  IdcardOutlined,
  NumberOutlined,
  RollbackOutlined,
  SearchOutlined,
  StopOutlined,
  SwapOutlined,
  TagOutlined,
  UserOutlined,
  ToolOutlined,
  WalletOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'

import { looksLikeCardCode } from '../../src-main/foundation/card-code.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { focusTopBox } from '../app/top-box.tsx'
import { isWriting } from '../input/writing.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { pathOfExact, pathOfHit } from './hit-path.ts'
import type { Hit } from './hit-path.ts'
import './sales.css'

const FIRST_HITS = 8
const ALL_HITS = 50

const icons: Record<Hit['kind'], ReactNode> = {
  receipt: <FileTextOutlined />,
  card: <IdcardOutlined />,
  refund: <RollbackOutlined />,
  price_adjustment: <TagOutlined />,
  exchange: <SwapOutlined />,
  complaint: <AlertOutlined />,
  refusal: <StopOutlined />,
  instruction: <SwapOutlined />,
  voucher: <WalletOutlined />,
  repair: <ToolOutlined />,
  serial: <NumberOutlined />,
  product: <BarcodeOutlined />,
  customer: <UserOutlined />,
}

function HitRow({ hit }: { hit: Hit }) {
  return (
    <li>
      <Link className="row" to={pathOfHit(hit)}>
        <span className="hit-icon" aria-hidden="true">
          {icons[hit.kind]}
        </span>
        <span className="row-main hit-main">
          <span className="row-title">{hit.label}</span>
          <span className="row-note">{hit.note}</span>
        </span>
        <span className="row-side">
          {hit.amount === null ? null : <Money amount={hit.amount} />}
          {hit.businessDate ? (
            <span className="row-note">
              <BusinessDate date={hit.businessDate} distance="ago" />
            </span>
          ) : null}
        </span>
      </Link>
    </li>
  )
}

/**
 * Moves the focus to the best hit once it is there, so Enter opens it; without any, back to the box to try again. Who
 * types the next question already keeps it.
 */
function useFirstHitFocus(ready: string | null) {
  const results = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (ready === null) return
    const at = document.activeElement
    if (at instanceof HTMLInputElement && isWriting() && at.value.trim() !== ready) return
    const best = results.current?.querySelector<HTMLElement>('.row')
    if (best) best.focus()
    else if (at === document.body) focusTopBox()
  }, [ready])
  return results
}

/** What the one box found: an exact hit opens at once, otherwise groups, best first. */
export default function FindPage() {
  const [query] = useSearchParams()
  const typed = (query.get('q') ?? '').trim()
  if (looksLikeCardCode(typed)) {
    // Its signature is looked at first; the card opens from there where this desk has it.
    return <Navigate to={paths.verify()} replace state={{ code: typed, fromBox: true }} />
  }
  return <Found text={typed.slice(0, 120)} />
}

function Found({ text }: { text: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const [allFor, showAllFor] = useState('')
  const limit = allFor === text ? ALL_HITS : FIRST_HITS
  const found = useQuery(
    api.sales.find.queryOptions({ input: { text, limit }, enabled: text !== '', staleTime: 0 }),
  )
  const exact = found.data?.exact
  useEffect(() => {
    // What was scanned goes along: a voucher's code is proof that its paper is here.
    if (exact) void navigate(pathOfExact(exact), { replace: true, state: { scan: text } })
  }, [exact, navigate, text])
  const groups = found.data && !exact ? found.data.groups : null
  const results = useFirstHitFocus(groups ? text : null)

  return (
    <Page title={t('sales:find.title', { text })} back="/">
      <h1 className="find-title">{t('sales:find.title', { text })}</h1>
      <RefusalAlert error={found.error} retry={found.refetch} />
      {found.isLoading || exact ? <LoadingState text={t('sales:find.looking')} /> : null}
      {groups?.length === 0 ? (
        <EmptyState
          icon={<SearchOutlined />}
          title={t('sales:find.none', { text })}
          hint={t('sales:find.teach')}
          action={
            <>
              <Button onClick={() => void navigate(paths.noSlip())}>
                {t('sales:find.noSlip')} <KeyCap keys="Alt+N" />
              </Button>
              {may('sales.import') ? (
                <Button onClick={() => void navigate(paths.imports())}>
                  {t('sales:find.import')}
                </Button>
              ) : null}
            </>
          }
        />
      ) : null}
      <div className="find-groups" ref={results}>
        {groups?.map(({ kind, hits, more }) => (
          <Panel
            key={kind}
            title={t(`sales:kind.${kind}`)}
            extra={
              more && limit === FIRST_HITS ? (
                <Button size="small" type="link" onClick={() => showAllFor(text)}>
                  {t('sales:find.more')}
                </Button>
              ) : null
            }
          >
            <RowList label={t(`sales:kind.${kind}`)}>
              {hits.map((hit) => (
                <HitRow key={hit.id} hit={hit} />
              ))}
            </RowList>
          </Panel>
        ))}
      </div>
    </Page>
  )
}
