import type { complaintClasses } from '../complaints/contract.ts'
import type { conditions, refundReasons } from '../refunds/contract.ts'

/** A complaint of the demo store's last two weeks. */
export interface ComplaintStory {
  daysAgo: number
  /** `HH:mm` on its day; today, how much of the day so far was over, from 0 to 1. */
  at: string | number
  class: (typeof complaintClasses)[number]
  /** Where it happened. */
  counter: string
  /** What it is about: a sale of such goods is attached where there is one. */
  goods: RegExp | null
  text: string
  contact?: { name: string; phone: string }
  solved?: { solution: string; satisfied: boolean | null }
  /** Days after the complaint, and the time, by which something was promised. */
  promise?: { text: string; days: number; clock: string }
  /** Days after the complaint it was solved, where it was not on the spot. */
  solvedLater?: { days: number; clock: string; solution: string; satisfied: boolean | null }
}

export const complaintStories: readonly ComplaintStory[] = [
  {
    daysAgo: 13,
    at: '10:25',
    class: 'goods',
    counter: '步云里女鞋',
    goods: /短靴/,
    text: '短靴穿了三天鞋跟松动，走路有响声，要求换一双。',
    contact: { name: '周女士', phone: '13700004416' },
    solved: { solution: '现场检查属实，按三包为顾客换了同款新鞋。', satisfied: true },
  },
  {
    daysAgo: 12,
    at: '15:40',
    class: 'service',
    counter: '雅缇美妆',
    goods: /口红/,
    text: '试用口红时导购催促顾客付款，态度不耐烦。',
    solved: { solution: '柜长当面道歉，已对当班导购做服务提醒。', satisfied: true },
  },
  {
    daysAgo: 10,
    at: '11:05',
    class: 'goods',
    counter: '清澜家电',
    goods: /洗衣机/,
    text: '洗衣机送货后脱水时噪音很大，要求上门检测。',
    contact: { name: '刘先生', phone: '15900002207' },
    promise: { text: '厂家售后上门检测并回复结果', days: 2, clock: '17:00' },
    solvedLater: {
      days: 2,
      clock: '15:30',
      solution: '运输螺栓未拆除，售后上门拆除后正常，已向顾客致歉。',
      satisfied: true,
    },
  },
  {
    daysAgo: 9,
    at: '18:20',
    class: 'price',
    counter: '超市百货',
    goods: /洗衣液/,
    text: '货架标价 42.90 元的洗衣液，收银按 45.90 元结算。',
    solved: { solution: '核对为价签未更换，按标价退差 3.00 元并更换价签。', satisfied: true },
  },
  {
    daysAgo: 8,
    at: '13:15',
    class: 'promotion',
    counter: '暖屿女装',
    goods: /羊毛大衣/,
    text: '海报写满300减40，结账时羊毛大衣没有参加活动，认为宣传误导。',
    contact: { name: '孙女士', phone: '13800007730' },
    promise: { text: '与联营商确认大衣是否参加活动，答复顾客', days: 1, clock: '18:00' },
    solvedLater: {
      days: 1,
      clock: '17:10',
      solution: '海报小字注明大衣除外，但字号过小；联营商同意补减 40 元。',
      satisfied: true,
    },
  },
  {
    daysAgo: 6,
    at: '16:50',
    class: 'metering',
    counter: '超市生鲜',
    goods: /五花肉/,
    text: '五花肉回家复称少了 60 克，怀疑秤不准。',
    solved: { solution: '公平秤复核少 58 克，补足差价，通知计量员校秤。', satisfied: true },
  },
  {
    daysAgo: 5,
    at: '12:30',
    class: 'goods',
    counter: '极昼手机',
    goods: /X5 手机|Lite 手机/,
    text: '手机买回没几天自动关机两次，要求换新机。',
    contact: { name: '吴先生', phone: '18600001125' },
    promise: { text: '送厂家检测点出具检测单，属性能故障即换货', days: 3, clock: '17:30' },
  },
  {
    daysAgo: 4,
    at: '10:10',
    class: 'safety',
    counter: '童谣里童装',
    goods: /卫衣/,
    text: '童装卫衣帽绳过长，担心勒颈，建议下架。',
    contact: { name: '黄女士', phone: '13500006643' },
    promise: { text: '核对检测报告和帽绳标准，给顾客书面答复', days: 3, clock: '12:00' },
  },
  {
    daysAgo: 3,
    at: '19:35',
    class: 'contract',
    counter: '清澜家电',
    goods: /冰箱/,
    text: '约定周四送到的冰箱没有送，也没有人联系。',
    contact: { name: '蔡女士', phone: '13900003358' },
    promise: { text: '协调仓库重新约送货时间并当面道歉', days: 5, clock: '18:00' },
  },
  {
    daysAgo: 2,
    at: '14:45',
    class: 'counterfeit',
    counter: '雅缇美妆',
    goods: /眼霜/,
    text: '顾客认为眼霜气味与专卖店不同，怀疑不是正品。',
    contact: { name: '许女士', phone: '15000008894' },
    promise: { text: '请品牌方鉴定批号，三日内答复', days: 4, clock: '17:00' },
  },
  {
    daysAgo: 1,
    at: '17:25',
    class: 'service',
    counter: '超市百货',
    goods: null,
    text: '高峰时只开两台收银机，排队二十多分钟。',
    solved: { solution: '致歉并说明，已请收银主管在 17 点后加开一台。', satisfied: null },
  },
  {
    daysAgo: 0,
    at: 0.55,
    class: 'goods',
    counter: '织禾内衣',
    goods: /保暖内衣/,
    text: '保暖内衣洗一次就起球，要求退货。',
    contact: { name: '马女士', phone: '13600009012' },
    solved: { solution: '属质量问题，凭小票办理退货。', satisfied: true },
  },
  {
    daysAgo: 0,
    at: 0.7,
    class: 'price',
    counter: '驰野运动',
    goods: /缓震跑鞋/,
    text: '跑鞋前几天按原价买的，今天做活动便宜了六十多元，要求补差。',
    solved: { solution: '属价保范围，按活动价补退差价。', satisfied: true },
  },
  {
    daysAgo: 0,
    at: 0.85,
    class: 'goods',
    counter: '澜石厨电',
    goods: /电饭煲/,
    text: '电饭煲煮饭时底部冒烟，顾客很着急，要求退货并说明原因。',
    contact: { name: '邓先生', phone: '18800004471' },
    promise: { text: '厂家工程师到店检测，当面给出处理意见', days: 1, clock: '11:00' },
  },
]

