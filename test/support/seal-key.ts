import { createPrivateKey } from 'node:crypto'
import type { CodeFacts, CodeUnit } from '../../src-main/foundation/card-code.ts'
import { formatDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { readSigningKey, type SigningKey } from '../../src-main/seals/keys.ts'

/** A key that is the same in every run: its 32 secret bytes are all `seed`. */
export function fixedKey(seed: number): SigningKey {
  const der = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.alloc(32, seed),
  ])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return readSigningKey(key.export({ format: 'pem', type: 'pkcs8' }).toString())
}

export const codeUnit: CodeUnit = {
  name: '清澜 BCD-510WGHTD14S8U1 对开门风冷无霜冰箱 510 升',
  brand: '',
  model: 'BCD-510WGHTD14S8U1',
  serialNo: 'BA0AC8E0K00QCR3F0042',
  paid: 429_900,
  unitEndsOn: '2027-11-21',
  partEndsOn: '2029-11-21',
  mainParts: '压缩机、温控器',
}

export const codeFacts: CodeFacts = {
  number: formatDocumentNumber({
    type: 'XY',
    desk: '0001',
    businessDate: '2026-11-21',
    serial: 57,
  }),
  issue: 1,
  store: '鹤翔百货中山店',
  saleDate: '2026-11-21',
  receiptNo: '03-20261121-0184',
  currency: 'CNY',
  unitCount: 1,
  units: [codeUnit],
}
