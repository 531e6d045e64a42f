import { ShopOutlined } from '@ant-design/icons'

import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'desk',
  pages: [{ path: '', load: () => import('./home-page.tsx') }],
  rail: {
    label: 'desk:rail',
    icon: <ShopOutlined />,
    to: '/',
    order: 10,
    also: ['/find', '/sales', '/refunds'],
  },
}
