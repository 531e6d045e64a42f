import { HistoryOutlined, SaveOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { approvalKinds } from '../../src-main/approvals/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Money } from '../ui/money.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Matrix } from './approval.ts'
import { type Cells, cellsOf, editedRoles, limitsOf, type LimitCell } from './limits-form.ts'
import './approvals.css'

/** Who may decide what up to which amount: read by everybody, changed by the store manager, in versions. */
export default function LimitsPage() {
  const { t } = useTranslation()
  const matrix = useQuery(api.approvals.matrix.queryOptions())
  if (matrix.data) return <LimitsForm key={matrix.data.version} matrix={matrix.data} />
  const title = t('approvals:limits.title')
  return (
    <Page title={title} back={paths.approvals()}>
      <PageHeader title={title} />
      {matrix.error ? (
        <RefusalAlert error={matrix.error} retry={matrix.refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

function LimitsForm({ matrix }: { matrix: Matrix }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { may } = useSession()
  const isManager = may('approvals.manage')
  const [cells, setCells] = useState<Cells>(() => cellsOf(matrix.limits))
  const [perDay, setPerDay] = useState<number | null>(matrix.goodwillPerDay)
  const [highValue, setHighValue] = useState<number | null>(matrix.highValueFrom)
  const [note, setNote] = useState('')
  const change = useCommand(desk.approvals.changeMatrix, {
    onDone: () => void message.success(t('approvals:limits.saved')),
  })
  const save = () =>
    change.mutate({
      limits: limitsOf(cells),
      goodwillPerDay: perDay ?? 0,
      highValueFrom: highValue,
      note: note.trim(),
      version: matrix.version,
    })
  const fill = (from: Matrix) => {
    setCells(cellsOf(from.limits))
    setPerDay(from.goodwillPerDay)
    setHighValue(from.highValueFrom)
    setNote(t('approvals:limits.backTo', { version: from.version }))
  }
  const setCell = (key: string, cell: LimitCell) => setCells((now) => ({ ...now, [key]: cell }))
  const title = t('approvals:limits.title')
  return (
    <Page
      title={title}
      back={paths.approvals()}
      footer={
        isManager ? (
          <ActionBar
            actions={[
              {
                keys: 'Ctrl+Enter',
                label: t('approvals:limits.save'),
                icon: <SaveOutlined />,
                primary: true,
                busy: change.isPending,
                run: save,
              },
            ]}
          >
            {t('approvals:limits.hint')}
          </ActionBar>
        ) : null
      }
    >
      <PageHeader
        title={title}
        mark={<Tag>{t('approvals:limits.version', { version: matrix.version })}</Tag>}
        facts={[<Author key="author" matrix={matrix} />, matrix.note]}
      />
      <RefusalAlert error={change.error} />
      {isManager ? null : <p className="why">{t('approvals:limits.readOnly')}</p>}
      <div className="limits-columns">
        <Panel>
          <LimitsTable cells={cells} onChange={setCell} isManager={isManager} />
          <div className="field-row limits-more">
            <Field
              label={t('approvals:limits.goodwillPerDay')}
              hint={t('approvals:limits.goodwillPerDayHint')}
            >
              {(id) => (
                <MoneyField
                  id={id}
                  className="full-width"
                  disabled={!isManager}
                  value={perDay}
                  onChange={setPerDay}
                />
              )}
            </Field>
            <Field
              label={t('approvals:limits.highValueFrom')}
              hint={t('approvals:limits.highValueFromHint')}
            >
              {(id) => (
                <MoneyField
                  id={id}
                  className="full-width"
                  disabled={!isManager}
                  value={highValue}
                  onChange={setHighValue}
                />
              )}
            </Field>
            {isManager ? (
              <Field label={t('approvals:limits.note')}>
                {(id) => (
                  <Input
                    id={id}
                    value={note}
                    maxLength={200}
                    autoComplete="off"
                    onChange={(event) => setNote(event.target.value)}
                  />
                )}
              </Field>
            ) : null}
          </div>
        </Panel>
        {isManager ? <Versions current={matrix.version} onFill={fill} /> : null}
      </div>
    </Page>
  )
}

interface LimitsTableProps {
  cells: Cells
  isManager: boolean
  onChange: (key: string, cell: LimitCell) => void
}

function LimitsTable({ cells, isManager, onChange }: LimitsTableProps) {
  const { t } = useTranslation()
  return (
    <table className="limits-table">
      <caption className="sr-only">{t('approvals:limits.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('approvals:fact.kinds')}</th>
          {editedRoles.map((role) => (
            <th key={role} scope="col">
              {t(`app:role.${role}`)}
            </th>
          ))}
          <th scope="col">{t('app:role.store_manager')}</th>
        </tr>
      </thead>
      <tbody>
        {approvalKinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">
              {t(`approvals:kind.${kind}`)}
              <div className="row-note">{t(`approvals:kindHint.${kind}`)}</div>
            </th>
            {editedRoles.map((role) => {
              const key = `${kind} ${role}`
              const cell = cells[key] ?? { upTo: null, unlimited: false }
              const label = `${t(`approvals:kind.${kind}`)} · ${t(`app:role.${role}`)}`
              return (
                <td key={role}>
                  {isManager ? (
                    <span className="limit-cell">
                      <MoneyField
                        aria-label={label}
                        className="limit-amount"
                        placeholder={t('approvals:limits.mayNot')}
                        disabled={cell.unlimited}
                        value={cell.unlimited ? null : cell.upTo}
                        onChange={(upTo) => onChange(key, { ...cell, upTo })}
                      />
                      <Checkbox
                        checked={cell.unlimited}
                        aria-label={`${label} · ${t('approvals:limits.unlimited')}`}
                        onChange={({ target }) =>
                          onChange(key, { ...cell, unlimited: target.checked })
                        }
                      >
                        {t('approvals:limits.unlimited')}
                      </Checkbox>
                    </span>
                  ) : (
                    <LimitText cell={cell} />
                  )}
                </td>
              )
            })}
            <td>{t('approvals:limits.unlimited')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function LimitText({ cell }: { cell: LimitCell }) {
  const { t } = useTranslation()
  if (cell.unlimited) return <>{t('approvals:limits.unlimited')}</>
  if (cell.upTo === null) return <span className="row-note">{t('approvals:limits.mayNot')}</span>
  return <Money amount={cell.upTo} />
}

/** Who wrote a version, and when; the first came with the program. */
function Author({ matrix }: { matrix: Matrix }) {
  const { t } = useTranslation()
  if (matrix.changedBy === null) return <>{t('approvals:limits.shipped')}</>
  return (
    <>
      {matrix.changedBy} · <Moment at={matrix.changedAt} />
    </>
  )
}

/** Earlier versions: nothing is lost, and any of them can be taken up again. */
function Versions({ current, onFill }: { current: number; onFill: (matrix: Matrix) => void }) {
  const { t } = useTranslation()
  const history = useQuery(api.approvals.matrixHistory.queryOptions())
  return (
    <Panel title={t('approvals:limits.history')} className="limits-history">
      <RefusalAlert error={history.error} retry={history.refetch} />
      {history.isLoading ? <LoadingState /> : null}
      <ol className="limits-versions">
        {(history.data ?? []).map((each) => (
          <li key={each.version}>
            <p>
              <strong>{t('approvals:limits.version', { version: each.version })}</strong>{' '}
              <span className="row-note">
                <Author matrix={each} />
              </span>
            </p>
            {each.note ? <p>{each.note}</p> : null}
            {each.version === current ? null : (
              <Button size="small" icon={<HistoryOutlined />} onClick={() => onFill(each)}>
                {t('approvals:limits.fill', { version: each.version })}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
