import { AutoComplete, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'

/** The store as set-up and settings ask for it. */
export interface StoreValues {
  name: string
  storeCode: string
  deskNo: string
  province: string
  city: string
  address: string
  postcode: string
  phone: string
  currency: string
  timeZone: string
  cutoffMinutes: number
}

const CURRENCIES = ['CNY', 'HKD', 'MOP', 'TWD', 'SGD', 'MYR', 'JPY', 'GBP', 'EUR', 'USD'] as const
const CUTOFFS = Array.from({ length: 15 }, (_unused, index) => index * 30)

/** The machine's zone; one that was never told where it stands says UTC. */
function machineZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return !timeZone || timeZone === 'UTC' ? 'Asia/Shanghai' : timeZone
}

/** What most stores answer. */
export function storeDefaults(): StoreValues {
  return {
    name: '',
    storeCode: '',
    deskNo: '0001',
    province: '',
    city: '',
    address: '',
    postcode: '',
    phone: '',
    currency: 'CNY',
    timeZone: machineZone(),
    cutoffMinutes: 240,
  }
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Fields of the store's profile, for inside a Form. */
export function StoreFields() {
  const { t, i18n } = useTranslation()
  const names = new Intl.DisplayNames(i18n.language, { type: 'currency' })
  const zones = Intl.supportedValuesOf('timeZone')
  const provinces: unknown = t('settings:provinces', { returnObjects: true })
  return (
    <>
      <Form.Item
        name="name"
        label={t('settings:store.name')}
        rules={[{ required: true, whitespace: true, message: t('settings:store.nameMissing') }]}
      >
        <Input size="large" maxLength={80} autoComplete="off" />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="province" label={t('settings:store.province')}>
          <AutoComplete
            options={(Array.isArray(provinces) ? provinces : []).map((value: string) => ({
              value,
            }))}
            showSearch={{
              filterOption: (typed, option) =>
                (option?.value ?? '').toLowerCase().includes(typed.toLowerCase()),
            }}
            maxLength={40}
          />
        </Form.Item>
        <Form.Item name="city" label={t('settings:store.city')}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name="address" label={t('settings:store.address')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="postcode" label={t('settings:store.postcode')}>
          <Input maxLength={12} autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label={t('settings:store.phone')}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="currency" label={t('settings:store.currency')}>
          <Select
            showSearch
            options={CURRENCIES.map((value) => ({
              value,
              label: `${value} ${names.of(value) ?? ''}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="timeZone" label={t('settings:store.timeZone')}>
          <Select showSearch options={zones.map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <div className="form-row">
        <Form.Item
          name="cutoffMinutes"
          label={t('settings:store.cutoff')}
          tooltip={t('settings:store.cutoffHint')}
        >
          <Select options={CUTOFFS.map((value) => ({ value, label: clock(value) }))} />
        </Form.Item>
        <Form.Item
          name="deskNo"
          label={t('settings:store.deskNo')}
          tooltip={t('settings:store.deskNoHint')}
          rules={[{ pattern: /^\d{4}$/, message: t('settings:store.deskNoRule') }]}
        >
          <Input maxLength={4} inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="storeCode"
          label={t('settings:store.storeCode')}
          tooltip={t('settings:store.storeCodeHint')}
        >
          <Input maxLength={20} autoComplete="off" />
        </Form.Item>
      </div>
    </>
  )
}
