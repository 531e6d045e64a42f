import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'sales',
  pages: [
    { path: 'find', load: () => import('./find-page.tsx') },
    { path: 'sales/:receiptId', load: () => import('./sale-page.tsx') },
    { path: 'products/:productId', load: () => import('./product-sales-page.tsx') },
  ],
}
