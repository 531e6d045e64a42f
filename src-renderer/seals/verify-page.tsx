import {
  CheckCircleFilled,
  CloseCircleFilled,
  FileSearchOutlined,
  KeyOutlined,
  QuestionCircleFilled,
  SafetyCertificateOutlined,
  WarningFilled,
} from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'

import { LONGEST_SCAN } from '../../src-main/foundation/card-code.ts'
import { minorDigits } from '../../src-main/foundation/money.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { useScanner } from '../input/use-scanner.tsx'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { carryCard } from '../ui/brought-card.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import './seals.css'

type Verified = InferClientOutputs<typeof desk>['cards']['verify']
type Facts = NonNullable<Verified['facts']>
type Here = NonNullable<Verified['here']>

/** What came with the address: a code from the one box, whose card opens at once where this desk has it. */
interface Carried {
  code?: string
  fromBox?: boolean
}

/** Whether a card is genuine, by its code alone: no network, no database, no other desk. */
export default function VerifyPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const carried = (useLocation().state ?? {}) as Carried
  const [code, setCode] = useState(carried.code ?? '')
  const [typed, setTyped] = useState('')
  const [unitNo, setUnitNo] = useState(0)
  const field = useRef<TextAreaRef>(null)
  const check = (text: string) => {
    setUnitNo(0)
    setTyped('')
    setCode(text.trim())
  }
  useScanner(check)
  const found = useQuery(
    api.cards.verify.queryOptions({ input: { text: code }, enabled: code !== '', staleTime: 0 }),
  )
  const verified = code === '' ? undefined : found.data
  const opensAt = carried.fromBox && carried.code === code ? saleOf(verified) : null
  useEffect(() => {
    // As the number of a card does: all a customer wants begins at its sale.
    if (opensAt !== null) {
      void navigate(paths.sale(opensAt), { replace: true, state: { scan: code } })
    }
  }, [opensAt, code, navigate])
  const submit = useEnterSubmit(() => {
    if (typed.trim()) check(typed)
  })
  return (
    <Page
      title={t('seals:title')}
      back="/"
      footer={<VerifyActions verified={verified} code={code} unitNo={unitNo} />}
    >
      <PageHeader title={t('seals:title')} facts={[t('seals:hint')]} />
      {verified && opensAt === null ? <Verdict verified={verified} /> : null}
      <div className="verify-columns">
        <div>
          <Panel title={t('seals:code')}>
            <Field label={t('seals:field')} hint={t('seals:fieldHint')}>
              {(id) => (
                <Input.TextArea
                  id={id}
                  ref={field}
                  className="verify-field"
                  value={typed}
                  data-scan="true"
                  autoFocus
                  autoComplete="off"
                  spellCheck={false}
                  maxLength={LONGEST_SCAN}
                  autoSize={{ minRows: 3, maxRows: 8 }}
                  onChange={(event) => setTyped(event.target.value)}
                  {...submit}
                />
              )}
            </Field>
          </Panel>
          <RefusalAlert error={found.error} retry={found.refetch} />
          {found.isLoading || opensAt !== null ? <LoadingState /> : null}
          {verified?.here && opensAt === null ? <HerePanel here={verified.here} /> : null}
        </div>
        <div>
          {verified?.facts ? (
            <FactsPanel
              facts={verified.facts}
              isChecked={verified.verdict === 'genuine'}
              unitNo={unitNo}
              onUnit={setUnitNo}
            />
          ) : verified ? null : (
            <EmptyState
              icon={<SafetyCertificateOutlined />}
              title={t('seals:empty')}
              hint={t('seals:teach')}
            />
          )}
        </div>
      </div>
    </Page>
  )
}

/** The sale a genuine card opens without a look at it: one of this desk that nothing happened to. */
function saleOf(verified: Verified | undefined): number | null {
  if (verified?.verdict !== 'genuine' || !verified.here) return null
  return isUntouched(verified.here) ? verified.here.receiptId : null
}

