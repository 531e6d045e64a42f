/**
 * What the demo store sells: counters by floor, each with its vendor and its goods. Every brand and company is made
 * up; prices are 分.
 */

/** What a counter sells one of, in the sizes and colours it comes in. */
export interface Article {
  name: string
  /** 分 per unit of sale. */
  price: number
  unit?: string
  spec?: string
  model?: string
  /** Sizes or colours, each with a code of its own. */
  variants?: readonly string[]
  /** Given away with something else at this counter. */
  gift?: boolean
  /** How often it is bought beside its neighbours; 1 where nothing is said. */
  weight?: number
  warranty?: Warranty
}

export interface Warranty {
  unitMonths: number
  partMonths?: number
  mainParts?: string
  serial?: string
}

export interface Counter {
  floor: string
  name: string
  vendor: string
  brand: string
  category: string
  /** Share of the store's receipts that visit this counter. */
  traffic: number
  clerks: readonly string[]
  /** Phone of the maker's service where goods carry a warranty. */
  servicePhone?: string
  /** True for B1, where the store's own tills take the money and goods are weighed. */
  supermarket?: boolean
  articles: readonly Article[]
}

const shoeSizes = ['35码 黑色', '36码 黑色', '37码 黑色', '37码 裸色', '38码 裸色', '39码 黑色']
const womenSizes = ['S 米白', 'M 米白', 'M 雾蓝', 'L 雾蓝']
const menSizes = ['170/88A', '175/92A', '180/96A', '185/100A']
const childSizes = ['110cm', '120cm', '130cm', '140cm']
const runningSizes = ['39码', '40码', '41码', '42码', '43码']

const phone: Warranty = {
  unitMonths: 12,
  partMonths: 12,
  mainParts: '主机、电池、充电器',
  serial: '86',
}

