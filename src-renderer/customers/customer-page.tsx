import {
  CrownOutlined,
  EditOutlined,
  FormOutlined,
  LockOutlined,
  MergeCellsOutlined,
  PhoneOutlined,
  SolutionOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MaskedPhone } from '../ui/masked-phone.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { PaperPreview } from '../ui/paper-preview.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useSubject } from '../ui/use-subject.ts'
import {
  ContactDialog,
  DetailDialog,
  GradeDialog,
  NoteDialog,
  ReferralDialog,
} from './card-dialogs.tsx'
import type { Customer } from './customer.ts'
import { Overview } from './overview.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { Purchases } from './purchases.tsx'
import { Services } from './services.tsx'
import './customers.css'

/** 顾客资料卡: one person, whichever of their rows was opened. */
export default function CustomerPage() {
  const { t } = useTranslation()
  const customerId = Number(useParams()['customerId'])
  const card = useQuery(api.customers.open.queryOptions({ input: { customerId } }))
  if (card.data?.erasedAt) return <Erased />
  if (card.data) return <CustomerView key={card.data.id} customer={card.data} />
  return (
    <Page title={t('customers:card')}>
      <PageHeader title={t('customers:card')} />
      {card.error ? <RefusalAlert error={card.error} /> : <LoadingState />}
    </Page>
  )
}

function Erased() {
  const { t } = useTranslation()
  return (
    <Page title={t('customers:card')} back={paths.customers()}>
      <PageHeader title={t('customers:erased.title')} />
      <Alert type="info" showIcon title={t('customers:erased.hint')} />
    </Page>
  )
}

const tabs = ['overview', 'purchases', 'services', 'paper'] as const
type Tab = (typeof tabs)[number]
type Dialog = 'edit' | 'note' | 'contact' | 'grade' | 'referral' | 'detail'

function CustomerView({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  useSubject({ customerId: customer.id })
  const name = customer.name || customer.memberNo || t('customers:unnamed')
  const actions = useActions(customer, setDialog)
  const close = () => setDialog(null)
  return (
    <Page
      title={`${t('customers:card')} ${name}`}
      back={paths.customers()}
      footer={actions.length > 0 ? <ActionBar actions={actions} /> : undefined}
    >
      <CustomerHeader customer={customer} name={name} />
      <Tabs customer={customer} />
      {dialog === 'edit' ? (
        <PersonDialog customer={customer} onDone={close} onCancel={close} />
      ) : null}
      {dialog === 'note' ? <NoteDialog {...{ customer, close }} /> : null}
      {dialog === 'contact' ? <ContactDialog {...{ customer, close }} /> : null}
      {dialog === 'grade' ? <GradeDialog {...{ customer, close }} /> : null}
      {dialog === 'referral' ? <ReferralDialog {...{ customer, close }} /> : null}
      {dialog === 'detail' ? <DetailDialog {...{ customer, close }} /> : null}
    </Page>
  )
}

function useActions(customer: Customer, open: (dialog: Dialog) => void): Action[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const actions: Action[] = []
  if (may('customers.edit')) {
    actions.push(
      {
        keys: 'Alt+B',
        label: t('customers:notes.add'),
        icon: <FormOutlined />,
        primary: true,
        run: () => open('note'),
      },
      {
        keys: 'Alt+E',
        label: t('customers:edit.open'),
        icon: <EditOutlined />,
        run: () => open('edit'),
      },
      {
        keys: 'Alt+C',
        label: t('customers:contact.add'),
        icon: <PhoneOutlined />,
        run: () => open('contact'),
      },
      {
        keys: 'Alt+R',
        label: t('customers:referral.set'),
        icon: <TeamOutlined />,
        run: () => open('referral'),
      },
    )
    if (customer.asks.length > 0) {
      actions.push({
        keys: 'Alt+P',
        label: t('customers:detail.set'),
        icon: <LockOutlined />,
        run: () => open('detail'),
      })
    }
  }
  if (may('customers.manage')) {
    actions.push(
      {
        keys: 'Alt+G',
        label: t('customers:grade.set'),
        icon: <CrownOutlined />,
        run: () => open('grade'),
      },
      {
        keys: 'Alt+D',
        label: t('customers:merge.open'),
        icon: <MergeCellsOutlined />,
        run: () => void navigate(paths.mergeCustomer(customer.id)),
      },
      {
        keys: 'Alt+X',
        label: t('customers:data.open'),
        icon: <SolutionOutlined />,
        run: () => void navigate(paths.customerData(customer.id)),
      },
    )
  }
  return actions
}

function CustomerHeader({ customer, name }: { customer: Customer; name: string }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const never = customer.contactRules.filter(({ rule, holds }) => rule === 'never' && holds)
  const reveal = (reason: string) => desk.customers.revealPhone({ customerId: customer.id, reason })
  return (
    <PageHeader
      title={name}
      mark={
        <>
          {customer.tier ? <Tag tone="teal">{customer.tier}</Tag> : null}{' '}
          {never.map(({ channel }) => (
            <Tag key={channel} tone="risk">
              {t('customers:contact.mark', { channel: t(`customers:contact.${channel}`) })}
            </Tag>
          ))}
        </>
      }
      facts={[
        customer.memberNos.join('、'),
        customer.phoneMasked ? (
          <MaskedPhone
            key="phone"
            masked={customer.phoneMasked}
            {...(may('customers.reveal') && { reveal })}
          />
        ) : null,
        customer.joinedOn ? (
          <span key="joined">
            {t('customers:field.joinedOn')} <BusinessDate date={customer.joinedOn} />
          </span>
        ) : null,
        customer.points === null ? null : t('customers:points', { count: customer.points }),
        customer.askedId === customer.id ? null : (
          <strong key="asked">{t('customers:merge.stands')}</strong>
        ),
      ]}
    />
  )
}

function Tabs({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const current = tabs.find((each) => each === query.get('tab')) ?? 'overview'
  const show = (tab: Tab) => setQuery(tab === 'overview' ? {} : { tab }, { replace: true })
  useHotkeys(
    tabs.map((tab, index) => ({
      keys: String(index + 1),
      label: t(`customers:tabs.${tab}`),
      run: () => show(tab),
    })),
  )
  return (
    <>
      <nav className="customer-tabs" aria-label={t('customers:tabs.title')}>
        {tabs.map((tab, index) => (
          <button
            key={tab}
            type="button"
            className="customer-tab"
            aria-current={tab === current ? 'page' : undefined}
            onClick={() => show(tab)}
          >
            {t(`customers:tabs.${tab}`)} <KeyCap keys={String(index + 1)} />
          </button>
        ))}
      </nav>
      {current === 'overview' ? <Overview customer={customer} /> : null}
      {current === 'purchases' ? <Purchases customerId={customer.id} /> : null}
      {current === 'services' ? <Services customerId={customer.id} /> : null}
      {current === 'paper' ? (
        <div className="customer-paper">
          <PaperPreview
            paper={{ document: 'customer_card', customerId: customer.id, format: 'A6' }}
            label={t('customers:card')}
            revision={customer.version}
          />
        </div>
      ) : null}
    </>
  )
}
