/** What a page posts to its own window together with its end of a MessageChannel. */
export const PORT_MESSAGE = 'goodwill-desk:port'

/** The one channel from preload to the main process; it carries the port and nothing else. */
export const PORT_CHANNEL = 'goodwill-desk:rpc-port'
