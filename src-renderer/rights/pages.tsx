import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'rights',
  pages: [
    { path: 'refusals/:refusalId', load: () => import('./refusal-page.tsx') },
    { path: 'no-slip', load: () => import('./no-slip-page.tsx') },
    { path: 'proofs/:proofSetId', load: () => import('./proofs-page.tsx') },
  ],
  hotkeys: [{ keys: 'Alt+N', label: 'rights:proof.title', to: () => paths.noSlip() }],
}
