import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'printers',
  pages: [{ path: 'printers', load: () => import('./printers-page.tsx') }],
  hotkeys: [{ keys: 'Alt+Shift+P', label: 'printers:keys.open', to: () => paths.printers() }],
}
