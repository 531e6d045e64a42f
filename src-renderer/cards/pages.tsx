import { IdcardOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'cards',
  pages: [
    { path: 'cards', load: () => import('./recent-cards-page.tsx') },
    { path: 'cards/new', load: () => import('./issue-card-page.tsx') },
    { path: 'cards/:cardId', load: () => import('./card-page.tsx') },
  ],
  rail: {
    label: 'cards:rail',
    icon: <IdcardOutlined />,
    to: paths.cards(),
    order: 30,
    also: ['/customers'],
  },
  hotkeys: [
    {
      keys: 'F3',
      label: 'cards:keys.issue',
      to: (about) => (about.receiptId ? paths.newCard(about) : null),
    },
  ],
}
