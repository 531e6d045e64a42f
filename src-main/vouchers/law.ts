import lawData from '../../resources/vouchers/law.json' with { type: 'json' }
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { phoneDigits } from '../foundation/phone.ts'
import type { Call } from '../handlers.ts'
import { placeOfStore } from '../policy/places.ts'
import {
  brokenCap,
  type ExpirySettings,
  type GiveBack,
  type Issuer,
  lawsOf,
  type VoucherLaw,
} from './rules.ts'
import { findVoucherSettings, type Holder, sumHeldBy } from './store.ts'

/** The store's rules for vouchers; the usual ones until somebody changes them. */
export interface VoucherSettings extends ExpirySettings {
  issuer: Issuer
  giveBack: GiveBack
  /** The largest rest the store pays out to whoever asks; null for none. */
  cashOutUpTo: number | null
  version: number
}

/** Vouchers never end, unless the store says so and law lets it. */
const usualSettings: VoucherSettings = {
  issuer: 'legal_person',
  expiryMonths: null,
  giftExpiryMonths: null,
  giveBack: 'credit',
  cashOutUpTo: null,
  version: 1,
}

export async function readVoucherSettings(r: ReadHandle): Promise<VoucherSettings> {
  const row = await findVoucherSettings(r)
  if (!row) return usualSettings
  return {
    issuer: row.issuer,
    expiryMonths: row.expiry_months,
    giftExpiryMonths: row.gift_expiry_months,
    giveBack: row.give_back,
    cashOutUpTo: row.cash_out_up_to,
    version: row.version,
  }
}

/** What law says of vouchers where the store is. */
export function lawsHere(call: Call): VoucherLaw[] {
  return lawsOf(lawData as VoucherLaw[], placeOfStore(call.profile))
}

/** The law's name in the language of the desk. */
export function nameOfLaw(call: Call, { law }: Pick<VoucherLaw, 'law'>): string {
  return call.profile.language === 'en' ? law.en : law.zh
}

/**
 * Refuses more on one voucher, or with one consumer, than law allows where the store is: the refusal names the rule
 * (`vouchers.over_cap`, `vouchers.over_cap_bearer` where a named one could hold it, `vouchers.over_cap_consumer`).
 */
export async function requireWithinCaps(
  r: ReadHandle,
  call: Call,
  voucher: { amount: number; currency: string; holder: Holder | null },
): Promise<void> {
  const laws = lawsHere(call)
  if (laws.length === 0 || voucher.currency !== call.profile.currency) return
  const { issuer } = await readVoucherSettings(r)
  const { amount, currency, holder } = voucher
  const heldByHolder = holder ? await sumHeldBy(r, phoneDigits(holder.phone), currency) : 0
  const question = { issuer, amount, heldByHolder, isNamed: holder !== null }
  const broken = brokenCap(laws, question)
  if (!broken) return
  const say = (minor: number) => formatMoney(minor, currency, call.profile.language)
  const params = {
    cap: say(broken.cap.amount),
    law: nameOfLaw(call, broken.law),
    amount: say(amount),
  }
  if (broken.cap.per === 'consumer') {
    refuse('vouchers.over_cap_consumer', { ...params, held: say(heldByHolder) })
  }
  const couldBeNamed = holder === null && brokenCap(laws, { ...question, isNamed: true }) === null
  refuse(couldBeNamed ? 'vouchers.over_cap_bearer' : 'vouchers.over_cap', params)
}
