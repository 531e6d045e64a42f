import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Letters shown at once: what hardly anybody passes, and a browser lays out at once. */
const SHOWN = 6000

/** What was said, word for word; a very long statement is unfolded piece by piece. */
export function StatementText({ text }: { text: string }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(SHOWN)
  return (
    <>
      <p className="complaint-text statement-shown">{text.slice(0, shown)}</p>
      {text.length > shown ? (
        <Button size="small" onClick={() => setShown(shown * 4)}>
          {t('complaints:text.more', { shown, letters: text.length })}
        </Button>
      ) : null}
    </>
  )
}
