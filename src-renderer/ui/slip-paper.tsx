import { Segmented } from 'antd'
import { useState } from 'react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'

import type { PaperFormat } from '../../src-main/foundation/paper-formats.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import { PaperPreview } from './paper-preview.tsx'

const OTHER = 'Alt+S'

interface SlipPaperProps<Format extends PaperFormat> {
  /** The papers this slip comes on, the usual one first. */
  formats: readonly [Format, ...Format[]]
  /** Where this machine keeps which of them its printer takes. */
  remember: string
  paperOf: (format: Format) => ComponentProps<typeof PaperPreview>['paper']
  revision?: string | number
  label: string
}

/** A slip beside its record, on the paper this desk's printer takes; one key goes round the others. */
export function SlipPaper<Format extends PaperFormat>(props: SlipPaperProps<Format>) {
  const { formats, remember, paperOf, revision, label } = props
  const [format, setFormat] = useState<Format>(
    () => formats.find((each) => each === localStorage.getItem(remember)) ?? formats[0],
  )
  const keep = (next: Format) => {
    localStorage.setItem(remember, next)
    setFormat(next)
  }
  return (
    <div className="slip-paper">
      <FormatChoice formats={formats} value={format} onChange={keep} />
      <PaperPreview
        paper={paperOf(format)}
        {...(revision !== undefined && { revision })}
        label={label}
      />
    </div>
  )
}

function nameOf(format: PaperFormat) {
  return `papers:formats.${format}` as const
}

interface FormatChoiceProps<Format extends PaperFormat> {
  formats: readonly Format[]
  value: Format
  onChange: (next: Format) => void
}

/** The formats of a paper side by side; the key stands at the one it chooses next. */
export function FormatChoice<Format extends PaperFormat>(props: FormatChoiceProps<Format>) {
  const { formats, value, onChange } = props
  const { t } = useTranslation()
  const next = formats[(formats.indexOf(value) + 1) % formats.length] ?? value
  useHotkeys([
    {
      keys: OTHER,
      label: t('app:slip.otherFormat'),
      run: () => onChange(next),
      when: formats.length > 1,
    },
  ])
  if (formats.length < 2) return null
  return (
    <Segmented<Format>
      className="format-choice"
      aria-label={t('app:slip.format')}
      value={value}
      options={formats.map((each) => ({
        value: each,
        label: (
          <>
            {t(nameOf(each))}
            {each === next ? (
              <>
                {' '}
                <KeyCap keys={OTHER} />
              </>
            ) : null}
          </>
        ),
      }))}
      onChange={onChange}
    />
  )
}
