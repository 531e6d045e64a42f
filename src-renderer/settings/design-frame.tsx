import { RollbackOutlined, SaveOutlined, UndoOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { DesignPreview, type PreviewDraft, type PreviewPlace } from './design-preview.tsx'

interface Kept<Value> {
  value: Value
  version: number
  changedAt: string | null
  changedBy: string | null
}

interface Version<Value> extends Kept<Value> {
  restores: number | null
}

interface DesignFrameProps<Value, Input> {
  /** Papers the preview can show. */
  places: readonly PreviewPlace[]
  /** What it shows: each place with its own design where the draft has none. */
  draft: PreviewDraft
  kept: Kept<Value>
  value: Value
  isFair: boolean
  onDiscard: () => void
  save: {
    procedure: Parameters<typeof useCommand<Input, { version: number }>>[0]
    input: (restores: number | null) => Input
  }
  versions: {
    key: string
    read: () => Promise<Version<Value>[]>
    bringBack: (value: Value) => void
  }
  children: ReactNode
}

/** A draft beside its preview: saved as the next version, thrown away, or begun from an earlier one. */
export function DesignFrame<Value, Input>(props: DesignFrameProps<Value, Input>) {
  const { places, draft, kept, value, isFair, onDiscard, save, versions, children } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [restores, setRestores] = useState<number | null>(null)
  const change = useCommand(save.procedure, {
    onDone: () => {
      onDiscard()
      void message.success(t('designs:saved'))
    },
  })
  const isChanged = JSON.stringify(value) !== JSON.stringify(kept.value)
  const canSave = isChanged && isFair && !change.isPending
  const saveNow = () => {
    if (canSave) change.mutate(save.input(restores))
  }
  const discard = () => {
    setRestores(null)
    onDiscard()
  }
  useHotkeys([
    { keys: 'Ctrl+Enter', label: t('designs:save'), when: canSave, run: saveNow },
    { keys: 'Alt+U', label: t('designs:discard'), when: isChanged, run: discard },
  ])
  const past = useQuery({
    queryKey: ['paper-versions', versions.key, kept.version],
    queryFn: versions.read,
    enabled: kept.version > 0,
  })
  return (
    <div className="designs">
      <div>
        <RefusalAlert error={change.error} />
        {children}
        <div className="designs-actions designs-save">
          <Button
            type="primary"
            icon={<SaveOutlined />}
            disabled={!canSave}
            loading={change.isPending}
            aria-keyshortcuts="Control+Enter"
            onClick={saveNow}
          >
            {t('designs:save')} <KeyCap keys="Ctrl+Enter" />
          </Button>
          <Button
            icon={<UndoOutlined />}
            disabled={!isChanged}
            aria-keyshortcuts="Alt+U"
            onClick={discard}
          >
            {t('designs:discard')} <KeyCap keys="Alt+U" />
          </Button>
          <span className="row-note" role="status">
            {isChanged ? t('designs:draft') : t('designs:asPrinted')}
          </span>
        </div>
        <Panel title={t('designs:versions')}>
          <RefusalAlert error={past.error} />
          {kept.version === 0 ? <p className="row-note">{t('designs:never')}</p> : null}
          <ol className="case-parts designs-versions">
            {(past.data ?? []).map((each) => (
              <li key={each.version}>
                <span>
                  <strong>{t('designs:version', { version: each.version })}</strong>{' '}
                  <span className="row-note">
                    {each.changedBy} {each.changedAt ? <Moment at={each.changedAt} /> : null}{' '}
                    {each.restores === null
                      ? null
                      : t('designs:restored', { version: each.restores })}
                  </span>
                </span>
                {each.version === kept.version ? (
                  <span className="row-note">{t('designs:current')}</span>
                ) : (
                  <Button
                    size="small"
                    icon={<RollbackOutlined />}
                    aria-label={t('designs:bringBackOf', { version: each.version })}
                    onClick={() => {
                      setRestores(each.version)
                      versions.bringBack(each.value)
                    }}
                  >
                    {t('designs:bringBack')}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        </Panel>
      </div>
      <DesignPreview places={places} draft={draft} />
    </div>
  )
}