function isUntouched(here: Here): boolean {
  return here.state === 'active' && here.newer.length === 0 && here.returned === 0
}

interface VerifyActionsProps {
  verified: Verified | undefined
  code: string
  unitNo: number
}

function VerifyActions({ verified, code, unitNo }: VerifyActionsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { currency } = useStore()
  const { facts, here, verdict } = verified ?? {}
  const actions: Action[] = []
  const newest = here?.newer[0]
  if (here) {
    actions.push({
      keys: 'Ctrl+Enter',
      label: newest ? t('seals:openNewer', newest) : t('seals:openSale'),
      icon: <FileSearchOutlined />,
      primary: true,
      run: () => void navigate(newest ? paths.card(newest.cardId) : paths.sale(here.receiptId)),
    })
  } else if (facts && verdict === 'genuine') {
    const unit = facts.units[unitNo] ?? facts.units[0]
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('seals:useAsProof'),
      icon: <SafetyCertificateOutlined />,
      primary: true,
      run: () =>
        void navigate(paths.noSlip(), {
          state: carryCard({
            code,
            goods: {
              name: unit?.name ?? '',
              soldOn: facts.saleDate,
              paid:
                unit && facts.currency === currency
                  ? unit.paid / 10 ** minorDigits(currency)
                  : null,
            },
          }),
        }),
    })
  }
  actions.push({
    keys: 'Alt+K',
    label: t('seals:keys.title'),
    icon: <KeyOutlined />,
    run: () => void navigate(paths.sealKeys()),
  })
  return <ActionBar actions={actions}>{verified ? null : t('seals:scanFirst')}</ActionBar>
}

type Tone = 'good' | 'soon' | 'risk'

const looks: Record<Verified['verdict'], { tone: Tone; icon: ReactNode }> = {
  genuine: { tone: 'good', icon: <CheckCircleFilled /> },
  unsigned: { tone: 'soon', icon: <QuestionCircleFilled /> },
  unknown_key: { tone: 'soon', icon: <QuestionCircleFilled /> },
  incomplete: { tone: 'soon', icon: <WarningFilled /> },
  newer: { tone: 'soon', icon: <WarningFilled /> },
  no_code: { tone: 'soon', icon: <WarningFilled /> },
  forged: { tone: 'risk', icon: <CloseCircleFilled /> },
  key_void: { tone: 'risk', icon: <CloseCircleFilled /> },
  key_withdrawn: { tone: 'soon', icon: <QuestionCircleFilled /> },
}

/** A genuine card that its own desk took back is no good card. */
function looksOf({ verdict, here }: Verified): { tone: Tone; icon: ReactNode } {
  if (verdict === 'genuine' && here && !isUntouched(here)) {
    return { tone: here.state === 'void' ? 'risk' : 'soon', icon: <WarningFilled /> }
  }
  return looks[verdict]
}

/** The one sentence a clerk reads aloud, and what to do next. */
function Verdict({ verified }: { verified: Verified }) {
  const { t } = useTranslation()
  const { verdict, signer, fingerprint, missing, facts } = verified
  const { tone, icon } = looksOf(verified)
  const params = { ...signer, fingerprint: signer?.fingerprint ?? fingerprint, missing }
  return (
    <section className={`seal-verdict seal-verdict-${tone}`} role="status" aria-live="assertive">
      <span className="seal-verdict-icon" aria-hidden="true">
        {icon}
      </span>
      <div>
        <h2>{t(`seals:verdict.${verdict}`, params)}</h2>
        <p>{t(`seals:next.${verdict}`, params)}</p>
        {signer?.voidFrom && verdict === 'genuine' ? (
          <p>{t('seals:olderThanVoid', { date: signer.voidFrom })}</p>
        ) : null}
        {verdict === 'genuine' && !verified.here && facts ? <p>{t('seals:notHere')}</p> : null}
        {signer ? <p className="seal-verdict-key">{t('seals:signedWith', params)}</p> : null}
      </div>
    </section>
  )
}

