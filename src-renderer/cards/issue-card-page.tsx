import { IdcardOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import type { InputRef } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { InferClientOutputs } from '@orpc/client'

import { parseDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { api, desk } from '../app/client.ts'
import { paths, readAbout } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { GoodsWarnings } from '../ui/goods-warnings.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useSubject } from '../ui/use-subject.ts'
import { copyTerms, findProblems, startValues, termsOfDraft, unitKey } from './card-form.ts'
import type { CardDraft, CardFormValues, PaperLanguage, Terms } from './card-form.ts'
import { ConsumerFields } from './consumer-fields.tsx'
import { TermsFields } from './terms-fields.tsx'
import { UnitList } from './unit-list.tsx'
import './cards.css'

type Receipt = InferClientOutputs<typeof desk>['sales']['open']

/** F3: says what a warranty card shall state, and issues it. */
export default function IssueCardPage() {
  const { t } = useTranslation()
  const [query] = useSearchParams()
  const about = useMemo(() => readAbout(query), [query])
  const receiptId = about.receiptId ?? 0
  const known = receiptId > 0
  const receipt = useQuery(api.sales.open.queryOptions({ input: { receiptId }, enabled: known }))
  const draft = useQuery(
    api.cards.draft.queryOptions({
      input: { receiptId },
      enabled: known,
      refetchOnWindowFocus: false,
    }),
  )
  const profile = useQuery(api.settings.read.queryOptions())
  useSubject(about)

  if (receipt.data && draft.data && profile.data) {
    return (
      <IssueForm
        key={receiptId}
        receipt={receipt.data}
        draft={draft.data}
        lineIds={about.lineIds ?? []}
        paperLanguage={profile.data.paperLanguage}
      />
    )
  }
  const error = receipt.error ?? draft.error ?? profile.error
  return (
    <Page title={t('cards:issue.title')}>
      <PageHeader title={t('cards:issue.title')} />
      <RefusalAlert error={error} />
      {known ? (
        error ? null : (
          <LoadingState />
        )
      ) : (
        <EmptyState
          icon={<IdcardOutlined />}
          title={t('cards:issue.noSale')}
          hint={t('cards:issue.noSaleHint')}
        />
      )}
    </Page>
  )
}

interface IssueFormProps {
  receipt: Receipt
  draft: CardDraft
  lineIds: readonly number[]
  paperLanguage: PaperLanguage
}

function IssueForm({ receipt, draft, lineIds, paperLanguage }: IssueFormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const draftKey = `card-for-sale-${receipt.id}`
  const [initial] = useState(() => startValues(draft, lineIds, paperLanguage))
  const [kept, keep, clear] = useDraft<CardFormValues>(draftKey, initial)
  const follow = (now: CardFormValues): CardFormValues =>
    now.askedLines === initial.askedLines
      ? now
      : { ...now, askedLines: initial.askedLines, chosen: initial.chosen }
  const values = follow(kept)
  const change = (part: (now: CardFormValues) => Partial<CardFormValues>) =>
    keep((before) => {
      const now = follow(before)
      return { ...now, ...part(now) }
    })

  const free = draft.units.filter((unit) => unit.blocked === null)
  const chosen = free.filter((unit) => values.chosen.includes(unitKey(unit)))
  const [currentKey, setCurrent] = useState(() =>
    unitKey(chosen[0] ?? free[0] ?? { saleLineId: 0, unitNo: 0 }),
  )
  const [tried, setTried] = useState(false)
  const serialFieldRef = useRef<InputRef>(null)
  const current = free.find((unit) => unitKey(unit) === currentKey)
  const termsIn = (now: CardFormValues, key: string): Terms => {
    const unit = draft.units.find((each) => unitKey(each) === key)
    const terms = now.terms[key] ?? (unit ? termsOfDraft(unit) : undefined)
    if (!terms) throw new Error(`no unit ${key} in this sale`)
    return terms
  }
  const termsOf = (key: string): Terms => termsIn(values, key)
  const changeTerms = (key: string, part: Partial<Terms>) =>
    change((now) => ({ terms: { ...now.terms, [key]: { ...termsIn(now, key), ...part } } }))
  const toggle = (key: string) =>
    change((now) => ({
      chosen: now.chosen.includes(key)
        ? now.chosen.filter((each) => each !== key)
        : [...now.chosen, key],
    }))
  const move = (by: number) => {
    const index = free.findIndex((unit) => unitKey(unit) === currentKey)
    const next = free[Math.min(Math.max(0, index + by), free.length - 1)]
    if (next) setCurrent(unitKey(next))
  }

  const issue = useCommand(desk.cards.issue, {
    draftKey,
    onDone: ({ id }) => {
      clear()
      void navigate(`${paths.card(id)}?issued=1`, { replace: true })
    },
  })
  const broken = chosen.find((unit) => findProblems(unit, termsOf(unitKey(unit))).length > 0)
  const commit = () => {
    setTried(true)
    if (broken) {
      setCurrent(unitKey(broken))
      return
    }
    issue.mutate({
      receiptId: receipt.id,
      consumer: values.consumer,
      paperLanguage: values.paperLanguage,
      units: chosen.map((unit) => {
        const terms = termsOf(unitKey(unit))
        return {
          ...terms,
          unitMonths: terms.unitMonths ?? 0,
          saleLineId: unit.saleLineId,
          unitNo: unit.unitNo,
        }
      }),
    })
  }

  useScanner((text) => {
    if (parseDocumentNumber(text)) return false
    const inSerialField = document.activeElement === serialFieldRef.current?.input
    const open = chosen.filter(
      (unit) => unit.serialTracked && termsOf(unitKey(unit)).serialNo === '',
    )
    const wanted = open.find((unit) => unitKey(unit) === currentKey) ?? open[0]
    const target = inSerialField ? current : wanted
    if (!target) return false
    setCurrent(unitKey(target))
    changeTerms(unitKey(target), { serialNo: text.slice(0, 60) })
    return true
  })
  useHotkeys([
    { keys: '↓', label: t('cards:keys.next'), run: () => move(1), when: free.length > 1 },
    { keys: '↑', label: t('cards:keys.previous'), run: () => move(-1), when: free.length > 1 },
    { keys: 'Space', label: t('cards:keys.toggle'), run: () => current && toggle(currentKey) },
  ])

  const unless =
    chosen.length === 0
      ? t('cards:issue.chooseFirst')
      : tried && broken
        ? t('cards:issue.fillMarked')
        : undefined
  return (
    <Page
      title={t('cards:issue.title')}
      back={paths.sale(receipt.id)}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('cards:issue.commit', { count: chosen.length }),
              icon: <IdcardOutlined />,
              run: commit,
              primary: true,
              busy: issue.isPending,
              unless,
            },
          ]}
        >
          {unless ?? t('cards:issue.footHint')}
        </ActionBar>
      }
    >
      <PageHeader
        title={t('cards:issue.title')}
        facts={[
          <Link key="sale" to={paths.sale(receipt.id)}>
            {t('cards:issue.ofReceipt', { number: receipt.receiptNo })}
          </Link>,
          <BusinessDate key="date" date={receipt.businessDate} distance="ago" />,
        ]}
      />
      <GoodsWarnings receiptId={receipt.id} />
      <RefusalAlert error={issue.error} />
      {free.length === 0 ? (
        <EmptyState
          icon={<IdcardOutlined />}
          title={t('cards:issue.noneFree')}
          hint={t('cards:issue.noneFreeHint')}
        />
      ) : (
        <div className="card-form">
          <div>
            <Panel
              title={t('cards:units.title')}
              extra={
                <span className="row-note">
                  {t('cards:units.chosen', { count: chosen.length, of: free.length })}
                </span>
              }
            >
              <UnitList
                units={draft.units}
                currency={draft.currency}
                chosen={values.chosen}
                current={currentKey}
                termsOf={termsOf}
                tried={tried}
                onToggle={toggle}
                onCurrent={setCurrent}
              />
            </Panel>
            <ConsumerFields
              consumer={values.consumer}
              paperLanguage={values.paperLanguage}
              onConsumer={(part) => change((now) => ({ consumer: { ...now.consumer, ...part } }))}
              onPaperLanguage={(next) => change(() => ({ paperLanguage: next }))}
            />
          </div>
          {current ? (
            <TermsFields
              unit={current}
              terms={termsOf(currentKey)}
              startsOn={termsOf(currentKey).installedOn ?? receipt.businessDate}
              tried={tried && values.chosen.includes(currentKey)}
              serialFieldRef={serialFieldRef}
              onChange={(part) => changeTerms(currentKey, part)}
              onCopyToAll={
                chosen.length > 1 && values.chosen.includes(currentKey)
                  ? () =>
                      change((now) => ({
                        terms: {
                          ...now.terms,
                          ...Object.fromEntries(
                            chosen
                              .map(unitKey)
                              .filter((key) => key !== currentKey)
                              .map((key) => [
                                key,
                                copyTerms(termsIn(now, currentKey), termsIn(now, key)),
                              ]),
                          ),
                        },
                      }))
                  : undefined
              }
              copies={chosen.length - 1}
            />
          ) : null}
        </div>
      )}
    </Page>
  )
}
