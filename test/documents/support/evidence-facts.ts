import type { EvidenceFacts } from '../../../src-main/papers/evidence-pages.ts'
import { exampleEvidence } from '../../../src-main/papers/office-examples.ts'
import { frame } from './example-facts.ts'

export const evidencePack: EvidenceFacts = exampleEvidence(frame)
