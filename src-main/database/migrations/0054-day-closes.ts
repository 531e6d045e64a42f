const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const isDate = (column: string) => `${column} GLOB '????-??-??'`

/** 日结: a business day of a desk, frozen with everything that was written on it and signed. */
const closes = `
CREATE TABLE day_close (
  id INTEGER PRIMARY KEY,
  desk_no TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  -- 1, and one more each time it is closed again after it was reopened.
  version INTEGER NOT NULL CHECK (version >= 1),
  -- Canonical lines of the ledger, JSON list of texts in their order.
  ledger TEXT NOT NULL CHECK (json_valid(ledger)),
  ledger_hash TEXT NOT NULL CHECK (length(ledger_hash) = 64),
  -- Slips of it that were written after the day before had been closed.
  late INTEGER NOT NULL CHECK (late >= 0),
  -- The figures, counts, checklist, notes and signatures as they were signed.
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  -- The last entry of the audit chain when it was closed.
  audit_seq INTEGER NOT NULL CHECK (audit_seq >= 0),
  audit_hash TEXT NOT NULL CHECK (length(audit_hash) = 64),
  -- Hash of the close before this one, of any day; zeros for the first.
  prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  closed_at TEXT NOT NULL,
  closed_by INTEGER NOT NULL REFERENCES operator (id),
  reopened_at TEXT,
  reopened_by INTEGER REFERENCES operator (id),
  reopen_reason TEXT NOT NULL DEFAULT '',
  UNIQUE (desk_no, business_date, version),
  CHECK ((reopened_at IS NULL) = (reopened_by IS NULL)),
  CHECK ((reopened_at IS NULL) = (reopen_reason = ''))
) STRICT;
CREATE UNIQUE INDEX day_close_once ON day_close (business_date, desk_no) WHERE reopened_at IS NULL;
CREATE TRIGGER day_close_reopened_once BEFORE UPDATE ON day_close
  WHEN OLD.reopened_at IS NOT NULL
    OR (OLD.id, OLD.desk_no, OLD.business_date, OLD.version, OLD.ledger, OLD.ledger_hash, OLD.late, OLD.facts, OLD.audit_seq,
        OLD.audit_hash, OLD.prev_hash, OLD.hash, OLD.closed_at, OLD.closed_by)
    IS NOT (NEW.id, NEW.desk_no, NEW.business_date, NEW.version, NEW.ledger, NEW.ledger_hash, NEW.late, NEW.facts, NEW.audit_seq,
        NEW.audit_hash, NEW.prev_hash, NEW.hash, NEW.closed_at, NEW.closed_by)
  BEGIN SELECT RAISE(ABORT, 'a close is reopened once and never changed'); END;
CREATE TRIGGER day_close_no_delete BEFORE DELETE ON day_close
  BEGIN SELECT RAISE(ABORT, 'closes are reopened, never deleted'); END;
`

/** Who counted what of the goods that came back; counted again, the last count holds. */
const counts = `
CREATE TABLE day_count (
  id INTEGER PRIMARY KEY,
  desk_no TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  destination TEXT NOT NULL CHECK (destination IN ('floor', 'quarantine', 'repair', 'scrap', 'vendor_return')),
  -- What the desk had recorded when it was counted.
  recorded INTEGER NOT NULL CHECK (recorded >= 0),
  counted INTEGER NOT NULL CHECK (counted >= 0),
  note TEXT NOT NULL DEFAULT '',
  counted_at TEXT NOT NULL,
  counted_by INTEGER NOT NULL REFERENCES operator (id),
  CHECK (recorded = counted OR note <> '')
) STRICT;
CREATE INDEX day_count_day ON day_count (business_date, desk_no, id);
CREATE TRIGGER day_count_while_open BEFORE INSERT ON day_count
  WHEN EXISTS (SELECT 1 FROM day_close WHERE day_close.business_date = NEW.business_date AND reopened_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'this business day is closed'); END;
${appendOnly('day_count')}
`

/** How many people sign, when the desk is reminded, and what is printed at closing time. */
const settings = `
CREATE TABLE day_close_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  signers INTEGER NOT NULL CHECK (signers BETWEEN 2 AND 3),
  -- Minutes before the store closes.
  remind_minutes INTEGER NOT NULL CHECK (remind_minutes BETWEEN 0 AND 240),
  -- JSON list of the papers made at closing time.
  papers TEXT NOT NULL CHECK (json_valid(papers)),
  version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
`

/** A day's ledger is read by every date a document has. */
const dates = `
CREATE INDEX refund_voided_on ON refund (voided_on) WHERE voided_on IS NOT NULL;
CREATE INDEX exchange_handed_over_on ON exchange (handed_over_on) WHERE handed_over_on IS NOT NULL;
CREATE INDEX exchange_voided_on ON exchange (voided_on) WHERE voided_on IS NOT NULL;
CREATE INDEX handover_day ON handover (business_date);
CREATE INDEX handover_closed_on ON handover (closed_on) WHERE closed_on IS NOT NULL;
CREATE INDEX repair_hand_back_day ON repair_hand_back (business_date);
CREATE INDEX goods_movement_day ON goods_movement (business_date);
CREATE INDEX goods_unit_day ON goods_unit (business_date);
CREATE INDEX vendor_claim_day ON vendor_claim (business_date);
CREATE INDEX charge_back_day ON charge_back (business_date);
`

export const dayCloses = {
  version: 54,
  name: 'day-closes',
  sql: [closes, counts, settings, dates].join('\n'),
}
