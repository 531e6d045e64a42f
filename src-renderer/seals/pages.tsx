import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'seals',
  pages: [
    { path: 'verify', load: () => import('./verify-page.tsx') },
    { path: 'verify/keys', load: () => import('./keys-page.tsx') },
  ],
  hotkeys: [{ keys: 'Alt+Shift+Y', label: 'seals:title', to: () => paths.verify() }],
}
