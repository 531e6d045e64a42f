import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'

const MORE = 'Alt+M'

interface MoreRowsProps {
  /** There is another page. */
  more: boolean
  loading: boolean
  loadMore: () => void
}

/** Under a long list: the next page of it, by key or button. */
export function MoreRows({ more, loading, loadMore }: MoreRowsProps) {
  const { t } = useTranslation()
  const label = t('app:more')
  useHotkeys([{ keys: MORE, label, when: more && !loading, run: loadMore }])
  if (!more) return null
  return (
    <Button block loading={loading} aria-keyshortcuts={MORE} onClick={loadMore}>
      {label} <KeyCap keys={MORE} />
    </Button>
  )
}
