import { FileSearchOutlined, StopOutlined, ToolOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { DatePicker, Input, InputNumber } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'

import { looksLikeCardCode } from '../../src-main/foundation/card-code.ts'
import { proofKinds } from '../../src-main/rights/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { readBroughtCard } from '../ui/brought-card.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { ClaimVerdict } from './claim-verdict.tsx'
import { ProofCard } from './proof-card.tsx'
import {
  type Candidate,
  emptyValues,
  goodsOf,
  type ProofDraft,
  type ProofKind,
  type ProofValues,
  readyProofs,
  valuesOfCard,
  type Reason,
  type Weighed,
} from './proof-form.ts'
import { StrengthPanel } from './strength-panel.tsx'
import './rights.css'

const DRAFT = 'no-slip'

/** Proofs whose number a scanner can read. */
const SCANNED: ReadonlySet<ProofKind> = new Set([
  'serial_no',
  'barcode',
  'slip_photo',
  'member_record',
])
const IS_BARCODE = /^\d{8}(?:\d{4,6})?$/

const reasonKeys: readonly (readonly [string, Reason])[] = [
  ['1', 'quality'],
  ['2', 'size'],
  ['3', 'preference'],
  ['4', 'wrong_item'],
  ['5', 'damaged'],
  ['6', 'price'],
  ['7', 'counterfeit'],
  ['8', 'unsafe_food'],
  ['9', 'other'],
]

/** No slip, no card: whatever proof there is, which sale it points to, how strong it is and who decides. Never a no. */
export default function NoSlipPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { currency } = useStore()
  const { may } = useSession()
  const [values, keep, clear] = useDraft<ProofValues>(DRAFT, emptyValues)
  const change = (part: Partial<ProofValues>) => keep((now) => ({ ...now, ...part }))
  const kinds = useRef<HTMLDivElement>(null)
  const { state } = useLocation()
  useEffect(() => {
    const brought = readBroughtCard(state)
    if (!brought) return
    keep(() => valuesOfCard(brought))
    // Once: a reload must not write over what the clerk typed since.
    void navigate(paths.noSlip(), { replace: true })
  }, [state, keep, navigate])

  const { proofs, keys } = readyProofs(values, currency)
  const weighed = useQuery(
    api.rights.weighProofs.queryOptions({
      input: { proofs },
      enabled: proofs.length > 0,
      placeholderData: keepPreviousData,
    }),
  )
  const found = proofs.length > 0 ? weighed.data : undefined
  const chosen = chosenSale(values, found)
  const weighing = chosen ?? found?.alone
  const goods = goodsOf(values, currency)
  const describes =
    values.choice === 'none' || (found !== undefined && found.candidates.length === 0)

  const add = (kind: ProofKind, text = '') =>
    keep((now) => ({
      ...now,
      nextKey: now.nextKey + 1,
      proofs: [
        ...now.proofs,
        { key: now.nextKey, kind, amount: null, date: null, text, more: '', photo: null },
      ],
    }))
  const edit = (key: number, part: Partial<ProofDraft>) =>
    keep((now) => ({
      ...now,
      proofs: now.proofs.map((each) => (each.key === key ? { ...each, ...part } : each)),
    }))
  // A scan answers the proof that waits for its number; otherwise it is one of its own.
  useScanner((text): void => {
    if (looksLikeCardCode(text)) return add('signed_card', text)
    const waiting = values.proofs.findLast((each) => each.text === '' && SCANNED.has(each.kind))
    if (waiting) edit(waiting.key, { text })
    else add(IS_BARCODE.test(text) ? 'barcode' : 'serial_no', text)
  })
  /** Where it goes on once the proofs are taken down. */
  const then = useRef<'look' | 'refuse' | 'repair'>('look')
  const record = useCommand(desk.rights.recordProofs, {
    draftKey: DRAFT,
    onDone: ({ id }, { receiptId }) => {
      clear()
      const isRepair = then.current === 'repair'
      const without = isRepair
        ? paths.newRepair({ proofSetId: id })
        : `${paths.proofs(id)}${then.current === 'refuse' ? '?refuse=1' : ''}`
      const next = receiptId === null ? without : `${paths.sale(receiptId)}?proof=${id}`
      void navigate(next, { replace: true })
    },
  })
  const commit = (next: 'look' | 'refuse' | 'repair') => {
    then.current = next
    record.mutate({
      proofs,
      receiptId: chosen?.receiptId ?? null,
      goods: chosen ? null : goods,
      answer: values.reason ? { reason: values.reason } : {},
      note: values.note.trim(),
      contact: { name: values.name.trim(), phone: values.phone.trim() },
    })
  }
  const unless =
    proofs.length === 0
      ? t('rights:proof.addFirst')
      : chosen
        ? undefined
        : describes
          ? goods === null
            ? t('rights:proof.describeFirst')
            : undefined
          : t('rights:proof.chooseFirst')

  useHotkeys([
    ...(describes && goods
      ? []
      : proofKinds.map((kind, index) => ({
          keys: String(index + 1),
          label: t(`rights:proof.kind.${kind}`),
          run: () => add(kind),
        }))),
    {
      keys: 'Alt+P',
      label: t('rights:proof.keys.kinds'),
      run: () => kinds.current?.querySelector('button')?.focus(),
    },
  ])

  return (
    <Page
      title={t('rights:proof.title')}
      back="/"
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: chosen ? t('rights:proof.useSale') : t('rights:proof.record'),
              icon: <FileSearchOutlined />,
              primary: true,
              busy: record.isPending,
              unless,
              run: () => commit('look'),
            },
            // What cannot be denied has no key for it.
            ...(chosen || !describes || !goods
              ? []
              : [
                  {
                    keys: 'Alt+J',
                    label: t('rights:refuse.keep'),
                    icon: <StopOutlined />,
                    busy: record.isPending,
                    unless,
                    run: () => commit('refuse'),
                  },
                ]),
            ...(chosen || !describes || !goods || !may('repairs.record')
              ? []
              : [
                  {
                    keys: 'F7',
                    label: t('rights:proof.repair'),
                    icon: <ToolOutlined />,
                    busy: record.isPending,
                    unless,
                    run: () => commit('repair'),
                  },
                ]),
          ]}
        >
          {unless ?? t('rights:proof.ready')}
        </ActionBar>
      }
    >
      <PageHeader title={t('rights:proof.title')} facts={[t('rights:proof.hint')]} />
      <RefusalAlert error={record.error ?? weighed.error} />
      <div className="proof-columns">
        <div>
          <Panel title={t('rights:proof.which')} extra={<KeyCap keys="Alt+P" />}>
            <div className="rights-choices" ref={kinds}>
              {proofKinds.map((kind, index) => (
                <button
                  key={kind}
                  type="button"
                  className="rights-choice"
                  onClick={() => add(kind)}
                >
                  {describes && goods ? null : <KeyCap keys={String(index + 1)} />}{' '}
                  {t(`rights:proof.kind.${kind}`)}
                </button>
              ))}
            </div>
          </Panel>
          {values.proofs.length === 0 ? (
            <EmptyState small title={t('rights:proof.none')} hint={t('rights:proof.teach')} />
          ) : null}
          {values.proofs.map((draft) => {
            const at = keys.indexOf(draft.key)
            return (
              <ProofCard
                key={draft.key}
                draft={draft}
                standing={at < 0 ? null : (weighing?.standings[at] ?? 'alone')}
                weight={at < 0 ? 0 : (weighing?.weights[at] ?? 0)}
                onChange={(part) => edit(draft.key, part)}
                onRemove={() =>
                  change({ proofs: values.proofs.filter((each) => each.key !== draft.key) })
                }
              />
            )
          })}
        </div>
        <div>
          <Panel title={t('rights:proof.together')}>
            {weighing ? (
              <StrengthPanel {...weighing} />
            ) : (
              <p className="row-note">{t('rights:proof.nothingYet')}</p>
            )}
          </Panel>
          {found ? (
            <Sales
              found={found}
              choice={describes ? 'none' : values.choice}
              onChoose={(choice) => change({ choice })}
            />
          ) : null}
          {describes ? <Described values={values} onChange={change} /> : null}
          {describes && goods ? (
            <>
              <Panel title={t('rights:proof.why')}>
                <KeyChoices
                  legend={null}
                  choices={reasonKeys.map(([keys, value]) => ({
                    keys,
                    value,
                    label: t(`rights:reason.${value}`),
                  }))}
                  value={values.reason}
                  onChoose={(reason) => change({ reason })}
                />
              </Panel>
              <ClaimVerdict goods={goods} reason={values.reason} proofs={proofs} />
            </>
          ) : null}
        </div>
      </div>
    </Page>
  )
}

