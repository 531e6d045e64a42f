/**
 * Goods of one exchange that go out on two days: what is here, and what had to be ordered (part 2). Each part has its
 * own handover, so an exchange may have two; a UNIQUE cannot be widened in place, and the rows move to a table that
 * knows parts.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`

const columns = `id, number, exchange_id, case_id, state, business_date, opened_at, opened_by, receiver, receiver_name,
  receiver_phone, given_at, restarts_on, ends_on, card_id, closed_at, closed_on, closed_by, version`

export const exchangeParts = {
  version: 31,
  name: 'exchange-parts',
  sql: `
-- 2: ordered while the rest went out at once.
ALTER TABLE exchange_line ADD COLUMN part INTEGER NOT NULL DEFAULT 1 CHECK (part BETWEEN 1 AND 2);

DROP TRIGGER case_waits_for_handover;
CREATE TABLE handover_next (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  exchange_id INTEGER NOT NULL REFERENCES exchange (id),
  part INTEGER NOT NULL DEFAULT 1 CHECK (part BETWEEN 1 AND 2),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'given', 'signed', 'waived', 'void')),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES operator (id),
  receiver TEXT CHECK (receiver IN ('self', 'family', 'agent')),
  receiver_name TEXT NOT NULL DEFAULT '',
  receiver_phone TEXT NOT NULL DEFAULT '',
  -- The new goods went out: from here on the exchange stands.
  given_at TEXT,
  restarts_on TEXT CHECK (${isDate('restarts_on')}),
  ends_on TEXT CHECK (${isDate('ends_on')}),
  card_id INTEGER REFERENCES card (id),
  closed_at TEXT,
  closed_on TEXT CHECK (${isDate('closed_on')}),
  closed_by INTEGER REFERENCES operator (id),
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  UNIQUE (exchange_id, part),
  CHECK ((state IN ('given', 'signed')) <= (given_at IS NOT NULL)),
  CHECK ((state IN ('signed', 'waived', 'void')) = (closed_at IS NOT NULL))
) STRICT;
INSERT INTO handover_next (${columns}) SELECT ${columns} FROM handover;
DROP TRIGGER handover_no_delete;
DROP TABLE handover;
ALTER TABLE handover_next RENAME TO handover;
CREATE INDEX handover_short_no ON handover (short_no);
CREATE INDEX handover_open ON handover (opened_at) WHERE state IN ('open', 'given');
CREATE INDEX handover_case ON handover (case_id);

CREATE TRIGGER handover_no_delete BEFORE DELETE ON handover
  BEGIN SELECT RAISE(ABORT, 'handovers are voided, never deleted'); END;
CREATE TRIGGER case_waits_for_handover BEFORE UPDATE OF state ON case_file
  WHEN NEW.state = 'closed' AND EXISTS (
    SELECT 1 FROM handover WHERE case_id = NEW.id AND handover.state IN ('open', 'given'))
  BEGIN SELECT RAISE(ABORT, 'the handover of this case is not signed'); END;
CREATE TRIGGER handover_signed_by_both BEFORE UPDATE OF state ON handover
  WHEN NEW.state = 'signed' AND
    (SELECT count(*) FROM handover_signature WHERE handover_id = NEW.id) < 2
  BEGIN SELECT RAISE(ABORT, 'a handover is signed by both'); END;
CREATE TRIGGER handover_waived_in_writing BEFORE UPDATE OF state ON handover
  WHEN NEW.state = 'waived' AND
    NOT EXISTS (SELECT 1 FROM handover_waiver WHERE handover_id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'a handover is waived in writing'); END;
`,
}
