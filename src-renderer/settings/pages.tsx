import { SettingOutlined } from '@ant-design/icons'

import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'settings',
  pages: [{ path: 'settings/:part?', load: () => import('./settings-page.tsx') }],
  rail: {
    label: 'settings:rail',
    icon: <SettingOutlined />,
    to: '/settings',
    order: 90,
    also: ['/policy'],
    keys: 'Ctrl+,',
  },
}
