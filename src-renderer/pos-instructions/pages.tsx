import { SwapOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'pos-instructions',
  pages: [{ path: 'pos', load: () => import('./reconcile-page.tsx') }],
  rail: {
    label: 'pos-instructions:rail',
    icon: <SwapOutlined />,
    to: paths.posInstructions(),
    order: 55,
  },
}
