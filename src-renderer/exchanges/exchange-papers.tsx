import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { SlipPaper } from '../ui/slip-paper.tsx'
import type { Exchange } from './exchange-form.ts'
import type { Handover } from './handover.ts'
import { cardFormats, formFormats, paperOf, remember, slipFormats } from './exchange-formats.ts'

/** A kind of paper, and of a form or card which part it is of. */
type Shown = 'slip' | `form ${number}` | `card ${number}`

/** Slip, forms and new cards of both parts: the one that is needed next stands in front; F9 prints it. */
export function ExchangePapers({ exchange, handover }: { exchange: Exchange; handover: Handover }) {
  const { t } = useTranslation()
  const [chosen, choose] = useState<Shown | null>(null)
  const { forms } = exchange
  const papers: Shown[] = [
    'slip',
    ...forms.flatMap(({ part, card }): Shown[] =>
      card ? [`form ${part}`, `card ${part}`] : [`form ${part}`],
    ),
  ]
  const usual: Shown =
    exchange.state === 'ordered' || exchange.state === 'void' ? 'slip' : `form ${handover.part}`
  const shown = chosen ?? usual
  const form = forms.find(({ part }) => shown === `form ${part}`)
  const card = forms.find(({ part }) => shown === `card ${part}`)?.card
  const nameOf = (paper: Shown) => {
    const [kind = 'slip', part] = paper.split(' ')
    const name = t(`exchanges:papers.${kind}`)
    return forms.length > 1 && part ? `${name} ${part}` : name
  }
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
          options={papers.map((value) => ({ value, label: nameOf(value) }))}
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
      {form ? (
        <SlipPaper
          formats={formFormats}
          remember={remember.form}
          key={form.id}
          paperOf={(format) => paperOf.form(form.id, format)}
          revision={revision}
          label={t('exchanges:papers.form')}
        />
      ) : null}
      {card ? (
        <SlipPaper
          formats={cardFormats}
          remember={remember.card}
          key={card.id}
          paperOf={(format) => paperOf.card(card.id, format)}
          label={t('exchanges:papers.card')}
        />
      ) : null}
    </div>
  )
}
