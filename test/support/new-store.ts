/** What a new store is asked for before its first day. */
export const NEW_STORE = {
  name: '江城购物中心',
  storeCode: '',
  deskNo: '0001',
  province: '四川',
  city: '成都',
  address: '人民南路一段 1 号',
  postcode: '610000',
  phone: '028-88886666',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  cutoffMinutes: 240,
  language: 'zh-CN',
  manager: { code: '001', name: '李静', pin: '2580' },
} as const
