import { useInfiniteQuery } from '@tanstack/react-query'

import { api } from '../app/client.ts'
import { ReceiptList } from '../ui/receipt-list.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'

/** What they bought under every row of theirs, newest first. */
export function Purchases({ customerId }: { customerId: number }) {
  const pages = useInfiniteQuery(
    api.sales.ofCustomer.infiniteOptions({
      input: (before: number | undefined) => ({ customerId, before }),
      initialPageParam: undefined,
      getNextPageParam: (last) => (last.more ? last.receipts.at(-1)?.id : undefined),
    }),
  )
  return (
    <>
      <RefusalAlert error={pages.error} retry={pages.refetch} />
      {pages.isLoading ? <LoadingState /> : null}
      {pages.data ? (
        <ReceiptList
          receipts={pages.data.pages.flatMap((page) => page.receipts)}
          more={pages.hasNextPage}
          loadMore={() => void pages.fetchNextPage()}
          loading={pages.isFetchingNextPage}
        />
      ) : null}
    </>
  )
}
