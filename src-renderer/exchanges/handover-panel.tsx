import { Alert, App } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { HandoverLine } from './handover-line.tsx'
import { HandoverPhotos } from './handover-photos.tsx'
import { type Handover, isOpen, nextStep } from './handover.ts'
import type { Step } from './handover.ts'
import { MissingList } from './missing-list.tsx'
import { SignaturesOnRecord, SignPanel } from './sign-panel.tsx'
import {
  GoodsBackPanel,
  NewCheckedPanel,
  PapersBackPanel,
  PapersGivenPanel,
} from './step-panels.tsx'
import type { HandoverControl } from './use-handover.ts'

interface HandoverPanelProps {
  /** The step whose panel is open. */
  current: Step | null
  onStep: (step: Step | null) => void
  handover: Handover
  control: HandoverControl
  onPrint: (papers: readonly ('form' | { cardId: number })[]) => void
}

/** 换货交接 ①–⑤: one line; each key ticks a step, or opens what it needs and nothing else. */
export function HandoverPanel(props: HandoverPanelProps) {
  const { handover, control, current, onStep: setCurrent, onPrint } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const open = isOpen(handover)
  useHotkeys([
    {
      keys: 'Esc',
      label: t('exchanges:handover.close'),
      when: current !== null,
      run: () => setCurrent(null),
    },
  ])
  const press = (step: Step) => {
    const state = handover.steps.find((each) => each.step === step)
    if (!open || current === step) return setCurrent(null)
    if (step === 'signed' && handover.givenAt === null) {
      void message.info({ key: 'handover', content: t('exchanges:handover.giveFirst') })
      return undefined
    }
    const canTick = state?.simple && !state.done && (step !== 'papers_given' || isReady(handover))
    if (!canTick) return setCurrent(step)
    setCurrent(null)
    void control.tick(step).then((taken) => printCard(taken?.cardId ?? null))
    return undefined
  }
  /** The new card comes out in the step that issues it. */
  const printCard = (cardId: number | null) => {
    if (cardId !== null) onPrint([{ cardId }])
  }
  const onSaved = () => setCurrent(null)
  const panel = { handover, control, onSaved, key: `${current}-${handover.version}` }
  return (
    <Panel className="handover">
      <h2>
        {t('exchanges:handover.title')} <span className="slip-no">{handover.number}</span>
      </h2>
      <HandoverLine handover={handover} current={current} onStep={press} />
      <RefusalAlert error={control.error} />
      {open && current ? (
        <div className="handover-form">
          {current === 'goods_back' ? <GoodsBackPanel {...panel} key={panel.key} /> : null}
          {current === 'papers_back' ? <PapersBackPanel {...panel} key={panel.key} /> : null}
          {current === 'new_checked' ? <NewCheckedPanel {...panel} key={panel.key} /> : null}
          {current === 'papers_given' ? (
            <PapersGivenPanel {...panel} key={panel.key} onGiven={printCard} />
          ) : null}
          {current === 'signed' ? (
            <SignPanel
              {...panel}
              key={panel.key}
              onSigned={(drawn) => (drawn ? onPrint(['form']) : undefined)}
            />
          ) : null}
        </div>
      ) : null}
      {open && current === null && nextStep(handover) ? <MissingList handover={handover} /> : null}
      {open ? null : <Closed handover={handover} />}
    </Panel>
  )
}

/** Everything before the new goods is settled. */
function isReady(handover: Handover): boolean {
  return handover.steps.slice(0, 3).every((each) => each.done) && handover.waitsFor === null
}

/** A closed form: who signed, the waiver and what it was given for, the new card and its term. */
function Closed({ handover }: { handover: Handover }) {
  const { t } = useTranslation()
  const { waiver, card, restartsOn, endsOn, receiver } = handover
  return (
    <>
      {waiver ? (
        <Alert
          className="exchange-notice"
          type="warning"
          showIcon
          title={
            <>
              {t('exchanges:waiver.given', {
                names:
                  handover.approvedBy.map((each) => each.approverName).join('、') || waiver.askedBy,
              })}{' '}
              <Moment at={waiver.at} />
            </>
          }
          description={
            <>
              {t('exchanges:waiver.exposure')}{' '}
              <Money amount={waiver.amount} currency={handover.currency} /> · {waiver.reason}
            </>
          }
        />
      ) : null}
      <SignaturesOnRecord handover={handover} />
      <p className="row-note">
        {receiver.who ? t(`exchanges:receiver.${receiver.who}`) : null} {receiver.name}{' '}
        {receiver.phoneMasked}
      </p>
      {card ? (
        <p>
          {t('exchanges:handover.newCard')} <Link to={paths.card(card.id)}>{card.number}</Link>
        </p>
      ) : null}
      {restartsOn ? (
        <p>
          {t('exchanges:handover.term')} <BusinessDate date={restartsOn} />
          {endsOn ? (
            <>
              {' – '}
              <BusinessDate date={endsOn} distance="left" />
            </>
          ) : null}
        </p>
      ) : null}
      <HandoverPhotos handover={handover} />
    </>
  )
}
