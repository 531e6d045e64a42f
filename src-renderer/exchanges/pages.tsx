import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'exchanges',
  pages: [
    { path: 'exchanges', load: () => import('./exchanges-page.tsx') },
    { path: 'exchanges/new', load: () => import('./new-exchange-page.tsx') },
    { path: 'exchanges/:exchangeId', load: () => import('./exchange-page.tsx') },
  ],
  hotkeys: [
    {
      keys: 'F6',
      label: 'exchanges:keys.record',
      to: (about) => (about.receiptId ? paths.newExchange(about) : null),
    },
  ],
}
