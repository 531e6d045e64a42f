import type { ReadHandle } from '../database/store.ts'

export interface CustomerRecord {
  id: number
  memberNo: string | null
  name: string
  phone: string
  address: string
  joinedOn: string | null
  points: number | null
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
      'note',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}
