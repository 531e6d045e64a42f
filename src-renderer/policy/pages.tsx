import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'policy',
  pages: [
    { path: 'policy/rules/:ruleId?', load: () => import('./rules-page.tsx') },
    { path: 'policy/write/:ruleId?', load: () => import('./write-rule-page.tsx') },
    { path: 'policy/try', load: () => import('./try-page.tsx') },
    { path: 'policy/choices', load: () => import('./choices-page.tsx') },
    { path: 'policy/file', load: () => import('./file-page.tsx') },
  ],
}
