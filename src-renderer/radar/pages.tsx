import { RadarChartOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'radar',
  pages: [
    { path: 'radar/:view?', load: () => import('./radar-page.tsx') },
    { path: 'incidents/:incidentId', load: () => import('./incident-page.tsx') },
    { path: 'actions/:actionId', load: () => import('./action-page.tsx') },
  ],
  caseTabs: [
    { name: 'quality', label: 'radar:case.tab', order: 60, load: () => import('./case-tab.tsx') },
  ],
  rail: {
    label: 'radar:rail',
    icon: <RadarChartOutlined />,
    to: paths.radar(),
    also: ['/incidents', '/actions', paths.vendors(), paths.deductions(), paths.lessons()],
    order: 70,
    keys: 'Shift+F8',
  },
}
