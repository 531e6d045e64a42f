import { EditOutlined, KeyOutlined, UserAddOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { OperatorDialog } from './operator-dialog.tsx'
import { PinDialog } from './pin-dialog.tsx'

export type OperatorRow = InferClientOutputs<typeof desk>['staff']['list'][number]

type Open = { kind: 'add' } | { kind: 'edit' | 'pin'; operator: OperatorRow } | null

function State({ operator }: { operator: OperatorRow }) {
  const { t } = useTranslation()
  if (!operator.active) return <Tag>{t('settings:operators.inactive')}</Tag>
  if (operator.lockedUntil) {
    return (
      <Tag tone="risk">
        {t('settings:operators.lockedUntil')} <Moment at={operator.lockedUntil} dateless />
      </Tag>
    )
  }
  return <Tag tone="good">{t('settings:operators.active')}</Tag>
}

/** Who may work at the desk and as what. Nobody is deleted: a leaver is switched off. */
export function OperatorsPart() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const operators = useQuery(api.staff.list.queryOptions())
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const done = (text: string) => {
    close()
    void operators.refetch()
    void message.success(text)
  }
  useHotkeys([
    {
      keys: 'Insert',
      label: t('settings:operators.add'),
      when: open === null,
      run: () => setOpen({ kind: 'add' }),
    },
  ])
  return (
    <Panel
      title={t('settings:part.operators')}
      extra={
        <Button type="primary" icon={<UserAddOutlined />} onClick={() => setOpen({ kind: 'add' })}>
          {t('settings:operators.add')} <KeyCap keys="Insert" />
        </Button>
      }
    >
      <RefusalAlert error={operators.error} />
      <Table<OperatorRow>
        rowKey="id"
        size="small"
        pagination={false}
        loading={operators.isLoading}
        dataSource={operators.data ?? []}
        columns={[
          { title: t('settings:operators.code'), dataIndex: 'code', width: 90 },
          { title: t('settings:operators.name'), dataIndex: 'name' },
          { title: t('settings:operators.phone'), dataIndex: 'phone', width: 150 },
          {
            title: t('settings:operators.role'),
            dataIndex: 'role',
            width: 150,
            render: (_value, { role }) => t(`app:role.${role}`),
          },
          {
            title: t('settings:operators.state'),
            key: 'state',
            width: 170,
            render: (_value, operator) => <State operator={operator} />,
          },
          {
            title: t('settings:operators.actions'),
            key: 'actions',
            width: 230,
            render: (_value, operator) => (
              <div className="operator-actions">
                <Button
                  size="small"
                  icon={<EditOutlined />}
                  aria-label={t('settings:operators.editOf', { name: operator.name })}
                  onClick={() => setOpen({ kind: 'edit', operator })}
                >
                  {t('settings:operators.edit')}
                </Button>
                <Button
                  size="small"
                  icon={<KeyOutlined />}
                  aria-label={t('settings:operators.resetPinOf', { name: operator.name })}
                  onClick={() => setOpen({ kind: 'pin', operator })}
                >
                  {t('settings:operators.resetPin')}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {open?.kind === 'add' ? (
        <OperatorDialog onDone={() => done(t('settings:operators.added'))} onCancel={close} />
      ) : null}
      {open?.kind === 'edit' ? (
        <OperatorDialog
          operator={open.operator}
          onDone={() => done(t('settings:saved'))}
          onCancel={close}
        />
      ) : null}
      {open?.kind === 'pin' ? (
        <PinDialog
          operator={open.operator}
          onDone={() => done(t('settings:operators.pinSet', { name: open.operator.name }))}
          onCancel={close}
        />
      ) : null}
    </Panel>
  )
}
