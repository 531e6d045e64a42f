import type { Room } from '../app/room.ts'

export const room: Room = {
  name: 'imports',
  pages: [
    { path: 'imports', load: () => import('./imports-page.tsx') },
    { path: 'imports/file/:fileId', load: () => import('./import-file-page.tsx') },
    { path: 'imports/job/:jobId', load: () => import('./import-job-page.tsx') },
  ],
}
