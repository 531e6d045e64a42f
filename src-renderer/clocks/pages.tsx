import { FieldTimeOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'clocks',
  pages: [{ path: 'clocks', load: () => import('./clocks-page.tsx') }],
  rail: {
    label: 'clocks:duty.title',
    icon: <FieldTimeOutlined />,
    to: paths.clocks(),
    also: [paths.promises(), paths.shifts(), paths.followUps(), paths.caseReviews()],
    order: 58,
  },
}
