import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'promises',
  pages: [{ path: 'promises', load: () => import('./promises-page.tsx') }],
}
