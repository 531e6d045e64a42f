import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'refunds',
  pages: [
    { path: 'refunds/new', load: () => import('./new-refund-page.tsx') },
    { path: 'refunds/price', load: () => import('./price-adjustment-page.tsx') },
    { path: 'refunds/:refundId', load: () => import('./refund-page.tsx') },
  ],
  hotkeys: [
    {
      keys: 'F4',
      label: 'refunds:keys.record',
      to: (about) => (about.receiptId ? paths.newRefund(about) : null),
    },
  ],
}
