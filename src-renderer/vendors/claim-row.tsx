import { useTranslation } from 'react-i18next'

import { BusinessDate } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Tag } from '../ui/tag.tsx'
import { type ClaimLine, toneOfClaim } from './claim.ts'

/** A claim in a list: whose it is, about what, where it stands and until when. */
export function ClaimRow({ claim, named = true }: { claim: ClaimLine; named?: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="row-main">
        <span className="row-title">
          {named ? <>{claim.vendor.name} · </> : null}
          {claim.goods}
        </span>
        <span className="row-note">
          {claim.number} · <BusinessDate date={claim.openedOn} />
        </span>
      </span>
      <span className="row-side">
        <Tag tone={toneOfClaim[claim.state]}>{t(`vendors:state.${claim.state}`)}</Tag>
        <span className="row-note">
          <ReplyBy claim={claim} />
          <Money amount={claim.agreed ?? claim.asked} currency={claim.currency} />
        </span>
      </span>
    </>
  )
}

/** Until when an answer is asked for, as long as it is. */
function ReplyBy({ claim }: { claim: ClaimLine }) {
  const { t } = useTranslation()
  if (claim.due === 'none' || claim.replyBy === null) return null
  return (
    <span className={claim.due === 'later' ? '' : 'tone-risk'}>
      {t('vendors:claim.replyBy')} <BusinessDate date={claim.replyBy} distance="left" />
      {' · '}
    </span>
  )
}
