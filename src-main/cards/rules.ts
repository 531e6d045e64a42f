import type { BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { endOfTerm, type HolidayCalendar } from '../foundation/holidays.ts'
import { toHalfWidth } from '../foundation/text.ts'
import type { WarrantyTerms } from '../policy/categories.ts'
import type { Bilingual } from '../policy/rule.ts'

/** The days of a warranty: when it starts and the last day of each term, inclusive. */
export interface Clocks {
  startsOn: BusinessDate
  unitEndsOn: BusinessDate
  partEndsOn: BusinessDate | null
}

/** A warranty runs from the day of sale, or of installation where there was one (domain.md §1.1, §2.2). */
export function clocksOf(
  terms: { installedOn: BusinessDate | null; unitMonths: number; partMonths: number | null },
  soldOn: BusinessDate,
  calendar: HolidayCalendar | null,
): Clocks {
  const startsOn = terms.installedOn ?? soldOn
  return {
    startsOn,
    unitEndsOn: endOfTerm(startsOn, terms.unitMonths, calendar),
    partEndsOn: terms.partMonths === null ? null : endOfTerm(startsOn, terms.partMonths, calendar),
  }
}

/** What the sale says about a line a card is asked for. */
export interface CoverableLine {
  id: number
  kind: string
  name: string
  units: number
  serialTracked: boolean
  returnedUnits: ReadonlySet<number>
  /** Number of the live card of a unit, by unit number. */
  cardNumbers: ReadonlyMap<number, string>
}

export interface AskedUnit {
  saleLineId: number
  unitNo: number
  serialNo: string
  installedOn: BusinessDate | null
}

/** Refuses a unit that cannot have a card: says which one and why. */
export function requireCoverable(
  unit: AskedUnit,
  line: CoverableLine | undefined,
  soldOn: BusinessDate,
): asserts line is CoverableLine {
  if (!line) refuse('cards.line_not_of_sale')
  const { name } = line
  const { unitNo } = unit
  if (line.kind !== 'goods') refuse('cards.not_goods', { name })
  if (unitNo > line.units) refuse('cards.no_such_unit', { name, unitNo, units: line.units })
  if (line.returnedUnits.has(unitNo)) refuse('cards.unit_returned', { name, unitNo })
  const number = line.cardNumbers.get(unitNo)
  if (number !== undefined) refuse('cards.unit_has_card', { name, unitNo, number })
  if (line.serialTracked && unit.serialNo === '') refuse('cards.serial_missing', { name, unitNo })
  if (unit.installedOn !== null && unit.installedOn < soldOn) {
    refuse('cards.installed_before_sale', { name, installedOn: unit.installedOn, soldOn })
  }
}

/** Refuses a unit or a serial number asked for twice on one card. */
export function requireDistinct(units: readonly AskedUnit[]): void {
  const seen = new Set<string>()
  const serials = new Set<string>()
  for (const { saleLineId, unitNo, serialNo } of units) {
    if (seen.size === seen.add(`${saleLineId}:${unitNo}`).size) {
      refuse('cards.unit_twice', { unitNo })
    }
    if (serialNo !== '' && serials.size === serials.add(serialNo).size) {
      refuse('cards.serial_twice', { serialNo })
    }
  }
}

/** A serial number as it is kept: half width, without the blanks of a hasty scan. Case and zeros stay. */
export function plainSerial(serialNo: string): string {
  return toHalfWidth(serialNo).trim()
}

/** What the catalogue knows of one product's warranty. */
export interface ProductTerms {
  unitMonths: number | null
  partMonths: number | null
  mainParts: string
  provider: 'maker' | 'store' | 'vendor' | null
  providerName: string
  providerPhone: string
}

export interface DraftTerms extends Omit<ProductTerms, 'provider'> {
  provider: 'maker' | 'store' | 'vendor'
  scope: string
  costBearer: 'maker' | 'store' | 'vendor'
}

/**
 * Terms to start a card with: the product's own, else those of its category; what nobody knows stays null and is
 * typed. Where nobody is named, the store provides: who sells is responsible (domain.md §1.1, SB-SELLER).
 */
export function draftTerms(
  product: ProductTerms,
  category: WarrantyTerms | undefined,
  papers: {
    /** What a warranty covers where nobody said more. */
    covers: Bilingual
    language: 'zh' | 'en' | 'bilingual'
    store: { name: string; phone: string }
    vendor: string
  },
): DraftTerms {
  const ownTerms = product.unitMonths !== null
  const provider = product.provider ?? 'store'
  const names = { store: papers.store.name, vendor: papers.vendor, maker: '' }
  return {
    unitMonths: ownTerms ? product.unitMonths : (category?.unitMonths ?? null),
    partMonths: ownTerms
      ? product.partMonths
      : (product.partMonths ?? category?.partMonths ?? null),
    mainParts:
      product.mainParts ||
      (ownTerms || !category?.mainParts ? '' : inLanguage(category.mainParts, papers.language)),
    provider,
    providerName: product.providerName || names[provider],
    providerPhone: product.providerPhone || (provider === 'store' ? papers.store.phone : ''),
    scope: ownTerms || category ? inLanguage(papers.covers, papers.language) : '',
    costBearer: provider,
  }
}

function inLanguage(text: Bilingual, language: 'zh' | 'en' | 'bilingual'): string {
  return language === 'bilingual' ? `${text.zh} / ${text.en}` : text[language]
}