export const counters: readonly Counter[] = [
  {
    floor: '1F',
    name: '雅缇美妆',
    vendor: '杭州雅缇化妆品有限公司',
    brand: '雅缇',
    category: '化妆品',
    traffic: 9,
    clerks: ['陈晓琳', '吴思雨'],
    articles: [
      { name: '雅缇 玫瑰保湿水', spec: '150ml', price: 26800, unit: '瓶', weight: 3 },
      { name: '雅缇 精华乳液', spec: '100ml', price: 36800, unit: '瓶', weight: 2 },
      { name: '雅缇 紧致眼霜', spec: '15g', price: 42800, unit: '瓶' },
      {
        name: '雅缇 柔雾口红',
        spec: '3.5g',
        price: 19900,
        unit: '支',
        variants: ['豆沙', '正红', '枫叶'],
        weight: 2,
      },
      { name: '雅缇 防晒霜 SPF50', spec: '50ml', price: 22800, unit: '支', weight: 2 },
      { name: '雅缇 水润面膜 5片装', price: 9900, unit: '盒', weight: 3 },
      { name: '雅缇 旅行小样套装', price: 8800, unit: '套', gift: true },
    ],
  },
  {
    floor: '1F',
    name: '岚序护肤',
    vendor: '上海岚序日化有限公司',
    brand: '岚序',
    category: '化妆品',
    traffic: 6,
    clerks: ['许婷'],
    articles: [
      { name: '岚序 氨基酸洁面乳', spec: '120g', price: 12800, unit: '支', weight: 3 },
      { name: '岚序 烟酰胺精华', spec: '30ml', price: 32900, unit: '瓶' },
      { name: '岚序 修护面霜', spec: '50g', price: 45900, unit: '瓶' },
      { name: '岚序 男士控油套装', price: 39900, unit: '套' },
      { name: '岚序 化妆棉', spec: '120片', price: 2900, unit: '包', gift: true },
    ],
  },
  {
    floor: '1F',
    name: '金悦阁珠宝',
    vendor: '深圳金悦阁珠宝有限公司',
    brand: '金悦阁',
    category: '珠宝首饰',
    traffic: 3,
    clerks: ['何丽君', '黄敏'],
    articles: [
      { name: '足金转运珠手链', spec: '1.86g', price: 178600, unit: '件' },
      { name: '18K金锁骨链', spec: '2.10g', price: 236000, unit: '件' },
      { name: '925银耳钉', price: 29900, unit: '对', weight: 3 },
      { name: '和田玉平安扣', price: 128000, unit: '件' },
      { name: '擦银布', price: 1900, unit: '片', gift: true },
    ],
  },
  {
    floor: '1F',
    name: '时澜钟表',
    vendor: '广州时澜钟表有限公司',
    brand: '时澜',
    category: '钟表',
    traffic: 2,
    clerks: ['郑凯'],
    servicePhone: '400-000-3188',
    articles: [
      {
        name: '时澜 自动机械男表',
        model: 'SL-8012',
        price: 268000,
        unit: '只',
        warranty: { unitMonths: 24, mainParts: '机芯', serial: 'SL8' },
      },
      {
        name: '时澜 石英女表',
        model: 'SL-2306',
        price: 89800,
        unit: '只',
        warranty: { unitMonths: 12, mainParts: '机芯', serial: 'SL2' },
      },
      { name: '牛皮表带', spec: '20mm', price: 12800, unit: '条' },
    ],
  },
  {
    floor: '2F',
    name: '步云里女鞋',
    vendor: '温州步云里鞋业有限公司',
    brand: '步云里',
    category: '女鞋',
    traffic: 9,
    clerks: ['林晓燕', '周倩'],
    articles: [
      { name: '步云里 尖头短靴', price: 59900, unit: '双', variants: shoeSizes, weight: 3 },
      { name: '步云里 羊皮单鞋', price: 45900, unit: '双', variants: shoeSizes, weight: 3 },
      {
        name: '步云里 雪地靴',
        price: 39900,
        unit: '双',
        variants: shoeSizes.slice(0, 4),
        weight: 2,
      },
      { name: '步云里 乐福鞋', price: 36900, unit: '双', variants: shoeSizes.slice(1, 5) },
      { name: '鞋护理套装', price: 5900, unit: '套', gift: true },
    ],
  },
  {
    floor: '2F',
    name: '暖屿女装',
    vendor: '宁波暖屿服饰有限公司',
    brand: '暖屿',
    category: '女装',
    traffic: 9,
    clerks: ['赵敏', '孙悦'],
    articles: [
      { name: '暖屿 双面羊毛大衣', price: 159900, unit: '件', variants: womenSizes },
      { name: '暖屿 圆领羊绒衫', price: 69900, unit: '件', variants: womenSizes, weight: 2 },
      { name: '暖屿 白鸭绒羽绒服', price: 109900, unit: '件', variants: womenSizes, weight: 2 },
      {
        name: '暖屿 高腰半身裙',
        price: 32900,
        unit: '条',
        variants: womenSizes.slice(0, 3),
        weight: 2,
      },
      { name: '暖屿 羊毛围巾', price: 19900, unit: '条', gift: true, weight: 2 },
    ],
  },
  {
    floor: '2F',
    name: '织禾内衣',
    vendor: '中山织禾针织有限公司',
    brand: '织禾',
    category: '内衣',
    traffic: 6,
    clerks: ['罗芳'],
    articles: [
      { name: '织禾 无痕文胸', price: 18900, unit: '件', variants: ['75B', '80B', '80C'] },
      {
        name: '织禾 保暖内衣套装',
        price: 25900,
        unit: '套',
        variants: ['M', 'L', 'XL'],
        weight: 2,
      },
      { name: '织禾 羊毛袜', price: 3000, unit: '双', weight: 4 },
      { name: '织禾 家居服', price: 29900, unit: '套', variants: ['M', 'L'] },
    ],
  },
  {
    floor: '3F',
    name: '远岫男装',
    vendor: '泉州远岫服装有限公司',
    brand: '远岫',
    category: '男装',
    traffic: 7,
    clerks: ['杨帆', '胡建国'],
    articles: [
      { name: '远岫 商务夹克', price: 79900, unit: '件', variants: menSizes, weight: 2 },
      { name: '远岫 免烫衬衫', price: 29900, unit: '件', variants: menSizes, weight: 3 },
      { name: '远岫 羊毛西裤', price: 45900, unit: '条', variants: menSizes },
      { name: '远岫 真皮腰带', price: 26900, unit: '条', weight: 2 },
    ],
  },
  {
    floor: '3F',
    name: '童谣里童装',
    vendor: '湖州童谣里服饰有限公司',
    brand: '童谣里',
    category: '童装',
    traffic: 6,
    clerks: ['蔡文静'],
    articles: [
      { name: '童谣里 儿童冲锋衣', price: 35900, unit: '件', variants: childSizes, weight: 2 },
      { name: '童谣里 纯棉卫衣', price: 15900, unit: '件', variants: childSizes, weight: 3 },
      { name: '童谣里 加绒长裤', price: 12900, unit: '条', variants: childSizes, weight: 2 },
      { name: '积木拼图', spec: '120片', price: 8900, unit: '盒' },
    ],
  },
  {
    floor: '3F',
    name: '驰野运动',
    vendor: '晋江驰野体育用品有限公司',
    brand: '驰野',
    category: '运动',
    traffic: 8,
    clerks: ['刘洋', '谢俊'],
    articles: [
      { name: '驰野 缓震跑鞋', price: 49900, unit: '双', variants: runningSizes, weight: 3 },
      { name: '驰野 篮球鞋', price: 59900, unit: '双', variants: runningSizes },
      { name: '驰野 速干T恤', price: 15900, unit: '件', variants: ['M', 'L', 'XL'], weight: 2 },
      { name: '驰野 瑜伽垫', spec: '6mm', price: 9900, unit: '张' },
      { name: '驰野 运动水壶', price: 4900, unit: '个', gift: true },
    ],
  },
  {
    floor: '4F',
    name: '极昼手机',
    vendor: '广东极昼通讯有限公司',
    brand: '极昼',
    category: '手机',
    traffic: 4,
    clerks: ['马超', '邓敏'],
    servicePhone: '400-000-8600',
    articles: [
      {
        name: '极昼 X5 手机 12GB+256GB',
        model: 'JZ-X5',
        price: 329900,
        unit: '台',
        variants: ['曜黑', '晨雾'],
        weight: 2,
        warranty: phone,
      },
      {
        name: '极昼 Lite 手机 8GB+128GB',
        model: 'JZ-L3',
        price: 169900,
        unit: '台',
        variants: ['曜黑', '浅蓝'],
        weight: 2,
        warranty: phone,
      },
      {
        name: '极昼 蓝牙耳机',
        model: 'JZ-E2',
        price: 39900,
        unit: '副',
        warranty: { unitMonths: 12, serial: 'E2' },
        weight: 2,
      },
      { name: '手机钢化膜', price: 3900, unit: '张', weight: 3, gift: true },
      { name: '65W快速充电器', price: 12900, unit: '个', weight: 2 },
    ],
  },
  {
    floor: '4F',
    name: '清澜家电',
    vendor: '合肥清澜电器有限公司',
    brand: '清澜',
    category: '家用电器',
    traffic: 4,
    clerks: ['高志强', '梁勇'],
    servicePhone: '400-000-5566',
    articles: [
      {
        name: '清澜 滚筒洗衣机 10公斤',
        model: 'QL-W10',
        price: 299900,
        unit: '台',
        warranty: { unitMonths: 12, partMonths: 36, mainParts: '电机、电脑板', serial: 'W10' },
      },
      {
        name: '清澜 变频冰箱 480升',
        model: 'QL-R480',
        price: 389900,
        unit: '台',
        warranty: { unitMonths: 12, partMonths: 36, mainParts: '压缩机、温控器', serial: 'R48' },
      },
      {
        name: '清澜 55英寸液晶电视',
        model: 'QL-T55',
        price: 259900,
        unit: '台',
        warranty: { unitMonths: 12, partMonths: 36, mainParts: '显示屏、主板', serial: 'T55' },
      },
      {
        name: '清澜 空气净化器',
        model: 'QL-A3',
        price: 129900,
        unit: '台',
        warranty: { unitMonths: 12, partMonths: 36, mainParts: '电机', serial: 'A3' },
      },
    ],
  },
  {
    floor: '4F',
    name: '澜石厨电',
    vendor: '佛山澜石厨房电器有限公司',
    brand: '澜石',
    category: '厨房电器',
    traffic: 5,
    clerks: ['曾文华'],
    servicePhone: '400-000-7121',
    articles: [
      {
        name: '澜石 电饭煲 4升',
        model: 'LS-F40',
        price: 39900,
        unit: '台',
        weight: 3,
        warranty: { unitMonths: 12, mainParts: '发热盘、温控器', serial: 'F40' },
      },
      {
        name: '澜石 破壁料理机',
        model: 'LS-P9',
        price: 69900,
        unit: '台',
        weight: 2,
        warranty: { unitMonths: 12, mainParts: '电机', serial: 'P9' },
      },
      {
        name: '澜石 电热水壶 1.7升',
        model: 'LS-K17',
        price: 16900,
        unit: '只',
        weight: 2,
        warranty: { unitMonths: 12, mainParts: '温控器', serial: 'K17' },
      },
      { name: '澜石 不粘炒锅 32cm', price: 25900, unit: '口', weight: 2 },
      { name: '硅胶锅铲', price: 2900, unit: '把', gift: true },
    ],
  },
  {
    floor: 'B1',
    name: '超市生鲜',
    vendor: '',
    brand: '',
    category: '生鲜',
    traffic: 13,
    clerks: [''],
    supermarket: true,
    articles: [
      { name: '红富士苹果', price: 1280, unit: '千克', weight: 4 },
      { name: '砂糖橘', price: 990, unit: '千克', weight: 4 },
      { name: '五花肉', price: 3560, unit: '千克', weight: 3 },
      { name: '基围虾', price: 7960, unit: '千克', weight: 2 },
      { name: '上海青', price: 760, unit: '千克', weight: 3 },
      { name: '土鸡蛋 30枚', price: 4280, unit: '盒', weight: 2 },
    ],
  },
  {
    floor: 'B1',
    name: '超市百货',
    vendor: '江城禾丰商贸有限公司',
    brand: '禾丰',
    category: '食品百货',
    traffic: 16,
    clerks: [''],
    supermarket: true,
    articles: [
      { name: '禾丰 五常大米 5kg', price: 6990, unit: '袋', weight: 3 },
      { name: '禾丰 压榨花生油 5L', price: 12990, unit: '桶', weight: 2 },
      { name: '禾丰 纯牛奶 250ml×12', price: 5490, unit: '箱', weight: 4 },
      { name: '禾丰 原味酸奶', spec: '1kg', price: 1690, unit: '瓶', weight: 3 },
      { name: '禾丰 抽纸 3层×10包', price: 2990, unit: '提', weight: 3 },
      { name: '禾丰 洗衣液 3kg', price: 4290, unit: '瓶', weight: 2 },
      { name: '禾丰 坚果礼盒', price: 16800, unit: '盒' },
      { name: '禾丰 龙井茶 250g', price: 23800, unit: '罐' },
      { name: '禾丰 苏打饼干', price: 890, unit: '包', weight: 3 },
    ],
  },
]

/** Sold at every till, and no goods: nothing comes back of them. */
export const bag = { sku: '0099001', name: '购物袋', price: 50, unit: '个' }
export const delivery = { sku: '0099002', name: '送货费', price: 3000, unit: '次' }
