import { Form, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'

import { useAppearance } from '../app/appearance.tsx'
import { currentLanguage, LANGUAGES, switchLanguage } from '../app/i18n.ts'
import type { Language } from '../app/i18n.ts'
import { useSession } from '../app/session.ts'
import { APPEARANCES } from '../app/theme.ts'
import type { Appearance } from '../app/theme.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'

/** How the desk looks and speaks on this machine. */
export function MachinePart() {
  const { t } = useTranslation()
  const { appearance, setAppearance } = useAppearance()
  const { status } = useSession()
  return (
    <Panel title={t('settings:part.machine')}>
      <Form layout="vertical" component="div">
        <Form.Item
          label={
            <span className="label-with-key">
              {t('settings:machine.language')} <KeyCap keys="Ctrl+L" />
            </span>
          }
        >
          <Segmented<Language>
            aria-label={t('settings:machine.language')}
            value={currentLanguage()}
            onChange={switchLanguage}
            options={LANGUAGES.map((value) => ({
              value,
              label: t(`settings:machine.languages.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item label={t('settings:machine.appearance')}>
          <Segmented<Appearance>
            aria-label={t('settings:machine.appearance')}
            value={appearance}
            onChange={setAppearance}
            options={APPEARANCES.map((value) => ({
              value,
              label: t(`settings:machine.appearances.${value}`),
            }))}
          />
        </Form.Item>
      </Form>
      <p className="settings-note">
        {t('settings:machine.version', { version: status.appVersion })} ·{' '}
        {t(`settings:machine.host.${status.host}`)}
      </p>
    </Panel>
  )
}
