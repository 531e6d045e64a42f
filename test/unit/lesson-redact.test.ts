import { describe, expect, it } from 'vitest'
import { type KnownPersons, redact } from '../../src-main/lessons/redact.ts'

const nobody: KnownPersons = { customers: [], staff: [], numbers: [] }

describe('personal data are taken out of an example', () => {
  it.each([
    ['请打13812345521联系', '请打〔电话〕联系', 'phone'],
    ['电话 138-1234-5521。', '电话 〔电话〕。', 'phone'],
    ['电话１３８１２３４５５２１', '电话〔电话〕', 'phone'],
    ['打028-88886666或400-820-8820', '打〔电话〕或〔电话〕', 'phone'],
    ['身份证51010219900307123X', '身份证〔证件号〕', 'identity'],
    ['发到li.si@example.com', '发到〔邮箱〕', 'mail'],
    ['加微信：wang_888888', '加微信：〔社交账号〕', 'chat'],
    ['车停在川A12345旁', '车停在〔车牌〕旁', 'plate'],
    ['小票号0312000000009001', '小票号〔号码〕', 'number'],
    ['地址：人民南路二段12号3单元501室。', '地址：〔住址〕。', 'address'],
    ['王先生与李小姐来店', '某先生与某小姐来店', 'person'],
    ['欧阳娜娜女士投诉', '某女士投诉', 'person'],
  ])('%s', (text, clean, kind) => {
    expect(redact(text, nobody)).toMatchObject({ text: clean, removed: [kind] })
  })

  it('by what the desk knows of the case, longest first', () => {
    const known = {
      customers: ['周梅', '周梅芳', 'J. Smith'],
      staff: ['赵敏'],
      numbers: ['TS-0312-261121-0001-5'],
    }
    const text = '周梅芳（即周梅，J. SMITH）对赵敏不满，见TS-0312-261121-0001-5'
    expect(redact(text, known)).toMatchObject({
      text: '顾客（即顾客，顾客）对员工不满，见〔号码〕',
      removed: ['number', 'person'],
    })
  })

  it.each([
    '鞋穿了3天开胶，赔了399.00元，2026年11月22日处理',
    '尺码 165/88A，货号 A-1024',
    '等了2小时40分',
    '顾客女士优先，于是店长道歉',
  ])('leaves what points at nobody: %s', (text) => {
    expect(redact(text, nobody)).toEqual({ text, removed: [], found: [] })
  })
})
