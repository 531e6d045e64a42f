import { contextBridge, ipcRenderer } from 'electron'
import { PORT_CHANNEL, PORT_MESSAGE } from './channels.ts'

/** All a page learns about its host; everything else goes through the port it hands over. */
contextBridge.exposeInMainWorld('goodwillDesk', { host: 'electron', platform: process.platform })

window.addEventListener('message', (event) => {
  const port = event.ports[0]
  if (event.source !== window || event.data !== PORT_MESSAGE || !port) return
  ipcRenderer.postMessage(PORT_CHANNEL, null, [port])
})
