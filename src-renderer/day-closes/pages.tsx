import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'day-closes',
  pages: [{ path: 'day-close', load: () => import('./day-close-page.tsx') }],
  hotkeys: [{ keys: 'Alt+Shift+D', label: 'day-closes:title', to: () => paths.dayClose() }],
}
