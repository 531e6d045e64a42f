import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'followups',
  pages: [
    { path: 'followups', load: () => import('./followups-page.tsx') },
    { path: 'followups/plans/:planId', load: () => import('./plan-page.tsx') },
    { path: 'followups/:followUpId', load: () => import('./call-page.tsx') },
  ],
  caseTabs: [
    { name: 'followups', label: 'followups:tab', order: 4, load: () => import('./case-tab.tsx') },
  ],
}
