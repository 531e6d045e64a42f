import { ToolOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'repairs',
  pages: [
    { path: 'repairs', load: () => import('./repairs-page.tsx') },
    { path: 'repairs/new', load: () => import('./new-repair-page.tsx') },
    { path: 'repairs/loans', load: () => import('./loan-units-page.tsx') },
    { path: 'repairs/:repairId', load: () => import('./repair-page.tsx') },
  ],
  rail: { label: 'repairs:rail', icon: <ToolOutlined />, to: paths.repairs(), order: 40 },
  hotkeys: [{ keys: 'F7', label: 'repairs:keys.record', to: (about) => paths.newRepair(about) }],
}
