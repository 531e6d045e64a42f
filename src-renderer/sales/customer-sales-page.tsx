import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { MaskedPhone } from '../ui/masked-phone.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useSubject } from '../ui/use-subject.ts'
import { ReceiptList } from './receipt-list.tsx'

/** What this customer bought, newest first. */
export default function CustomerSalesPage() {
  const { t } = useTranslation()
  const customerId = Number(useParams()['customerId'])
  useSubject({ customerId })
  const pages = useInfiniteQuery(
    api.sales.ofCustomer.infiniteOptions({
      input: (before: number | undefined) => ({ customerId, before }),
      initialPageParam: undefined,
      getNextPageParam: (last) => (last.more ? last.receipts.at(-1)?.id : undefined),
    }),
  )
  const customer = pages.data?.pages[0]?.customer
  return (
    <Page title={customer?.name ?? t('sales:customer')}>
      <RefusalAlert error={pages.error} retry={pages.refetch} />
      {pages.isLoading ? <LoadingState /> : null}
      {customer ? (
        <>
          <PageHeader
            title={customer.name}
            mark={customer.tier ? <Tag>{customer.tier}</Tag> : null}
            facts={[
              customer.memberNo,
              customer.phoneMasked ? (
                <MaskedPhone
                  key="phone"
                  masked={customer.phoneMasked}
                  reveal={(reason) =>
                    desk.customers.revealPhone({ customerId: customer.id, reason })
                  }
                />
              ) : null,
            ]}
          />
          <ReceiptList
            receipts={pages.data?.pages.flatMap((page) => page.receipts) ?? []}
            more={pages.hasNextPage}
            loadMore={() => void pages.fetchNextPage()}
            loading={pages.isFetchingNextPage}
          />
        </>
      ) : null}
    </Page>
  )
}
