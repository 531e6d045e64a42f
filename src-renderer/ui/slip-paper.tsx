import { Segmented } from 'antd'
import { useState } from 'react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import { PaperPreview } from './paper-preview.tsx'

const OTHER = 'Alt+S'

interface SlipPaperProps<Format extends string> {
  /** The papers this slip comes on, the roll first. */
  formats: readonly [Format, Format]
  /** Where this machine keeps which of them its printer takes. */
  remember: string
  paperOf: (format: Format) => ComponentProps<typeof PaperPreview>['paper']
  revision?: string
  label: string
}

/** A slip beside its record, on the paper this desk's printer takes; one key changes to the other. */
export function SlipPaper<Format extends string>(props: SlipPaperProps<Format>) {
  const { formats, remember, paperOf, revision, label } = props
  const { t } = useTranslation()
  const [format, setFormat] = useState<Format>(
    () => formats.find((each) => each === localStorage.getItem(remember)) ?? formats[0],
  )
  const keep = (next: Format) => {
    localStorage.setItem(remember, next)
    setFormat(next)
  }
  useHotkeys([
    {
      keys: OTHER,
      label: t('app:slip.otherFormat'),
      run: () => keep(format === formats[0] ? formats[1] : formats[0]),
    },
  ])
  return (
    <div className="slip-paper">
      <Segmented
        aria-label={t('app:slip.format')}
        value={format}
        options={formats.map((value) => ({
          value,
          label: (
            <>
              {value === '80mm' ? '80 mm' : value}
              {value === format ? null : (
                <>
                  {' '}
                  <KeyCap keys={OTHER} />
                </>
              )}
            </>
          ),
        }))}
        onChange={keep}
      />
      <PaperPreview
        paper={paperOf(format)}
        {...(revision !== undefined && { revision })}
        label={label}
      />
    </div>
  )
}
