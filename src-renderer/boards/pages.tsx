import { DashboardOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'boards',
  pages: [
    { path: 'board', load: () => import('./board-page.tsx') },
    { path: 'board/waiting', load: () => import('./waiting-page.tsx') },
  ],
  rail: { label: 'boards:rail', icon: <DashboardOutlined />, to: paths.board(), order: 15 },
}
