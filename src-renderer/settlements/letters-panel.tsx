import { FormOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { Moment } from '../ui/business-date.tsx'
import { Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { RemedyPanelProps } from './findings-panel.tsx'
import { useRefresh } from './remedy.ts'
import { ToolButton } from './tool-button.tsx'

/** Letters of apology: written from the case's facts, signed by somebody with authority. */
export function LettersPanel({ settling, mayWork, ask }: RemedyPanelProps) {
  const { t } = useTranslation()
  const [voiding, setVoiding] = useState<number | null>(null)
  const close = () => setVoiding(null)
  const refresh = useRefresh(close)
  const remove = useCommand(desk.settlements.voidLetter, { onDone: refresh })
  return (
    <Panel
      title={t('settlements:letter.title')}
      extra={
        <ToolButton
          keys="Alt+A"
          label={t('settlements:letter.write')}
          icon={<FormOutlined />}
          when={mayWork && voiding === null}
          run={() => ask({ name: 'letter' })}
        />
      }
    >
      {settling.letters.length === 0 ? (
        <p className="row-note">{t('settlements:letter.none')}</p>
      ) : null}
      <ul className="case-parts">
        {settling.letters.map((letter) => (
          <li key={letter.id} className={letter.voided ? 'entry-void' : undefined}>
            <p className="entry-head">
              <strong>{letter.number}</strong>
              {letter.voided ? <Tag>{t('settlements:ledger.voided')}</Tag> : null}
              <Button
                size="small"
                onClick={() =>
                  ask({
                    name: 'paper',
                    paper: { document: 'apology_letter', letterId: letter.id },
                  })
                }
              >
                {t('settlements:letter.show')}
              </Button>
              {mayWork && !letter.voided ? (
                <Button size="small" type="text" onClick={() => setVoiding(letter.id)}>
                  {t('settlements:letter.void')}
                </Button>
              ) : null}
            </p>
            <p className="row-note">
              {t('settlements:letter.signedBy', {
                name: letter.signer,
                title: letter.signerTitle,
              })}{' '}
              · <Moment at={letter.at} />
            </p>
          </li>
        ))}
      </ul>
      <ReasonDialog
        open={voiding !== null}
        danger
        title={t('settlements:letter.void')}
        hint={t('settlements:letter.voidHint')}
        label={t('settlements:reason')}
        confirmLabel={t('settlements:letter.void')}
        error={remove.error}
        busy={remove.isPending}
        onCancel={close}
        onReason={(reason) => voiding !== null && remove.mutate({ letterId: voiding, reason })}
      />
    </Panel>
  )
}
