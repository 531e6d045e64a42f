import { useQuery } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'

const holdKey = 'Alt+X'

/** Whether the case is frozen, for whom and why; the store manager places and releases it. */
export function HoldPanel({ caseId }: { caseId: number }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [asking, setAsking] = useState(false)
  const { data, error } = useQuery(api.evidence.hold.queryOptions({ input: { caseId } }))
  const isHeld = data?.now != null
  const label = t(isHeld ? 'evidence:hold.release' : 'evidence:hold.place')
  const mayHold = may('cases.hold') && data !== undefined
  useHotkeys([{ keys: holdKey, label, when: mayHold, run: () => setAsking(true) }])
  return (
    <Panel
      title={t('evidence:hold.title')}
      extra={
        mayHold ? (
          <Button size="small" onClick={() => setAsking(true)}>
            {label} <KeyCap keys={holdKey} />
          </Button>
        ) : null
      }
    >
      <RefusalAlert error={error} />
      {data?.now ? (
        <div className="evidence-held">
          <p>
            <Tag tone="risk">{t('evidence:hold.mark', { reference: data.now.reference })}</Tag>
          </p>
          <p>{data.now.reason}</p>
          <p className="row-note">
            {t('evidence:hold.placedBy', { name: data.now.placedBy })}{' '}
            <Moment at={data.now.placedAt} />
          </p>
          <p className="why">{t('evidence:hold.means')}</p>
        </div>
      ) : data ? (
        <p className="row-note">{t('evidence:hold.none')}</p>
      ) : null}
      <ul className="evidence-list">
        {data?.past.map((hold) => (
          <li key={hold.id}>
            <span>
              {hold.reference} · {hold.reason}
            </span>
            <span className="row-note">
              <Moment at={hold.placedAt} /> –{' '}
              {hold.releasedAt ? <Moment at={hold.releasedAt} /> : ''}{' '}
              {t('evidence:hold.releasedBy', { name: hold.releasedBy, reason: hold.releaseReason })}
            </span>
          </li>
        ))}
      </ul>
      {asking && isHeld ? <ReleaseDialog caseId={caseId} close={() => setAsking(false)} /> : null}
      {asking && !isHeld ? <PlaceDialog caseId={caseId} close={() => setAsking(false)} /> : null}
    </Panel>
  )
}

interface DialogProps {
  caseId: number
  close: () => void
}

function PlaceDialog({ caseId, close }: DialogProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [reference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const place = useCommand(desk.evidence.placeHold, {
    onDone: () => {
      close()
      void message.success(t('evidence:hold.placed'))
    },
  })
  return (
    <ConfirmDialog
      open
      danger
      title={t('evidence:hold.placeTitle')}
      confirmLabel={t('evidence:hold.place')}
      busy={place.isPending}
      unready={reference.trim().length < 2 || reason.trim().length < 2}
      onCancel={close}
      onConfirm={() => place.mutate({ caseId, reference: reference.trim(), reason: reason.trim() })}
    >
      <RefusalAlert error={place.error} />
      <p className="why">{t('evidence:hold.means')}</p>
      <Field label={t('evidence:hold.reference')} hint={t('evidence:hold.referenceHint')}>
        {(id) => (
          <Input
            id={id}
            value={reference}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => setReference(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('evidence:hold.reason')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={300}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

function ReleaseDialog({ caseId, close }: DialogProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const release = useCommand(desk.evidence.releaseHold, {
    onDone: () => {
      close()
      void message.success(t('evidence:hold.released'))
    },
  })
  return (
    <ReasonDialog
      open
      title={t('evidence:hold.releaseTitle')}
      hint={t('evidence:hold.releaseHint')}
      label={t('evidence:hold.reason')}
      confirmLabel={t('evidence:hold.release')}
      error={release.error}
      busy={release.isPending}
      onReason={(reason) => release.mutate({ caseId, reason })}
      onCancel={close}
    />
  )
}
