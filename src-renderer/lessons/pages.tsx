import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'lessons',
  pages: [
    { path: 'lessons/:view?', load: () => import('./lessons-page.tsx') },
    { path: 'lessons/write/:complaintId', load: () => import('./write-lesson-page.tsx') },
  ],
  hotkeys: [{ keys: 'Alt+0', label: 'lessons:keys.open', to: () => paths.lessons() }],
}
