import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'shifts',
  pages: [
    { path: 'shifts', load: () => import('./shifts-page.tsx') },
    { path: 'shifts/diary', load: () => import('./diary-page.tsx') },
    { path: 'shifts/:shiftId', load: () => import('./shift-page.tsx') },
  ],
}
