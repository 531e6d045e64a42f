import { UploadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'

const LONGEST_KEY = 2_000

/**
 * Takes another desk's public key. All of its fingerprint but the end is shown: the manager reads the end from the
 * other desk's screen, so that nobody confirms a key without having asked there.
 */
export function AddKeyDialog({ brought, onClose }: { brought: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(brought)
  const [end, setEnd] = useState('')
  const file = useRef<HTMLInputElement>(null)
  const read = useQuery(
    api.seals.readKey.queryOptions({
      input: { text },
      enabled: text.trim().length > 100,
      retry: false,
    }),
  )
  const add = useCommand(desk.seals.addKey, { onDone: onClose })
  const key = text.trim().length > 100 ? read.data : undefined
  return (
    <ConfirmDialog
      open
      width={560}
      title={t('seals:keys.add')}
      confirmLabel={t('seals:keys.addNow')}
      busy={add.isPending}
      unready={!key || key.known || end.replaceAll(/[\s-]/g, '').length !== 4}
      onConfirm={() => add.mutate({ text, fingerprintEnd: end })}
      onCancel={onClose}
    >
      <RefusalAlert error={add.error ?? read.error} />
      <p className="why">{t('seals:keys.addHint')}</p>
      <Field label={t('seals:keys.keyText')}>
        {(id) => (
          <Input.TextArea
            id={id}
            className="verify-field"
            value={text}
            maxLength={LONGEST_KEY}
            autoSize={{ minRows: 3, maxRows: 5 }}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <input
        ref={file}
        type="file"
        hidden
        accept=".gwkey,.txt,text/plain"
        aria-label={t('seals:keys.fromFile')}
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          void chosen?.slice(0, LONGEST_KEY).text().then(setText)
          event.target.value = ''
        }}
      />
      <Button icon={<UploadOutlined />} onClick={() => file.current?.click()}>
        {t('seals:keys.fromFile')}
      </Button>
      {key ? (
        <>
          <dl className="verify-facts brought-key">
            <dt>{t('seals:keys.desk')}</dt>
            <dd>{t('seals:keys.deskOf', key)}</dd>
            <dt>{t('seals:keys.madeOn')}</dt>
            <dd>
              <BusinessDate date={key.madeOn} />
            </dd>
            <dt>{t('seals:keys.fingerprint')}</dt>
            <dd className="fingerprint-large">{key.fingerprintStart}????</dd>
          </dl>
          {key.known ? (
            <p className="tone-soon">{t('errors:seals.key_known')}</p>
          ) : (
            <Field label={t('seals:keys.end')} hint={t('seals:keys.endHint')}>
              {(id) => (
                <Input
                  id={id}
                  value={end}
                  maxLength={6}
                  autoComplete="off"
                  onChange={(event) => setEnd(event.target.value)}
                />
              )}
            </Field>
          )}
        </>
      ) : null}
    </ConfirmDialog>
  )
}
