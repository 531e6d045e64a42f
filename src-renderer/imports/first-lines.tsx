import { useTranslation } from 'react-i18next'

import { Panel } from '../ui/page.tsx'
import type { Inspection } from './import-form.ts'

const LINES_BEFORE = 4
const LINES_AFTER = 5

/** The file as it stands, with the row taken for the header marked. */
export function FirstLines({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation()
  const { headerLine } = inspection
  const last = inspection.firstLines.findLast(({ text }) => text.trim() !== '')?.lineNo ?? 0
  const shown = inspection.firstLines.filter(
    ({ lineNo }) =>
      lineNo >= headerLine - LINES_BEFORE && lineNo <= Math.min(headerLine + LINES_AFTER, last),
  )
  const hidden = shown[0] ? shown[0].lineNo - 1 : 0
  return (
    <Panel
      title={t('imports-screen:firstLines')}
      extra={
        hidden > 0 ? (
          <span className="row-note">{t('imports-screen:linesAbove', { count: hidden })}</span>
        ) : null
      }
    >
      <div
        className="first-lines"
        tabIndex={0}
        role="region"
        aria-label={t('imports-screen:firstLines')}
      >
        <ol start={shown[0]?.lineNo ?? 1}>
          {shown.map(({ lineNo, text }) => (
            <li
              key={lineNo}
              value={lineNo}
              className={
                lineNo === headerLine ? 'header-line' : lineNo < headerLine ? 'preamble' : ''
              }
            >
              {lineNo === headerLine ? (
                <span className="header-mark">{t('imports-screen:header')}</span>
              ) : null}
              <code>{text || ' '}</code>
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  )
}
