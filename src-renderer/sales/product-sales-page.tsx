import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

import { api } from '../app/client.ts'
import { Page, PageHeader } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { ReceiptList } from '../ui/receipt-list.tsx'

/** Who bought this product, newest first. */
export default function ProductSalesPage() {
  const { t } = useTranslation()
  const productId = Number(useParams()['productId'])
  const pages = useInfiniteQuery(
    api.sales.ofProduct.infiniteOptions({
      input: (before: number | undefined) => ({ productId, before }),
      initialPageParam: undefined,
      getNextPageParam: (last) => (last.more ? last.receipts.at(-1)?.id : undefined),
    }),
  )
  const product = pages.data?.pages[0]?.product
  return (
    <Page title={product?.name ?? t('sales:product')}>
      <RefusalAlert error={pages.error} retry={pages.refetch} />
      {pages.isLoading ? <LoadingState /> : null}
      {product ? (
        <>
          <PageHeader title={product.name} facts={[product.sku, product.barcode]} />
          <ReceiptList
            first
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
