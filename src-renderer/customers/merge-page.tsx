import { MergeCellsOutlined, SwapOutlined, UserDeleteOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Input, Radio } from 'antd'
import type { InferClientOutputs } from '@orpc/client'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import type { CustomerField } from '../../src-main/customers/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCardCommand } from './customer.ts'
import '../ui/list-detail.css'
import './customers.css'

/** Finds the other row of the same person, and chooses field by field what holds for both. */
export default function MergePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const customerId = Number(useParams()['customerId'])
  const [query] = useSearchParams()
  const otherId = Number(query.get('with')) || null
  const choose = (id: number) =>
    void navigate(paths.mergeCustomer(customerId, id), { replace: true })
  const title = t('customers:merge.title')
  if (otherId !== null) {
    return <Compare key={otherId} survivorId={customerId} mergedId={otherId} title={title} />
  }
  return (
    <Page title={title} back={paths.customer(customerId)}>
      <PageHeader title={title} facts={[t('customers:merge.hint')]} />
      <Candidates customerId={customerId} onChoose={choose} />
      <Others customerId={customerId} onChoose={choose} />
    </Page>
  )
}

interface ChooseProps {
  customerId: number
  onChoose: (id: number) => void
}

function Candidates({ customerId, onChoose }: ChooseProps) {
  const { t } = useTranslation()
  const found = useQuery(api.customers.duplicates.queryOptions({ input: { customerId } }))
  const rows = found.data ?? []
  return (
    <>
      <RefusalAlert error={found.error} />
      {found.isLoading ? <LoadingState /> : null}
      <Panel title={t('customers:merge.likely')}>
        {found.data && rows.length === 0 ? (
          <EmptyState
            small
            title={t('customers:merge.none')}
            hint={t('customers:merge.noneHint')}
          />
        ) : null}
        <RowList label={t('customers:merge.likely')}>
          {rows.map((row) => (
            <li key={row.id}>
              <button type="button" className="row pick-row" onClick={() => onChoose(row.id)}>
                <span className="row-main">
                  <span className="row-title">
                    {row.name || row.memberNo}{' '}
                    {row.reasons.map((reason) => (
                      <Tag key={reason} tone="soon">
                        {t(`customers:likeness.${reason}`)}
                      </Tag>
                    ))}
                  </span>
                  <span className="row-note">
                    {[row.memberNo, row.address].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <span className="row-side">{row.phoneMasked}</span>
              </button>
            </li>
          ))}
        </RowList>
      </Panel>
    </>
  )
}

function Others({ customerId, onChoose }: ChooseProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useQuery(
    api.customers.list.queryOptions({ input: { text: asked }, enabled: asked.length >= 2 }),
  )
  const rows = (found.data?.rows ?? []).filter(({ id }) => id !== customerId)
  return (
    <Panel title={t('customers:merge.other')}>
      <Field label={t('customers:search.label')}>
        {(id) => (
          <Input
            id={id}
            value={text}
            maxLength={80}
            autoComplete="off"
            placeholder={t('customers:search.example')}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <RowList label={t('customers:merge.other')}>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="row pick-row" onClick={() => onChoose(row.id)}>
              <span className="row-main">
                <span className="row-title">{row.name || row.memberNo}</span>
                <span className="row-note">{row.memberNo}</span>
              </span>
              <span className="row-side">{row.phoneMasked}</span>
            </button>
          </li>
        ))}
      </RowList>
    </Panel>
  )
}

type Comparison = InferClientOutputs<typeof desk>['customers']['compare']

interface CompareProps {
  survivorId: number
  mergedId: number
  title: string
}

function Compare({ survivorId, mergedId, title }: CompareProps) {
  const both = useQuery(api.customers.compare.queryOptions({ input: { survivorId, mergedId } }))
  if (both.data) return <CompareView key={survivorId} title={title} both={both.data} />
  return (
    <Page title={title} back={paths.customer(survivorId)}>
      <PageHeader title={title} />
      {both.error ? <RefusalAlert error={both.error} /> : <LoadingState />}
    </Page>
  )
}