/** The sale that was chosen; the only one there is needs no choice. */
function chosenSale(values: ProofValues, found: Weighed | undefined): Candidate | undefined {
  if (!found || values.choice === 'none') return undefined
  const picked = found.candidates.find((each) => each.receiptId === values.choice)
  return picked ?? (found.candidates.length === 1 ? found.candidates[0] : undefined)
}

/** The sales the proofs point to, the best fit first, and the way on where it is none of them. */
function Sales({
  found,
  choice,
  onChoose,
}: {
  found: Weighed
  choice: ProofValues['choice']
  onChoose: (choice: number | 'none') => void
}) {
  const { t } = useTranslation()
  const only = found.candidates.length === 1 && choice === null
  return (
    <Panel title={t('rights:proof.sales', { count: found.candidates.length })}>
      <div role="radiogroup" aria-label={t('rights:proof.which_sale')} className="proof-sales">
        {found.candidates.map((each) => (
          <label key={each.receiptId} className="proof-sale">
            <input
              type="radio"
              name="sale"
              checked={choice === each.receiptId || only}
              onChange={() => onChoose(each.receiptId)}
            />
            <span className="row-main">
              <span className="row-title">
                {each.receiptNo} <Tag>{each.score}</Tag>
              </span>
              <span className="row-note">
                {[each.goods, each.customer].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="row-side">
              <Money amount={each.total} currency={each.currency} />
              <span className="row-note">
                <BusinessDate date={each.businessDate} distance="ago" />
              </span>
            </span>
          </label>
        ))}
        <label className="proof-sale">
          <input
            type="radio"
            name="sale"
            checked={choice === 'none'}
            onChange={() => onChoose('none')}
          />
          <span className="row-main">
            {t('rights:proof.noSale')}
            <span className="row-note">{t('rights:proof.noSaleHint')}</span>
          </span>
        </label>
      </div>
    </Panel>
  )
}

/** What the customer says they bought. */
function Described({
  values,
  onChange,
}: {
  values: ProofValues
  onChange: (part: Partial<ProofValues>) => void
}) {
  const { t } = useTranslation()
  const { today } = useStore()
  const { goods } = values
  const say = (part: Partial<ProofValues['goods']>) => onChange({ goods: { ...goods, ...part } })
  return (
    <Panel title={t('rights:proof.described')}>
      <Field label={t('rights:proof.field.goods')} wide>
        {(id) => (
          <Input
            id={id}
            value={goods.name}
            maxLength={200}
            onChange={(event) => say({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="form-row">
        <Field label={t('rights:proof.field.paid')}>
          {(id) => (
            <InputNumber
              id={id}
              className="full-width"
              min={0}
              precision={2}
              controls={false}
              value={goods.paid}
              onChange={(paid) => say({ paid })}
            />
          )}
        </Field>
        <Field label={t('rights:proof.field.units')}>
          {(id) => (
            <InputNumber
              id={id}
              className="full-width"
              min={1}
              max={10_000}
              precision={0}
              value={goods.units}
              onChange={(units) => say({ units: units ?? 1 })}
            />
          )}
        </Field>
        <Field label={t('rights:proof.field.soldOn')}>
          {(id) => (
            <DatePicker
              id={id}
              className="full-width"
              maxDate={dayjs(today)}
              value={goods.soldOn ? dayjs(goods.soldOn) : null}
              onChange={(day) => say({ soldOn: day ? day.format('YYYY-MM-DD') : null })}
            />
          )}
        </Field>
      </div>
      <div className="form-row">
        <Field label={t('rights:proof.field.name')}>
          {(id) => (
            <Input
              id={id}
              value={values.name}
              maxLength={40}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('rights:proof.field.phone')}>
          {(id) => (
            <Input
              id={id}
              value={values.phone}
              maxLength={30}
              onChange={(event) => onChange({ phone: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Panel>
  )
}
