import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'rights',
  pages: [{ path: 'refusals/:refusalId', load: () => import('./refusal-page.tsx') }],
}
