import type { ReadHandle } from '../../database/store.ts'
import { refuse } from '../../foundation/errors.ts'
import { compareFloors } from '../../foundation/floors.ts'
import type { ReportFilters } from './contract.ts'
import {
  hasCategory,
  hasVendor,
  listCategories,
  listPeople,
  listPlaces,
  listVendorNames,
} from './name-store.ts'
import { placeName } from './rules.ts'

export type Choices = Awaited<ReturnType<typeof readChoices>>

/** Everything reports can be narrowed to. */
export async function readChoices(r: ReadHandle) {
  const places = await listPlaces(r)
  const distinct = (names: readonly string[]) => [...new Set(names.filter(Boolean))]
  return {
    floors: distinct(places.map(({ floor }) => floor)).toSorted(compareFloors),
    counters: distinct(places.map(({ floor, counter }) => placeName(floor, counter))).toSorted(
      compareFloors,
    ),
    vendors: await listVendorNames(r),
    categories: await listCategories(r),
    people: [...(await listPeople(r))].map(([id, name]) => ({ id: Number(id), name })),
  }
}

/** Refuses names nobody knows. */
export async function requireKnown(
  r: ReadHandle,
  { vendor, category, person }: ReportFilters,
): Promise<void> {
  if (vendor && !(await hasVendor(r, vendor))) refuse('reports.unknown_vendor', { vendor })
  if (category && !(await hasCategory(r, category))) {
    refuse('reports.unknown_category', { category })
  }
  if (person !== undefined && !(await listPeople(r)).has(String(person))) {
    refuse('reports.unknown_person')
  }
}
