import { AlertOutlined } from '@ant-design/icons'

import { paths } from '../app/paths.ts'
import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'complaints',
  pages: [
    { path: 'complaints', load: () => import('./complaints-page.tsx') },
    { path: 'cases/:caseId', load: () => import('./case-page.tsx') },
    { path: 'complaints/guides', load: () => import('./guides-page.tsx') },
    { path: 'complaints/leavers', load: () => import('./leavers-page.tsx') },
    { path: 'complaints/:complaintId', load: () => import('./complaint-page.tsx') },
  ],
  overlays: [{ name: 'complaint', load: () => import('./complaint-overlay.tsx') }],
  rail: { label: 'complaints:rail', icon: <AlertOutlined />, to: paths.complaints(), order: 20 },
  hotkeys: [
    { keys: 'F8', label: 'complaints:keys.record', to: (about) => paths.newComplaint(about) },
  ],
}
