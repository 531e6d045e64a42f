import type { BriefingFacts } from '../../../src-main/lessons/document.ts'
import { frame } from './example-facts.ts'

export const briefing: BriefingFacts = {
  frame,
  businessDate: '2026-11-21',
  lessons: [
    {
      title: '短靴三天开胶，当场换新',
      class: 'goods',
      goods: '女式短靴 黑 37',
      story: '某女士反映短靴穿了三天鞋底开胶，要求换一双。导购一开始请顾客找厂家，顾客到总服务台。',
      handling: '总服务台检查属实，按三包换了同款新鞋，并为导购的说法道歉。',
      takeaway: '七天内有质量问题，退、换、修由顾客选，不许往厂家推。',
    },
    {
      title: '价签没换，多收三元',
      class: 'price',
      goods: '',
      story: '货架标价 42.90 元的洗衣液，收银按 45.90 元结算。',
      handling: '核对为价签未更换，按标价退差并更换价签。',
      takeaway: '改价当天开门前，柜长逐个核对价签。',
    },
    {
      title: '冰箱夜里响',
      class: 'goods',
      goods: '冷藏冷冻箱 BCD-456',
      story: '顾客反映冰箱夜里噪音大，要求退货。',
      handling: '上门调平底脚后正常，三天后回访满意。',
      takeaway: '送货安装时当面调平，请顾客听一遍。',
    },
  ],
}

/** Texts as long as the form takes them. */
export const longBriefing: BriefingFacts = {
  ...briefing,
  lessons: briefing.lessons.map((lesson) => ({
    ...lesson,
    title: lesson.title.repeat(5).slice(0, 60),
    goods: lesson.goods.repeat(6),
    story: lesson.story.repeat(60).slice(0, 4_000),
    handling: lesson.handling.repeat(60).slice(0, 2_000),
    takeaway: lesson.takeaway.repeat(20).slice(0, 600),
  })),
}
