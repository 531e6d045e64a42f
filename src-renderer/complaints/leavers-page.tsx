import { SwapOutlined, TeamOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useHotkeys } from '../input/hotkeys.tsx'

type ForMe = InferClientOutputs<typeof desk>['cases']['forMe']
type Leaver = ForMe['leavers'][number]

/** Whose cases nobody looks after: of each who left, everything goes to somebody else in one step. */
export default function LeaversPage() {
  const { t } = useTranslation()
  const forMe = useQuery(api.cases.forMe.queryOptions())
  const [giving, give] = useState<Leaver | null>(null)
  const { leavers = [], orphans = [] } = forMe.data ?? {}
  useHotkeys([
    {
      keys: 'Alt+G',
      label: t('cases:leavers.give'),
      when: leavers.length > 0,
      run: () => give(leavers[0] ?? null),
    },
  ])
  const title = t('cases:leavers.title')
  return (
    <Page title={title} back="/">
      <PageHeader title={title} />
      <RefusalAlert error={forMe.error} retry={forMe.refetch} />
      {forMe.isLoading ? <LoadingState /> : null}
      {forMe.data && leavers.length === 0 ? (
        <Panel>
          <EmptyState
            icon={<TeamOutlined />}
            title={t('cases:leavers.none')}
            hint={t('cases:leavers.teach')}
          />
        </Panel>
      ) : null}
      {leavers.map((leaver, at) => (
        <Panel
          key={leaver.operatorId}
          title={t('cases:leavers.of', { name: leaver.name })}
          extra={
            <Button icon={<SwapOutlined />} onClick={() => give(leaver)}>
              {t('cases:leavers.give')} {at === 0 ? <KeyCap keys="Alt+G" /> : null}
            </Button>
          }
        >
          <p className="row-note">
            {t('cases:leavers.cases', { count: leaver.cases })} ·{' '}
            {t('cases:leavers.promises', { count: leaver.promises })}
          </p>
          <RowList label={t('cases:leavers.of', { name: leaver.name })}>
            {orphans
              .filter(({ ownerId }) => ownerId === leaver.operatorId)
              .map(({ caseId, complaintId, number, text }) => (
                <li key={caseId}>
                  <Link
                    className="row"
                    to={
                      complaintId === null ? paths.caseFile(caseId) : paths.complaint(complaintId)
                    }
                  >
                    <span className="row-main">
                      <span className="row-title">{text || number}</span>
                      <span className="row-note">{number}</span>
                    </span>
                  </Link>
                </li>
              ))}
          </RowList>
        </Panel>
      ))}
      {giving ? <GiveDialog leaver={giving} close={() => give(null)} /> : null}
    </Page>
  )
}

function GiveDialog({ leaver, close }: { leaver: Leaver; close: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const cache = useQueryClient()
  const colleagues = useQuery(api.staff.colleagues.queryOptions({ staleTime: 60_000 }))
  const [toId, setTo] = useState<number | null>(null)
  const [reason, setReason] = useState(t('cases:leavers.usual', { name: leaver.name }))
  const give = useCommand(desk.cases.reassignAll, {
    onDone: ({ cases, promises }) => {
      close()
      void message.success(t('cases:leavers.done', { cases, promises }))
      for (const room of ['cases', 'complaints', 'promises']) {
        void cache.invalidateQueries({ queryKey: [[room]] })
      }
    },
  })
  return (
    <ConfirmDialog
      open
      title={t('cases:leavers.of', { name: leaver.name })}
      confirmLabel={t('cases:leavers.give')}
      busy={give.isPending}
      unready={toId === null || reason.trim().length < 2}
      onCancel={close}
      onConfirm={() =>
        give.mutate({ fromId: leaver.operatorId, toId: toId ?? 0, reason: reason.trim() })
      }
    >
      <RefusalAlert error={give.error} />
      <p className="why">{t('cases:leavers.why')}</p>
      <Field label={t('complaints:people.who')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            value={toId}
            showSearch={{ optionFilterProp: 'label' }}
            options={(colleagues.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
            onChange={setTo}
          />
        )}
      </Field>
      <Field label={t('complaints:people.reason')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
