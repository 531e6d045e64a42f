import { FileSearchOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'

import { formatsOf } from '../../src-main/foundation/paper-formats.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { writeDate } from '../ui/dates.ts'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SlipPaper } from '../ui/slip-paper.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useSubject } from '../ui/use-subject.ts'
import './rights.css'

type Refusal = InferClientOutputs<typeof desk>['rights']['openRefusal']

/** A denied claim on record, with the paper the customer takes home. */
export default function RefusalPage() {
  const { t } = useTranslation()
  const refusalId = Number(useParams()['refusalId'])
  const refusal = useQuery(api.rights.openRefusal.queryOptions({ input: { refusalId } }))
  if (refusal.data) return <RefusalView key={refusal.data.id} refusal={refusal.data} />
  return (
    <Page title={t('rights:refusal.title')}>
      <PageHeader title={t('rights:refusal.title')} />
      {refusal.error ? <RefusalAlert error={refusal.error} /> : <LoadingState />}
    </Page>
  )
}

function RefusalView({ refusal }: { refusal: Refusal }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const { today } = useStore()
  const [query] = useSearchParams()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  const { receiptId, proofSetId } = refusal
  const origin =
    receiptId !== null
      ? { to: paths.sale(receiptId), label: t('rights:refusal.toSale') }
      : proofSetId !== null
        ? { to: paths.proofs(proofSetId), label: t('rights:refusal.ofProofs') }
        : null
  useSubject(receiptId === null ? {} : { receiptId })
  return (
    <Page
      title={`${t('rights:refusal.title')} ${refusal.number}`}
      back={origin?.to ?? '/'}
      footer={
        <ActionBar
          actions={
            origin === null
              ? []
              : [
                  {
                    keys: 'Ctrl+↑',
                    label: origin.label,
                    icon: <FileSearchOutlined />,
                    run: () => void navigate(origin.to),
                  },
                ]
          }
        >
          {t('rights:refusal.prints', { count: refusal.prints })}
        </ActionBar>
      }
    >
      <div className="slip-page refusal-page">
        <div>
          <PageHeader
            title={
              <>
                {t('rights:refusal.title')} <span className="slip-number">{refusal.number}</span>
              </>
            }
            mark={
              refusal.proven ? (
                <Tag tone="good">{t('rights:refusal.proven')}</Tag>
              ) : (
                <Tag tone="risk">{t('rights:refusal.unproven')}</Tag>
              )
            }
            facts={[
              origin === null ? null : (
                <Link key="origin" to={origin.to}>
                  {receiptId === null
                    ? origin.label
                    : t('rights:refusal.ofReceipt', { number: refusal.receiptNo })}
                </Link>
              ),
              <span key="by">
                {t('rights:refusal.by', { name: refusal.recordedBy })}{' '}
                <Moment at={refusal.recordedAt} />
              </span>,
              [refusal.contactName, refusal.contactPhoneMasked].filter(Boolean).join(' '),
            ]}
          />
          {query.has('done') ? (
            <p className="slip-tell" role="status">
              <strong>{t('rights:refusal.tell')}</strong> {t('rights:refusal.print')}
            </p>
          ) : null}
          <Panel title={t(`rights:refusal.claim.${refusal.claim}`, { name: refusal.goods })}>
            {refusal.statement ? (
              <p>
                <span className="row-note">{t('rights:refusal.statement')}</span>{' '}
                {refusal.statement}
              </p>
            ) : null}
            <h3>{t('rights:refusal.why')}</h3>
            <ul>
              {refusal.grounds.map((each) => (
                <li key={each.zh}>{each[tongue]}</li>
              ))}
            </ul>
            {refusal.rules.map((each) => (
              <p key={each.id} className="row-note">
                {each.basis[tongue]} · {each.id} v{each.version}
              </p>
            ))}
            <h3>{t('rights:refusal.wayOn')}</h3>
            <ul>
              {refusal.wayOns.map(({ kind, until }) => (
                <li key={kind}>
                  {t(`rights:refusal.wayOns.${kind}`)}
                  {until === null
                    ? null
                    : ` ${t('rights:refusal.until', { date: writeDate(until, today, i18n.language) })}`}
                </li>
              ))}
            </ul>
            {refusal.note ? <p>{refusal.note}</p> : null}
          </Panel>
        </div>
        <SlipPaper
          formats={formatsOf.refusal_slip}
          remember="goodwill.refusal-slip-format"
          paperOf={(format) => ({ document: 'refusal_slip', refusalId: refusal.id, format })}
          label={t('rights:refusal.paper', { number: refusal.number })}
        />
      </div>
    </Page>
  )
}
