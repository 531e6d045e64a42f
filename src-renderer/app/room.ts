import type { ComponentType, ReactNode } from 'react'

import type { About } from './paths.ts'

/** One page of a room; its code is loaded when first opened. */
export interface RoomPage {
  /** Router path without the leading slash, e.g. `cards/:cardId`; '' is home. */
  path: string
  load: () => Promise<{ default: ComponentType }>
}

/** The room's place on the rail, shown as icon and word. */
export interface RailItem {
  /** Key of the word, `namespace:key`. */
  label: string
  icon: ReactNode
  to: string
  /** Position on the rail; Alt+1…9 follow it where the item has no key of its own. */
  order: number
  /** Paths that light this item up besides `to`, e.g. `/refunds`. */
  also?: readonly string[]
  /** A key of its own instead of Alt and the digit of its place: there are nine digits and more rooms. */
  keys?: string
}

/** A key that works on every screen and opens a page of this room. */
export interface RoomHotkey {
  /** As in `input/key-name.ts`, e.g. `F8`. */
  keys: string
  /** Key of the words on the key sheet, `namespace:key`. */
  label: string
  /** Where it goes, given what is on screen; null when the key has no meaning there. */
  to: (about: About) => string | null
}

/** A form that lies over whatever page is open, while `over=<name>` stands in the address. */
export interface RoomOverlay {
  name: string
  load: () => Promise<{ default: ComponentType }>
}

/** What a case's tab is told of the page it stands on. */
export interface CaseTabProps {
  caseId: number
  /** The complaint whose page this is; null on the page of a case that is not one complaint. */
  complaintId: number | null
  /** Whether the case is still open. */
  open: boolean
}

/** What a room knows of a case: a tab on the pages of cases and complaints, beside their overview. */
export interface RoomCaseTab {
  /** In the address: `?tab=<name>`. */
  name: string
  /** Key of the word, `namespace:key`. */
  label: string
  /** Position after the overview; the digit keys follow it. */
  order: number
  load: () => Promise<{ default: ComponentType<CaseTabProps> }>
}

/** What `src-renderer/<room>/pages.tsx` exports as `room`. */
export interface Room {
  name: string
  pages: readonly RoomPage[]
  overlays?: readonly RoomOverlay[]
  caseTabs?: readonly RoomCaseTab[]
  rail?: RailItem
  hotkeys?: readonly RoomHotkey[]
}
