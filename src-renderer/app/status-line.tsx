import {
  CalendarOutlined,
  ClockCircleOutlined,
  GlobalOutlined,
  LockOutlined,
  PrinterOutlined,
  QuestionCircleOutlined,
  SafetyCertificateOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { BusinessDate } from '../ui/business-date.tsx'
import { writeDate } from '../ui/dates.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { useStore } from '../ui/store-context.ts'
import { AlertsBell } from './alerts-bell.tsx'
import { api } from './client.ts'
import { toggleLanguage } from './i18n.ts'
import { paths } from './paths.ts'
import { useSession } from './session.ts'

function PromisesDue() {
  const { t } = useTranslation()
  const { today } = useStore()
  const navigate = useNavigate()
  const { data } = useQuery(api.cases.duePromises.queryOptions({ refetchInterval: 60_000 }))
  const due = (data ?? []).filter((promise) => promise.overdue || promise.dueOn <= today)
  const overdue = due.filter((promise) => promise.overdue).length
  if (due.length === 0) return null
  return (
    <Button
      type="text"
      size="small"
      className={overdue > 0 ? 'status-risk' : 'status-soon'}
      icon={<ClockCircleOutlined />}
      onClick={() => void navigate(paths.promises(overdue > 0 ? 'overdue' : 'due'))}
    >
      {overdue > 0
        ? t('app:status.promisesOverdue', { count: overdue })
        : t('app:status.promisesDue', { count: due.length })}
    </Button>
  )
}

/** What waits for this operator's word, and what this operator waits for. */
function ApprovalsWaiting() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery(api.approvals.counts.queryOptions({ refetchInterval: 60_000 }))
  const { forMe = 0, mine = 0 } = data ?? {}
  if (forMe + mine === 0) return null
  return (
    <Button
      type="text"
      size="small"
      className="status-soon"
      icon={<SafetyCertificateOutlined />}
      aria-keyshortcuts="F10"
      onClick={() => void navigate(paths.approvals(forMe > 0 ? 'for-me' : 'mine'))}
    >
      {t('app:status.approvals', { count: forMe + mine })}
    </Button>
  )
}

/** How printing stands: what waits, what somebody has to look at, which printer is in trouble. */
function PrintStatus() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery(api.printers.summary.queryOptions())
  const { printers = 0, waiting = 0, asking = 0, held = null, heldBy = null } = data ?? {}
  const condition = heldBy === null ? '' : t(`printers:condition.${heldBy}`).toLowerCase()
  const words = [
    held === null ? '' : t('printers:status.held', { condition }),
    asking > 0 ? t('printers:status.asking', { count: asking }) : '',
    waiting > 0 ? t('printers:status.waiting', { count: waiting }) : '',
  ].filter(Boolean)
  const rest = t(printers > 0 ? 'printers:status.ready' : 'printers:status.dialog')
  const tone = held !== null || asking > 0 ? 'status-risk' : waiting > 0 ? 'status-soon' : ''
  return (
    <Button
      type="text"
      size="small"
      className={`status-print ${tone}`}
      icon={<PrinterOutlined />}
      aria-keyshortcuts="Alt+Shift+P"
      title={[...words, held ?? ''].filter(Boolean).join(' · ') || rest}
      onClick={() => void navigate(paths.printers())}
    >
      <span className="status-print-words">{words.join(' · ') || rest}</span>
    </Button>
  )
}

/** Today is closed: every form says before it is committed on which day it will be booked. */
export function BookingNotice() {
  const { t, i18n } = useTranslation()
  const { may } = useSession()
  const { data } = useQuery(
    api.dayCloses.booking.queryOptions({ enabled: may('sales.read'), refetchInterval: 60_000 }),
  )
  if (!data || data.bookedOn === data.today) return null
  const write = (date: string) => writeDate(date, data.today, i18n.language)
  return (
    <p className="booking-notice" role="status">
      <LockOutlined aria-hidden="true" />{' '}
      {t('day-closes:booked', { today: write(data.today), bookedOn: write(data.bookedOn) })}
    </p>
  )
}

/** Which day, which desk, who, what is ready and what presses. */
export function StatusLine({ openKeySheet }: { openKeySheet: () => void }) {
  const { t } = useTranslation()
  const { operator, store, status, lock } = useSession()
  const { today } = useStore()
  return (
    <div className="status-line">
      <span className="status-fact">
        <CalendarOutlined aria-hidden="true" />
        <span className="status-word">{t('app:status.businessDay')}</span>{' '}
        <BusinessDate date={today} />
      </span>
      <span className="status-fact status-store" title={store.name}>
        {store.name} · {t('app:status.desk', { desk: store.deskNo })}
      </span>
      <span className="status-fact status-operator" title={operator.name}>
        <UserOutlined aria-hidden="true" />
        {operator.name}
        <span className="status-word"> · {t(`app:role.${operator.role}`)}</span>
      </span>
      <PrintStatus />
      {status.isDemo ? <span className="status-demo">{t('app:status.demo')}</span> : null}
      <ApprovalsWaiting />
      <PromisesDue />
      <span className="status-rest">
        <AlertsBell />
        <Button type="text" size="small" icon={<QuestionCircleOutlined />} onClick={openKeySheet}>
          {t('app:status.keys')} <KeyCap keys="?" />
        </Button>
        <Button
          type="text"
          size="small"
          icon={<GlobalOutlined />}
          aria-keyshortcuts="Control+L"
          aria-label={t('app:keys.language')}
          onClick={toggleLanguage}
        >
          {t('app:status.otherLanguage')}
        </Button>
        <Button
          type="text"
          size="small"
          icon={<LockOutlined />}
          aria-keyshortcuts="Control+Shift+L"
          onClick={lock}
        >
          {t('app:status.lock')}
        </Button>
      </span>
    </div>
  )
}
