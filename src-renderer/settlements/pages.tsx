import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'settlements',
  pages: [
    { path: 'compensations', load: () => import('./compensations-page.tsx') },
    { path: 'agreements', load: () => import('./agreements-page.tsx') },
  ],
  caseTabs: [
    {
      name: 'remedy',
      label: 'settlements:tab',
      order: 2,
      load: () => import('./remedy-tab.tsx'),
    },
  ],
}
