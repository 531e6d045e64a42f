import { BarChartOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'reports',
  pages: [
    { path: 'reports', load: () => import('./day-report-page.tsx') },
    { path: 'reports/day', load: () => import('./day-report-page.tsx') },
    { path: 'reports/of', load: () => import('./report-page.tsx') },
    { path: 'reports/of/:report', load: () => import('./report-page.tsx') },
    { path: 'reports/evaluation', load: () => import('./evaluation-page.tsx') },
  ],
  rail: { label: 'reports:rail', icon: <BarChartOutlined />, to: paths.reports(), order: 60 },
}
