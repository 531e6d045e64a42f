import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'

import type { desk } from '../app/client.ts'
import { Tag } from '../ui/tag.tsx'

type Outputs = InferClientOutputs<typeof desk>['vouchers']
export type Voucher = Outputs['open']
export type VoucherRow = Outputs['list']['vouchers'][number]

/** Where a voucher stands, as a word: only a live one is good. */
export function VoucherState({ voucher }: { voucher: Pick<VoucherRow, 'state' | 'expired'> }) {
  const { t } = useTranslation()
  if (voucher.expired) return <Tag tone="soon">{t('vouchers:state.expired')}</Tag>
  const label = t(`vouchers:state.${voucher.state}`)
  switch (voucher.state) {
    case 'active':
      return <Tag tone="good">{label}</Tag>
    case 'spent':
      return <Tag>{label}</Tag>
    case 'void':
    case 'lost':
      return <Tag tone="risk">{label}</Tag>
  }
}
