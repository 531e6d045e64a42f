import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'approvals',
  pages: [
    { path: 'approvals/limits', load: () => import('./limits-page.tsx') },
    { path: 'approvals/:view?', load: () => import('./approvals-page.tsx') },
  ],
  hotkeys: [{ keys: 'F10', label: 'approvals:keys.open', to: () => paths.approvals() }],
}
