import { WalletOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'vouchers',
  pages: [
    { path: 'vouchers', load: () => import('./vouchers-page.tsx') },
    { path: 'vouchers/:voucherId', load: () => import('./voucher-page.tsx') },
  ],
  rail: { label: 'vouchers:rail', icon: <WalletOutlined />, to: paths.vouchers(), order: 35 },
}
