import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'vendors',
  pages: [
    { path: 'vendors', load: () => import('./vendors-page.tsx') },
    { path: 'vendors/:vendorId', load: () => import('./vendor-page.tsx') },
    { path: 'deductions/:month?', load: () => import('./deductions-page.tsx') },
  ],
  caseTabs: [
    { name: 'vendors', label: 'vendors:tab', order: 3, load: () => import('./case-tab.tsx') },
  ],
  hotkeys: [{ keys: 'Alt+Shift+V', label: 'vendors:keys.open', to: () => paths.vendors() }],
}
