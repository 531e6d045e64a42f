import { CheckOutlined, SwapOutlined } from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Destination } from '../../src-main/goods/contract.ts'
import { desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import type { Action } from '../ui/action-bar.tsx'
import type { GoodsUnit } from '../ui/goods-unit.ts'
import { useCommand } from '../ui/use-command.ts'
import { MoveDialog } from './move-dialog.tsx'
import { VendorDialog } from './vendor-dialog.tsx'

type Asked =
  | { kind: 'redirect' | 'move'; unit: GoodsUnit; to: Destination | null }
  | { kind: 'vendor'; unit: GoodsUnit }

/** Where goods in each place can be sent by decision. */
const decisions: Partial<Record<GoodsUnit['state'], readonly Destination[]>> = {
  at_desk: ['floor', 'quarantine', 'vendor_return', 'repair', 'scrap'],
  in_quarantine: ['floor', 'vendor_return', 'repair', 'scrap'],
  for_vendor: ['floor', 'quarantine', 'scrap'],
  in_repair: ['floor', 'quarantine', 'vendor_return', 'scrap'],
  on_floor: ['quarantine'],
}

/** What can be done with the chosen unit, each by its key, and the form one of them may open. */
export function useMoves(unit: GoodsUnit | undefined): { actions: Action[]; dialog: ReactNode } {
  const { t } = useTranslation()
  const { may } = useSession()
  const [asked, setAsked] = useState<Asked | null>(null)
  const move = useCommand(desk.goods.move)
  const close = () => setAsked(null)
  const actions: Action[] = []
  if (unit && may('goods.move')) {
    const { state, destination } = unit
    if (state === 'at_desk') {
      actions.push({
        keys: 'Ctrl+Enter',
        label: t('goods:act.there', { where: t(`goods:destination.${destination}`) }),
        icon: <CheckOutlined />,
        primary: true,
        busy: move.isPending,
        // Scrap may take somebody's signature, and a failed move is said where it can be read.
        run: () =>
          destination === 'scrap'
            ? setAsked({ kind: 'move', unit, to: 'scrap' })
            : move.mutate(
                { unitId: unit.id, to: destination, version: unit.version },
                { onError: () => setAsked({ kind: 'move', unit, to: destination }) },
              ),
      })
    }
    if (state === 'for_vendor' || state === 'with_vendor') {
      actions.push({
        keys: 'Ctrl+Enter',
        label: t(`goods:act.${state === 'for_vendor' ? 'vendorTook' : 'vendorSentBack'}`),
        icon: <CheckOutlined />,
        primary: true,
        run: () => setAsked({ kind: 'vendor', unit }),
      })
    }
    if (decisions[state]) {
      actions.push({
        keys: 'Alt+D',
        label: t(`goods:act.${state === 'at_desk' ? 'redirect' : 'decide'}`),
        icon: <SwapOutlined />,
        primary: state === 'in_quarantine',
        run: () => setAsked({ kind: state === 'at_desk' ? 'redirect' : 'move', unit, to: null }),
      })
    }
  }
  return { actions, dialog: asked ? dialogOf(asked, close) : null }
}

function dialogOf(asked: Asked, close: () => void): ReactNode {
  const { unit } = asked
  if (asked.kind === 'vendor') return <VendorDialog key={unit.id} unit={unit} close={close} />
  return (
    <MoveDialog
      key={unit.id}
      kind={asked.kind}
      unit={unit}
      to={asked.to}
      choices={decisions[unit.state] ?? []}
      close={close}
    />
  )
}
