import { Money } from '../ui/money.tsx'

interface SignedMoneyProps {
  /** Positive: the customer pays it; negative: it goes back. */
  amount: number
  currency: string
  struck?: boolean
}

/** The one figure of an exchange, with its sign: colour and words alone would not do. */
export function SignedMoney({ amount, currency, struck = false }: SignedMoneyProps) {
  return (
    <span className="signed-money">
      {amount === 0 ? null : <span className="money-big">{amount > 0 ? '+' : '−'}</span>}
      <Money amount={Math.abs(amount)} currency={currency} size="big" struck={struck} />
    </span>
  )
}
