import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'alerts',
  pages: [{ path: 'alerts', load: () => import('./alerts-page.tsx') }],
  hotkeys: [{ keys: 'Ctrl+I', label: 'alerts:keys.open', to: () => paths.alerts() }],
}