function CompareView({ both, title }: { both: Comparison; title: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { survivor, merged, fields } = both
  const [taken, setTaken] = useState<readonly CustomerField[]>(
    fields.filter(({ proposed }) => proposed).map(({ field }) => field),
  )
  const [dialog, setDialog] = useState<'merge' | 'apart' | null>(null)
  const done = () => void navigate(paths.customer(survivor.id), { replace: true })
  const merge = useCardCommand(desk.customers.merge, done)
  const apart = useCardCommand(desk.customers.tellApart, done)
  const ids = { survivorId: survivor.id, mergedId: merged.id }
  const choose = (field: CustomerField, isTaken: boolean) =>
    setTaken((before) => [...before.filter((each) => each !== field), ...(isTaken ? [field] : [])])
  const actions = [
    {
      keys: 'Ctrl+Enter',
      label: t('customers:merge.confirm'),
      icon: <MergeCellsOutlined />,
      primary: true,
      run: () => setDialog('merge'),
    },
    {
      keys: 'Alt+S',
      label: t('customers:merge.swap'),
      icon: <SwapOutlined />,
      run: () => void navigate(paths.mergeCustomer(merged.id, survivor.id), { replace: true }),
    },
    {
      keys: 'Alt+X',
      label: t('customers:merge.apart'),
      icon: <UserDeleteOutlined />,
      busy: apart.isPending,
      run: () => apart.mutate({ customerId: survivor.id, otherId: merged.id }),
    },
  ]
  return (
    <Page
      title={title}
      back={paths.mergeCustomer(survivor.id)}
      footer={<ActionBar actions={actions}>{t('customers:merge.undoable')}</ActionBar>}
    >
      <PageHeader title={title} facts={[t('customers:merge.chooseHint')]} />
      <RefusalAlert error={apart.error} />
      <Panel>
        <table className="merge-table">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('customers:merge.field')}</th>
              <th scope="col">
                {t('customers:merge.survivor')} {survivor.memberNos.join('、')}
              </th>
              <th scope="col">
                {t('customers:merge.merged')} {merged.memberNos.join('、')}
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map((each) => (
              <FieldRow
                key={each.field}
                row={each}
                isTaken={taken.includes(each.field)}
                onChoose={(isTaken) => choose(each.field, isTaken)}
              />
            ))}
            <tr>
              <th scope="row">{t('customers:tabs.purchases')}</th>
              {[survivor, merged].map(({ id, bought }) => (
                <td key={id}>{t('customers:bought.receipts', { count: bought.receipts })}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </Panel>
      <ReasonDialog
        open={dialog === 'merge'}
        title={t('customers:merge.confirmTitle', { name: merged.name || merged.memberNo || '' })}
        hint={t('customers:merge.confirmHint')}
        label={t('customers:reason')}
        confirmLabel={t('customers:merge.confirm')}
        error={merge.error}
        busy={merge.isPending}
        onCancel={() => setDialog(null)}
        onReason={(reason) => merge.mutate({ ...ids, taken: [...taken], reason })}
      />
    </Page>
  )
}

interface FieldRowProps {
  row: Comparison['fields'][number]
  isTaken: boolean
  onChoose: (isTaken: boolean) => void
}

function FieldRow({ row, isTaken, onChoose }: FieldRowProps) {
  const { t } = useTranslation()
  const name = t(`customers:field.${row.field}`)
  const cell = (side: 'survivor' | 'merged') => {
    const text = row[side] || '—'
    if (row.same) return text
    return (
      <Radio
        name={row.field}
        checked={isTaken === (side === 'merged')}
        aria-label={`${name} ${text}`}
        onChange={() => onChoose(side === 'merged')}
      >
        {text}
      </Radio>
    )
  }
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{cell('survivor')}</td>
      <td>{cell('merged')}</td>
    </tr>
  )
}
