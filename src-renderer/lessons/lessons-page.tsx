import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'

import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Examples } from './examples.tsx'
import { SearchCases } from './search-cases.tsx'
import './lessons.css'

const VIEWS = ['examples', 'cases'] as const
type View = (typeof VIEWS)[number]

/** What the store has learned: examples for everybody, and every past complaint by its words. */
export default function LessonsPage() {
  const { view } = useParams()
  const tabs = <Views current={view === 'cases' ? 'cases' : 'examples'} />
  return view === 'cases' ? <SearchCases tabs={tabs} /> : <Examples tabs={tabs} />
}

function Views({ current }: { current: View }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const show = (view: View) =>
    void navigate(paths.lessons(view === 'cases' ? view : undefined), { replace: true })
  useHotkeys(
    VIEWS.map((view, index) => ({
      keys: String(index + 1),
      label: t(`lessons:keys.${view}`),
      run: () => show(view),
    })),
  )
  return (
    <Segmented<View>
      aria-label={t('lessons:view.which')}
      value={current}
      options={VIEWS.map((view, index) => ({
        value: view,
        label: (
          <>
            {t(`lessons:view.${view}`)} <KeyCap keys={String(index + 1)} />
          </>
        ),
      }))}
      onChange={show}
    />
  )
}
