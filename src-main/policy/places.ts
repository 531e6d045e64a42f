/**
 * Where a store stands, as rules name it: ISO 3166 countries and, for China, the provinces by their GB/T 2260 numbers
 * (`CN-33` is 浙江).
 */
export interface Place {
  country: string
  region: string | null
}

const provinces: readonly (readonly [code: string, zh: string, en: string])[] = [
  ['CN-11', '北京', 'Beijing'],
  ['CN-12', '天津', 'Tianjin'],
  ['CN-13', '河北', 'Hebei'],
  ['CN-14', '山西', 'Shanxi'],
  ['CN-15', '内蒙古', 'Inner Mongolia'],
  ['CN-21', '辽宁', 'Liaoning'],
  ['CN-22', '吉林', 'Jilin'],
  ['CN-23', '黑龙江', 'Heilongjiang'],
  ['CN-31', '上海', 'Shanghai'],
  ['CN-32', '江苏', 'Jiangsu'],
  ['CN-33', '浙江', 'Zhejiang'],
  ['CN-34', '安徽', 'Anhui'],
  ['CN-35', '福建', 'Fujian'],
  ['CN-36', '江西', 'Jiangxi'],
  ['CN-37', '山东', 'Shandong'],
  ['CN-41', '河南', 'Henan'],
  ['CN-42', '湖北', 'Hubei'],
  ['CN-43', '湖南', 'Hunan'],
  ['CN-44', '广东', 'Guangdong'],
  ['CN-45', '广西', 'Guangxi'],
  ['CN-46', '海南', 'Hainan'],
  ['CN-50', '重庆', 'Chongqing'],
  ['CN-51', '四川', 'Sichuan'],
  ['CN-52', '贵州', 'Guizhou'],
  ['CN-53', '云南', 'Yunnan'],
  ['CN-54', '西藏', 'Tibet'],
  ['CN-61', '陕西', 'Shaanxi'],
  ['CN-62', '甘肃', 'Gansu'],
  ['CN-63', '青海', 'Qinghai'],
  ['CN-64', '宁夏', 'Ningxia'],
  ['CN-65', '新疆', 'Xinjiang'],
]

const countryOfCurrency: Readonly<Record<string, string>> = {
  CNY: 'CN',
  GBP: 'GB',
  EUR: 'EU',
  USD: 'US',
}

/** The province of a name as stores write it: `浙江`, `浙江省`, `Zhejiang Province`. Null for none of China's. */
export function regionOfProvince(province: string): string | null {
  const name = province.trim().toLowerCase()
  if (name === '') return null
  const found = provinces.find(
    ([, zh, en]) => name.startsWith(zh) || name.startsWith(en.toLowerCase()),
  )
  return found?.[0] ?? null
}

/** China's provinces with both names, in the order of their codes. */
export const regions: readonly { code: string; name: { zh: string; en: string } }[] = provinces.map(
  ([code, zh, en]) => ({ code, name: { zh, en } }),
)

/** Country and region a store's profile implies: by its province, else by its currency. */
export function placeOfStore(store: { province: string; currency: string }): Place {
  const region = regionOfProvince(store.province)
  if (region !== null) return { country: 'CN', region }
  return { country: countryOfCurrency[store.currency] ?? 'CN', region: null }
}