/** A refund of the demo store's last days: a sale of this counter, the next one that can. */
export interface RefundStory {
  daysAgo: number
  at: string | number
  counter: string
  goods: RegExp
  reason: (typeof refundReasons)[number]
  condition: (typeof conditions)[number]
  packagingIntact: boolean
  note: string
  /** Nobody paid it at the till: the list of the POS shows it as unmatched. */
  tillForgot?: boolean
}

export const refundStories: readonly RefundStory[] = [
  {
    daysAgo: 11,
    at: '14:20',
    counter: '步云里女鞋',
    goods: /靴|鞋/,
    reason: 'size',
    condition: 'opened',
    packagingIntact: true,
    note: '小半码，无穿着痕迹。',
  },
  {
    daysAgo: 8,
    at: '11:35',
    counter: '暖屿女装',
    goods: /衫|裙|羽绒/,
    reason: 'preference',
    condition: 'sealed',
    packagingIntact: true,
    note: '',
  },
  {
    daysAgo: 6,
    at: '16:05',
    counter: '澜石厨电',
    goods: /电饭煲|料理机|水壶/,
    reason: 'quality',
    condition: 'faulty',
    packagingIntact: true,
    note: '通电无反应，已当面测试。',
  },
  {
    daysAgo: 4,
    at: '10:50',
    counter: '远岫男装',
    goods: /夹克|衬衫|西裤/,
    reason: 'size',
    condition: 'opened',
    packagingIntact: true,
    note: '',
  },
  {
    daysAgo: 2,
    at: '18:15',
    counter: '驰野运动',
    goods: /鞋/,
    reason: 'damaged',
    condition: 'damaged',
    packagingIntact: false,
    note: '鞋面开线。',
    tillForgot: true,
  },
  {
    daysAgo: 0,
    at: 0.6,
    counter: '织禾内衣',
    goods: /保暖内衣|家居服|文胸|羊毛袜/,
    reason: 'quality',
    condition: 'used',
    packagingIntact: false,
    note: '洗涤一次后起球。',
  },
]
