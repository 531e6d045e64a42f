import { Steps } from 'antd'
import { useTranslation } from 'react-i18next'

const STEPS = ['file', 'map', 'dryRun', 'import', 'result'] as const
export type ImportStep = (typeof STEPS)[number]

/** Where the import stands: file → recognised and mapped → read on trial → imported → result. */
export function ImportSteps({ at }: { at: ImportStep }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('imports-screen:steps.title')}>
      <Steps
        className="import-steps"
        size="small"
        current={STEPS.indexOf(at)}
        items={STEPS.map((step) => ({ title: t(`imports-screen:steps.${step}`) }))}
      />
    </nav>
  )
}
