import {
  ColumnHeightOutlined,
  CustomerServiceOutlined,
  DollarOutlined,
  EllipsisOutlined,
  FileDoneOutlined,
  FireOutlined,
  NotificationOutlined,
  ShoppingOutlined,
  StopOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

import type { ComplaintClass } from './complaint-form.ts'

const icons: Record<ComplaintClass, ReactNode> = {
  goods: <ShoppingOutlined />,
  service: <CustomerServiceOutlined />,
  price: <DollarOutlined />,
  safety: <FireOutlined />,
  counterfeit: <StopOutlined />,
  promotion: <NotificationOutlined />,
  contract: <FileDoneOutlined />,
  metering: <ColumnHeightOutlined />,
  dignity: <TeamOutlined />,
  other: <EllipsisOutlined />,
}

/** The sign of a class; always beside its word. */
export function ClassIcon({ of }: { of: ComplaintClass }) {
  return <span aria-hidden="true">{icons[of]}</span>
}
