import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import { paths, type RadarView } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { ActionList } from './action-list.tsx'
import { Findings } from './findings.tsx'
import { IncidentList } from './incident-list.tsx'
import { RecallList } from './recall-list.tsx'
import { StopList } from './stop-list.tsx'
import './radar.css'

const VIEWS = ['findings', 'incidents', 'stops', 'recalls', 'actions'] as const

const contents = {
  findings: Findings,
  incidents: IncidentList,
  stops: StopList,
  recalls: RecallList,
  actions: ActionList,
} as const

/** What fails more often than it should, and everything that is done about it. */
export default function RadarPage() {
  const asked = useParams()['view']
  const view = VIEWS.find((each) => each === asked) ?? 'findings'
  const Content = contents[view]
  return <Content tabs={<Views current={view} />} />
}

function Views({ current }: { current: RadarView }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const show = (view: RadarView) => void navigate(paths.radar(view), { replace: true })
  useHotkeys(
    VIEWS.map((view, index) => ({
      keys: String(index + 1),
      label: t(`radar:view.${view}`),
      run: () => show(view),
    })),
  )
  return (
    <div className="radar-views">
      <Segmented<RadarView>
        aria-label={t('radar:view.which')}
        value={current}
        options={VIEWS.map((view, index) => ({
          value: view,
          label: (
            <>
              {t(`radar:view.${view}`)} <KeyCap keys={String(index + 1)} />
            </>
          ),
        }))}
        onChange={show}
      />
      <Beside />
    </div>
  )
}

/** The rooms next door: who answers for the goods, and what was learned before. */
function Beside() {
  const { t } = useTranslation()
  return (
    <nav className="radar-beside" aria-label={t('radar:beside.title')}>
      <Link to={paths.vendors()}>
        {t('radar:beside.vendors')} <KeyCap keys="Alt+Shift+V" />
      </Link>
      <Link to={paths.lessons()}>
        {t('radar:beside.lessons')} <KeyCap keys="Alt+0" />
      </Link>
    </nav>
  )
}
