import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'customers',
  pages: [
    { path: 'customers', load: () => import('./customers-page.tsx') },
    { path: 'customers/:customerId', load: () => import('./customer-page.tsx') },
    { path: 'customers/:customerId/data', load: () => import('./data-page.tsx') },
    { path: 'customers/:customerId/merge', load: () => import('./merge-page.tsx') },
  ],
  hotkeys: [{ keys: 'Alt+Z', label: 'customers:keys.open', to: () => paths.customers() }],
}
