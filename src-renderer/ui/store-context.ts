import { createContext, useContext } from 'react'

/** What every part needs to know of the store to write money and dates. */
export interface StoreView {
  /** ISO currency of the store. */
  currency: string
  /** Today's business date, `YYYY-MM-DD`. */
  today: string
  /** IANA time zone of the store. */
  timeZone: string
}

export const StoreContext = createContext<StoreView>({
  currency: 'CNY',
  today: new Date().toISOString().slice(0, 10),
  timeZone: 'Asia/Shanghai',
})

/** The store's currency, business date and time zone. */
export function useStore(): StoreView {
  return useContext(StoreContext)
}
