import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'case-reviews',
  pages: [
    { path: 'reviews', load: () => import('./reviews-page.tsx') },
    { path: 'reviews/:reviewId', load: () => import('./review-page.tsx') },
  ],
}
