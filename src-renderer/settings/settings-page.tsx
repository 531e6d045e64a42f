import {
  AlertOutlined,
  AuditOutlined,
  BgColorsOutlined,
  ClockCircleOutlined,
  DatabaseOutlined,
  FieldTimeOutlined,
  FileTextOutlined,
  LockOutlined,
  MoneyCollectOutlined,
  SafetyCertificateOutlined,
  ShopOutlined,
  TeamOutlined,
  ToolOutlined,
  UserOutlined,
  WalletOutlined,
} from '@ant-design/icons'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useParams } from 'react-router'

import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { Page, PageHeader } from '../ui/page.tsx'
import { ClocksPart } from './clocks-part.tsx'
import { ComplaintsPart } from './complaints-part.tsx'
import { CustomersPart } from './customers-part.tsx'
import { DataPart } from './data-part.tsx'
import { DayClosePart } from './day-close-part.tsx'
import { HoursPart } from './hours-part.tsx'
import { MachinePart } from './machine-part.tsx'
import { OperatorsPart } from './operators-part.tsx'
import { PapersPart } from './papers-part.tsx'
import { RefundsPart } from './refunds-part.tsx'
import { RepairsPart } from './repairs-part.tsx'
import { StorePart } from './store-part.tsx'
import { VouchersPart } from './vouchers-part.tsx'

import './settings.css'

interface Part {
  name:
    | 'machine'
    | 'store'
    | 'hours'
    | 'dayClose'
    | 'clocks'
    | 'papers'
    | 'refunds'
    | 'vouchers'
    | 'repairs'
    | 'complaints'
    | 'customers'
    | 'operators'
    | 'data'
  icon: ReactNode
  Content: ComponentType
  needs?: string
}

const parts: readonly Part[] = [
  { name: 'machine', icon: <BgColorsOutlined />, Content: MachinePart },
  { name: 'store', icon: <ShopOutlined />, Content: StorePart },
  {
    name: 'hours',
    icon: <ClockCircleOutlined />,
    Content: HoursPart,
    needs: 'settings.change',
  },
  {
    name: 'dayClose',
    icon: <LockOutlined />,
    Content: DayClosePart,
    needs: 'settings.change',
  },
  {
    name: 'clocks',
    icon: <FieldTimeOutlined />,
    Content: ClocksPart,
    needs: 'settings.change',
  },
  {
    name: 'papers',
    icon: <FileTextOutlined />,
    Content: PapersPart,
    needs: 'settings.change',
  },
  {
    name: 'refunds',
    icon: <MoneyCollectOutlined />,
    Content: RefundsPart,
    needs: 'settings.change',
  },
  {
    name: 'vouchers',
    icon: <WalletOutlined />,
    Content: VouchersPart,
    needs: 'settings.change',
  },
  {
    name: 'repairs',
    icon: <ToolOutlined />,
    Content: RepairsPart,
    needs: 'settings.change',
  },
  {
    name: 'complaints',
    icon: <AlertOutlined />,
    Content: ComplaintsPart,
    needs: 'settings.change',
  },
  {
    name: 'customers',
    icon: <UserOutlined />,
    Content: CustomersPart,
    needs: 'settings.change',
  },
  { name: 'operators', icon: <TeamOutlined />, Content: OperatorsPart, needs: 'staff.manage' },
  { name: 'data', icon: <DatabaseOutlined />, Content: DataPart, needs: 'settings.change' },
]

/** Settings in parts; a role sees those it may use. */
export default function SettingsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const { part } = useParams()
  const seen = parts.filter(({ needs }) => !needs || may(needs))
  const current = seen.find(({ name }) => name === part) ?? seen[0]
  if (!current) return null
  const { Content } = current
  return (
    <Page title={t('settings:rail')} back="/">
      <PageHeader title={t('settings:rail')} />
      <div className="settings">
        <nav className="settings-nav" aria-label={t('settings:rail')}>
          {seen.map(({ name, icon }) => (
            <NavLink
              key={name}
              to={paths.settings(name)}
              className={name === current.name ? 'settings-link settings-current' : 'settings-link'}
              aria-current={name === current.name ? 'page' : undefined}
            >
              <span aria-hidden="true">{icon}</span>
              {t(`settings:part.${name}`)}
            </NavLink>
          ))}
          {may('approvals.manage') ? (
            <NavLink to={paths.approvalLimits()} className="settings-link">
              <span aria-hidden="true">
                <SafetyCertificateOutlined />
              </span>
              {t('approvals:limits.title')}
            </NavLink>
          ) : null}
          <NavLink to={paths.rules()} className="settings-link">
            <span aria-hidden="true">
              <AuditOutlined />
            </span>
            {t('settings:part.rules')}
          </NavLink>
        </nav>
        <div className="settings-content">
          <Content />
        </div>
      </div>
    </Page>
  )
}
