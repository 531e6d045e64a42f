import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'head-office',
  pages: [{ path: 'reports/head-office', load: () => import('./head-office-page.tsx') }],
  hotkeys: [{ keys: 'Alt+Shift+O', label: 'head-office:title', to: () => paths.headOffice() }],
}
