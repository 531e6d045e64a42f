/** The top's word on a case at risk; what it covers is named, so that a risk raised later asks anew. */
const decisions = `
CREATE TABLE top_decision (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  text TEXT NOT NULL CHECK (length(text) > 0),
  -- Ids of the risks that stood when it was decided.
  risk_ids TEXT NOT NULL CHECK (json_valid(risk_ids)),
  -- The highest demand that stood, minor units.
  demand_amount INTEGER NOT NULL DEFAULT 0 CHECK (demand_amount >= 0),
  -- How often the complaints of the case had been opened: opened again, it is decided again.
  rounds INTEGER NOT NULL CHECK (rounds >= 0),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  decided_at TEXT NOT NULL,
  decided_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX top_decision_case ON top_decision (case_id, id);
CREATE TRIGGER top_decision_no_update BEFORE UPDATE ON top_decision
  BEGIN SELECT RAISE(ABORT, 'top_decision is append-only'); END;
CREATE TRIGGER top_decision_no_delete BEFORE DELETE ON top_decision
  BEGIN SELECT RAISE(ABORT, 'top_decision is append-only'); END;
CREATE TRIGGER complaint_solved_by_the_top BEFORE UPDATE OF state ON complaint
  WHEN NEW.state = 'solved' AND OLD.state = 'open' AND EXISTS (
    SELECT 1 FROM case_risk WHERE case_risk.case_id = NEW.case_id AND cleared_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM top_decision, json_each(top_decision.risk_ids) AS covered
      WHERE top_decision.case_id = NEW.case_id AND covered.value = case_risk.id))
  BEGIN SELECT RAISE(ABORT, 'a case at risk is settled by the top'); END;
`

/** 证据冻结: while it stands, nothing of the case changes (\`database/hold.ts\` puts the guards on every table). */
const holds = `
CREATE TABLE legal_hold (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  -- Court, authority or claim number.
  reference TEXT NOT NULL CHECK (length(reference) > 0),
  placed_at TEXT NOT NULL,
  placed_by INTEGER NOT NULL REFERENCES operator (id),
  released_at TEXT,
  released_by INTEGER REFERENCES operator (id),
  release_reason TEXT NOT NULL DEFAULT '',
  CHECK ((released_at IS NULL) = (released_by IS NULL)),
  CHECK ((released_at IS NULL) = (release_reason = ''))
) STRICT;
CREATE UNIQUE INDEX legal_hold_one ON legal_hold (case_id) WHERE released_at IS NULL;
CREATE INDEX legal_hold_case ON legal_hold (case_id, id);
CREATE TRIGGER legal_hold_released_once BEFORE UPDATE ON legal_hold
  WHEN OLD.released_at IS NOT NULL
    OR (OLD.id, OLD.case_id, OLD.reason, OLD.reference, OLD.placed_at, OLD.placed_by)
    IS NOT (NEW.id, NEW.case_id, NEW.reason, NEW.reference, NEW.placed_at, NEW.placed_by)
  BEGIN SELECT RAISE(ABORT, 'a hold is released once and never changed'); END;
CREATE TRIGGER legal_hold_no_delete BEFORE DELETE ON legal_hold
  BEGIN SELECT RAISE(ABORT, 'holds are released, never deleted'); END;
`

/** What was handed out of a case as evidence: its parts by hash, and the head of the audit chain it names. */
const packs = `
CREATE TABLE evidence_pack (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  masked INTEGER NOT NULL CHECK (masked IN (0, 1)),
  parts TEXT NOT NULL CHECK (json_valid(parts)),
  parts_hash TEXT NOT NULL CHECK (length(parts_hash) = 64),
  pdf_hash TEXT NOT NULL CHECK (length(pdf_hash) = 64),
  pages INTEGER NOT NULL CHECK (pages > 0),
  audit_entries INTEGER NOT NULL CHECK (audit_entries >= 0),
  audit_head TEXT NOT NULL CHECK (length(audit_head) = 64),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  made_at TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX evidence_pack_case ON evidence_pack (case_id, id);
CREATE INDEX evidence_pack_pdf ON evidence_pack (pdf_hash);
CREATE TRIGGER evidence_pack_no_update BEFORE UPDATE ON evidence_pack
  BEGIN SELECT RAISE(ABORT, 'evidence_pack is append-only'); END;
CREATE TRIGGER evidence_pack_no_delete BEFORE DELETE ON evidence_pack
  BEGIN SELECT RAISE(ABORT, 'evidence_pack is append-only'); END;
`

export const evidence = {
  version: 39,
  name: 'evidence',
  sql: [decisions, holds, packs].join('\n'),
}
