import { MobileOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { TextField, useStep } from './dialog-parts.tsx'
import type { LoanUnit } from './repair.ts'
import { TakeLoanDialog } from './ticket-dialogs.tsx'
import './repairs.css'

const tones = { free: 'good', out: 'soon', retired: 'plain' } as const

type Open = 'add' | { unit: LoanUnit }

/** The register of units lent while a customer's own is in repair: who has which, and since when. */
export default function LoanUnitsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const units = useQuery(api.repairs.loanUnits.queryOptions())
  const [dialog, open] = useState<Open | null>(null)
  const close = () => open(null)
  return (
    <Page
      title={t('repairs:loans.title')}
      back={paths.repairs()}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Alt+I',
              label: t('repairs:loans.add'),
              icon: <PlusOutlined />,
              primary: true,
              unless: may('repairs.manage') ? undefined : t('sales:unless.role'),
              run: () => open('add'),
            },
          ]}
        >
          {t('repairs:loans.hint')}
        </ActionBar>
      }
    >
      <PageHeader title={t('repairs:loans.title')} />
      <RefusalAlert error={units.error} retry={units.refetch} />
      {units.data ? (
        <Panel>
          {units.data.length === 0 ? (
            <EmptyState
              icon={<MobileOutlined />}
              title={t('repairs:loans.none')}
              hint={t('repairs:loans.teach')}
            />
          ) : (
            <RowList label={t('repairs:loans.title')}>
              {units.data.map((unit) => (
                <li key={unit.id}>
                  <UnitRow unit={unit} onOpen={() => open({ unit })} />
                </li>
              ))}
            </RowList>
          )}
        </Panel>
      ) : units.error ? null : (
        <LoadingState />
      )}
      {dialog === 'add' ? <AddDialog close={close} /> : null}
      {dialog !== null && dialog !== 'add' ? <UnitDialog unit={dialog.unit} close={close} /> : null}
    </Page>
  )
}

function UnitRow({ unit, onOpen }: { unit: LoanUnit; onOpen: () => void }) {
  const { t } = useTranslation()
  const { loan } = unit
  return (
    <button type="button" className="row row-button" onClick={onOpen}>
      <span className="row-main">
        <span className="row-title">
          {unit.code} · {unit.name}
        </span>
        <span className="row-note">
          {[unit.serialNo, unit.condition].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="row-side">
        <Tag tone={tones[unit.state]}>{t(`repairs:loans.state.${unit.state}`)}</Tag>
        {loan ? (
          <span className="row-note">
            {loan.repairNumber} · <Moment at={loan.outAt} />
          </span>
        ) : null}
      </span>
    </button>
  )
}

/** Out: taken back. Else lent or changed. */
function UnitDialog({ unit, close }: { unit: LoanUnit; close: () => void }) {
  const { loan } = unit
  const repair = useQuery(
    api.repairs.open.queryOptions({
      input: { repairId: loan?.repairId ?? 0 },
      enabled: loan !== null,
    }),
  )
  if (loan === null) return <ChangeDialog unit={unit} close={close} />
  return repair.data ? (
    <TakeLoanDialog loan={loan} version={repair.data.version} close={close} />
  ) : (
    <RefusalAlert error={repair.error} />
  )
}

function AddDialog({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const add = useStep(desk.repairs.addLoanUnit, close)
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [serialNo, setSerialNo] = useState('')
  const [condition, setCondition] = useState('')
  return (
    <ConfirmDialog
      open
      title={t('repairs:loans.addTitle')}
      confirmLabel={t('repairs:loans.add')}
      busy={add.isPending}
      unready={code.trim() === '' || name.trim() === ''}
      onCancel={close}
      onConfirm={() =>
        add.mutate({
          code: code.trim(),
          name: name.trim(),
          serialNo: serialNo.trim(),
          condition: condition.trim(),
        })
      }
    >
      <RefusalAlert error={add.error} />
      <div className="field-row">
        <TextField label={t('repairs:loans.code')} value={code} maxLength={20} onChange={setCode} />
        <TextField
          label={t('repairs:loans.name')}
          value={name}
          maxLength={100}
          onChange={setName}
        />
      </div>
      <TextField
        label={t('repairs:loans.serialNo')}
        value={serialNo}
        maxLength={80}
        onChange={setSerialNo}
      />
      <TextField label={t('repairs:loans.condition')} value={condition} onChange={setCondition} />
    </ConfirmDialog>
  )
}

/** Lends a free unit to an open repair, or writes down what has changed about it. */
function ChangeDialog({ unit, close }: { unit: LoanUnit; close: () => void }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const lend = useStep(desk.repairs.lend, close)
  const change = useStep(desk.repairs.changeLoanUnit, close)
  const [repairId, setRepairId] = useState<number | null>(null)
  const [name, setName] = useState(unit.name)
  const [serialNo, setSerialNo] = useState(unit.serialNo)
  const [condition, setCondition] = useState(unit.condition)
  const [retired, setRetired] = useState(unit.state === 'retired')
  const open = useQuery(
    api.repairs.list.queryOptions({ input: { state: 'open' }, enabled: unit.state === 'free' }),
  )
  const target = useQuery(
    api.repairs.open.queryOptions({
      input: { repairId: repairId ?? 0 },
      enabled: repairId !== null,
    }),
  )
  const mayManage = may('repairs.manage')
  const isLending = repairId !== null
  return (
    <ConfirmDialog
      open
      title={t('repairs:loans.changeTitle', { code: unit.code })}
      confirmLabel={t(isLending ? 'repairs:loans.lend' : 'repairs:act.save')}
      busy={lend.isPending || change.isPending || (isLending && !target.data)}
      unready={isLending ? false : !mayManage || name.trim() === ''}
      onCancel={close}
      onConfirm={() =>
        isLending
          ? target.data &&
            lend.mutate({
              repairId,
              version: target.data.version,
              loanUnitId: unit.id,
              condition: condition.trim(),
            })
          : change.mutate({
              loanUnitId: unit.id,
              version: unit.version,
              name: name.trim(),
              serialNo: serialNo.trim(),
              condition: condition.trim(),
              retired,
            })
      }
    >
      <RefusalAlert error={lend.error ?? change.error ?? open.error} />
      {unit.state === 'free' ? (
        <Field label={t('repairs:loans.lendTo')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              loading={open.isPending}
              value={repairId}
              options={(open.data ?? []).map((row) => ({
                value: row.id,
                label: [row.number, row.customer, row.goods[0]?.name].filter(Boolean).join(' · '),
              }))}
              onChange={(next) => setRepairId(next ?? null)}
            />
          )}
        </Field>
      ) : null}
      {isLending ? (
        <p>
          <Link to={paths.repair(repairId)}>{target.data?.number}</Link>
        </p>
      ) : (
        <div className="field-row">
          <TextField
            label={t('repairs:loans.name')}
            value={name}
            maxLength={100}
            onChange={setName}
          />
          <TextField
            label={t('repairs:loans.serialNo')}
            value={serialNo}
            maxLength={80}
            onChange={setSerialNo}
          />
        </div>
      )}
      <TextField label={t('repairs:loans.condition')} value={condition} onChange={setCondition} />
      {isLending ? null : (
        <Checkbox
          className="dialog-gap"
          checked={retired}
          disabled={!mayManage}
          onChange={(event) => setRetired(event.target.checked)}
        >
          {t('repairs:loans.retired')}
        </Checkbox>
      )}
    </ConfirmDialog>
  )
}
