import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'goods',
  pages: [{ path: 'goods/:view?', load: () => import('./goods-page.tsx') }],
  hotkeys: [{ keys: 'Alt+Q', label: 'goods:keys.open', to: () => paths.goods() }],
}