/** What this desk's own book says of the card. */
function HerePanel({ here }: { here: Here }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('seals:here.title')}>
      <ul className="verify-here">
        <li>
          <Link to={paths.card(here.cardId)}>{here.number}</Link>{' '}
          {here.state === 'void' ? (
            <Tag tone="risk">{t('seals:here.void', { reason: here.voidReason ?? '' })}</Tag>
          ) : (
            <Tag tone="good">{t('seals:here.active')}</Tag>
          )}
        </li>
        {here.agrees === null ? null : (
          <li>
            <Tag tone={here.agrees ? 'good' : 'risk'}>
              {t(here.agrees ? 'seals:here.agrees' : 'seals:here.differs')}
            </Tag>
          </li>
        )}
        {here.newer.map((card) => (
          <li key={card.cardId}>
            <Tag tone="soon">{t('seals:here.newer')}</Tag>{' '}
            <Link to={paths.card(card.cardId)}>{card.number}</Link>
          </li>
        ))}
        {here.returned > 0 ? (
          <li>
            <Tag tone="soon">
              {t('seals:here.returned', { count: here.returned, of: here.units })}
            </Tag>
          </li>
        ) : null}
      </ul>
    </Panel>
  )
}

interface FactsPanelProps {
  facts: Facts
  isChecked: boolean
  unitNo: number
  onUnit: (unitNo: number) => void
}

/** What stands in the code: enough to serve a customer by. */
function FactsPanel({ facts, isChecked, unitNo, onUnit }: FactsPanelProps) {
  const { t } = useTranslation()
  const { units, unitCount, currency } = facts
  return (
    <Panel
      title={t('seals:facts.title')}
      extra={isChecked ? null : <Tag tone="risk">{t('seals:facts.unchecked')}</Tag>}
    >
      <dl className="verify-facts">
        <dt>{t('seals:facts.number')}</dt>
        <dd>
          <strong>{facts.number}</strong>{' '}
          {facts.issue > 1 ? <Tag>{t('seals:facts.issue', { issue: facts.issue })}</Tag> : null}
        </dd>
        <dt>{t('seals:facts.store')}</dt>
        <dd>{facts.store}</dd>
        <dt>{t('seals:facts.saleDate')}</dt>
        <dd>
          <BusinessDate date={facts.saleDate} distance="ago" />
        </dd>
        <dt>{t('seals:facts.receiptNo')}</dt>
        <dd>{facts.receiptNo}</dd>
      </dl>
      <div role="radiogroup" aria-label={t('seals:facts.units', { count: unitCount })}>
        {units.map((unit, index) => (
          // Two units of one kind have nothing else to tell them apart, and they never change places.
          <label key={index} className="verify-unit">
            <input
              type="radio"
              name="unit"
              checked={index === unitNo}
              onChange={() => onUnit(index)}
            />
            <span className="row-main">
              <span className="row-title">{[unit.brand, unit.name].filter(Boolean).join(' ')}</span>
              <span className="row-note">
                {[
                  unit.model && t('seals:facts.model', { model: unit.model }),
                  unit.serialNo && t('seals:facts.serialNo', { serialNo: unit.serialNo }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="row-note">
                {t('seals:facts.unitEnds')} <BusinessDate date={unit.unitEndsOn} distance="left" />
              </span>
              {unit.partEndsOn ? (
                <span className="row-note">
                  {unit.mainParts || t('seals:facts.parts')}{' '}
                  <BusinessDate date={unit.partEndsOn} distance="left" />
                </span>
              ) : null}
            </span>
            <span className="row-side">
              <Money amount={unit.paid} currency={currency} />
            </span>
          </label>
        ))}
      </div>
      {unitCount > units.length ? (
        <p className="row-note">
          {t('seals:facts.more', { count: unitCount, shown: units.length })}
        </p>
      ) : null}
    </Panel>
  )
}
