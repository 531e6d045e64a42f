import type { ReadHandle } from '../database/store.ts'

export interface CustomerRecord {
  id: number
  memberNo: string | null
  name: string
  phone: string
  address: string
  joinedOn: string | null
  points: number | null
  /** As the store's club names it; empty for none. */
  tier: string
  note: string
}

export async function findCustomer(r: ReadHandle, id: number): Promise<CustomerRecord | undefined> {
  return r
    .selectFrom('customer')
    .select([
      'id',
      'member_no as memberNo',
      'name',
      'phone',
      'address',
      'joined_on as joinedOn',
      'points',
      'tier',
      'note',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** More would be no tiers but a column mapped by mistake. */
const mostTiers = 50

/** The tiers customers are of, in order. One look into the index for each, however many customers there are. */
export async function listTiers(r: ReadHandle): Promise<string[]> {
  const tiers: string[] = []
  while (tiers.length < mostTiers) {
    const row = await r
      .selectFrom('customer')
      .select('tier')
      .where('tier', '<>', '')
      .where('tier', '>', tiers.at(-1) ?? '')
      .orderBy('tier')
      .limit(1)
      .executeTakeFirst()
    if (!row) break
    tiers.push(row.tier)
  }
  return tiers
}
