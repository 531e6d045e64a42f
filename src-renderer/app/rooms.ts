import type { RailItem, Room, RoomCaseTab, RoomHotkey, RoomOverlay, RoomPage } from './room.ts'

/** Every `src-renderer/<room>/pages.tsx`; a new room needs no change here. */
const rooms: readonly Room[] = Object.values(
  import.meta.glob<Room>('../*/pages.tsx', { eager: true, import: 'room' }),
)

export const roomPages: readonly RoomPage[] = rooms.flatMap((room) => room.pages)

export const roomOverlays: readonly RoomOverlay[] = rooms.flatMap((room) => room.overlays ?? [])

/** What other rooms add to the page of a case, left to right. */
export const roomCaseTabs: readonly RoomCaseTab[] = rooms
  .flatMap((room) => room.caseTabs ?? [])
  .toSorted((a, b) => a.order - b.order)

/** What stands on the rail, top to bottom; Alt+1…9 follow this order. */
export const railItems: readonly RailItem[] = withKeys(
  rooms.flatMap((room) => (room.rail ? [room.rail] : [])).toSorted((a, b) => a.order - b.order),
)

/** Alt and a digit for each item that has no key of its own, as far as digits go. */
function withKeys(items: readonly RailItem[]): RailItem[] {
  const numbered = items.filter(({ keys }) => keys === undefined)
  return items.map((item) => {
    const place = numbered.indexOf(item) + 1
    return place >= 1 && place <= 9 ? { ...item, keys: `Alt+${place}` } : item
  })
}

/** Keys of rooms that work on every screen. */
export const roomHotkeys: readonly RoomHotkey[] = rooms.flatMap((room) => room.hotkeys ?? [])
