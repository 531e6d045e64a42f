import { type PrintChannel, PrintFailure } from './channel.ts'
import { openEscposChannel } from './escpos/channel.ts'
import type { SlipEncoder } from './escpos/slip-encoder.ts'
import { hasCups, openCupsChannel } from './cups-channel.ts'
import { openFolderChannel } from './folder-channel.ts'
import { type HostPrinters, openHostChannel } from './host-printers.ts'
import { readAddress } from './rules.ts'
import type { Printer } from './store.ts'

export type OpenChannel = (printer: Pick<Printer, 'kind' | 'target' | 'options'>) => PrintChannel

/** The ways to printers that this host has. */
export function channelsOf(
  host: HostPrinters | null,
  encoder: Pick<SlipEncoder, 'encode'>,
): OpenChannel {
  return ({ kind, target, options }) => {
    switch (kind) {
      case 'folder':
        return openFolderChannel(target, { numbered: true })
      case 'pdf':
        return openFolderChannel(target, { numbered: false })
      case 'system':
        if (hasCups()) return openCupsChannel(target)
        return host ? openHostChannel(target, host) : nowhere
      case 'escpos': {
        const address = readAddress(target)
        return address ? openEscposChannel(address, options, encoder) : nowhere
      }
    }
  }
}

/** For what this host cannot print at all. */
const nowhere: PrintChannel = {
  send: () => Promise.reject(new PrintFailure('unsupported', 'nothing')),
  look: () => Promise.resolve({ state: 'unreachable', detail: '' }),
}
