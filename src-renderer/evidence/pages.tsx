import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'evidence',
  pages: [],
  caseTabs: [
    {
      name: 'evidence',
      label: 'evidence:tab',
      order: 5,
      load: () => import('./evidence-tab.tsx'),
    },
  ],
}
