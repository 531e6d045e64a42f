import { exampleApology, exampleSettlement } from '../../../src-main/papers/office-examples.ts'
import type {
  ApologyLetterFacts,
  SettlementSlipFacts,
} from '../../../src-main/settlements/document.ts'
import { frame } from './example-facts.ts'

export const settlement: SettlementSlipFacts = exampleSettlement(frame)

export const apology: ApologyLetterFacts = exampleApology(frame)
