import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { PaperPreview } from '../ui/paper-preview.tsx'
import { SlipPaper } from '../ui/slip-paper.tsx'
import type { Exchange } from './exchange-form.ts'
import type { Handover } from './handover.ts'
import { formFormats, paperOf, remember, slipFormats } from './exchange-formats.ts'

type Shown = 'slip' | 'form' | 'card'

/** Slip, form and new card: the one that is needed next stands in front; F9 prints it. */
export function ExchangePapers({ exchange, handover }: { exchange: Exchange; handover: Handover }) {
  const { t } = useTranslation()
  const [chosen, choose] = useState<Shown | null>(null)
  const papers: Shown[] = ['slip', 'form', ...(handover.card ? (['card'] as const) : [])]
  const usual: Shown = exchange.state === 'ordered' || exchange.state === 'void' ? 'slip' : 'form'
  const shown = chosen ?? usual
  const revision = `${exchange.version}-${handover.version}`
  useHotkeys([
    {
      keys: 'Alt+T',
      label: t('exchanges:papers.next'),
      run: () => choose(papers[(papers.indexOf(shown) + 1) % papers.length] ?? 'slip'),
    },
  ])
  return (
    <div className="exchange-paper">
      <div className="exchange-paper-tools">
        <Segmented<Shown>
          aria-label={t('exchanges:papers.title')}
          value={shown}
          options={papers.map((value) => ({ value, label: t(`exchanges:papers.${value}`) }))}
          onChange={choose}
        />
        <KeyCap keys="Alt+T" />
      </div>
      {shown === 'slip' ? (
        <SlipPaper
          formats={slipFormats}
          remember={remember.slip}
          paperOf={(format) => paperOf.slip(exchange.id, format)}
          revision={revision}
          label={t('exchanges:papers.slip')}
        />
      ) : null}
      {shown === 'form' ? (
        <SlipPaper
          formats={formFormats}
          remember={remember.form}
          paperOf={(format) => paperOf.form(handover.id, format)}
          revision={revision}
          label={t('exchanges:papers.form')}
        />
      ) : null}
      {shown === 'card' && handover.card ? (
        <PaperPreview paper={paperOf.card(handover.card.id)} label={t('exchanges:papers.card')} />
      ) : null}
    </div>
  )
}
