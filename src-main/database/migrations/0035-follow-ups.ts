/**
 * 回访: customers who are called after their matter is settled, and the sample of closed cases that a supervisor reads
 * again. A follow-up keeps the plan as it was when it was made; each try to reach somebody stays as it was written.
 */
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const noDelete = (table: string) => `
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} rows are never deleted'); END;`

const isDate = (column: string) => `${column} GLOB '????-??-??'`
const channels = "('phone', 'message', 'letter', 'visit')"

const followUps = `
CREATE TABLE followup_plan (
  id INTEGER PRIMARY KEY,
  plan_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  body TEXT NOT NULL,
  in_use INTEGER NOT NULL CHECK (in_use IN (0, 1)),
  note TEXT NOT NULL DEFAULT '',
  written_at TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (plan_id, version)
) STRICT;
${appendOnly('followup_plan')}

CREATE TABLE followup (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  complaint_id INTEGER REFERENCES complaint (id),
  customer_id INTEGER REFERENCES customer (id),
  -- The plan as it was then; version 0 is the one that comes with the program.
  plan_id TEXT NOT NULL,
  plan_version INTEGER NOT NULL CHECK (plan_version >= 0),
  plan TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('after_reply', 'installed', 'thanks', 'win_back', 'maintenance', 'upgrade', 'contact')),
  channel TEXT NOT NULL CHECK (channel IN ${channels}),
  step INTEGER NOT NULL CHECK (step >= 1),
  steps INTEGER NOT NULL CHECK (steps >= step),
  reason TEXT NOT NULL DEFAULT '',
  owner_id INTEGER NOT NULL REFERENCES operator (id),
  floor TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES operator (id),
  from_at TEXT NOT NULL,
  late_after TEXT NOT NULL CHECK (${isDate('late_after')}),
  -- When to try next.
  next_at TEXT NOT NULL,
  next_on TEXT NOT NULL CHECK (${isDate('next_on')}),
  tries INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'reached', 'unreached', 'called_off')),
  result TEXT CHECK (result IN ('content', 'not_content', 'no_answer', 'wrong_number', 'not_to_be_called', 'reopened', 'erased', 'merged', 'called_off')),
  ended_at TEXT,
  ended_on TEXT CHECK (${isDate('ended_on')}),
  ended_by INTEGER REFERENCES operator (id),
  end_note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'waiting') = (result IS NULL)),
  CHECK ((state = 'waiting') = (ended_at IS NULL) AND (ended_at IS NULL) = (ended_on IS NULL))
) STRICT;
CREATE INDEX followup_waiting ON followup (next_at, id) WHERE state = 'waiting';
CREATE INDEX followup_waiting_owner ON followup (owner_id, next_at, id) WHERE state = 'waiting';
CREATE INDEX followup_waiting_floor ON followup (floor, next_at, id) WHERE state = 'waiting';
CREATE INDEX followup_late ON followup (late_after) WHERE state = 'waiting';
CREATE INDEX followup_ended ON followup (ended_at, id) WHERE state <> 'waiting';
CREATE INDEX followup_case ON followup (case_id);
CREATE INDEX followup_customer ON followup (customer_id) WHERE customer_id IS NOT NULL;
CREATE TRIGGER followup_ends_once BEFORE UPDATE ON followup WHEN OLD.state <> 'waiting'
  BEGIN SELECT RAISE(ABORT, 'followup is over'); END;
${noDelete('followup')}

CREATE TABLE followup_try (
  id INTEGER PRIMARY KEY,
  followup_id INTEGER NOT NULL REFERENCES followup (id),
  no INTEGER NOT NULL CHECK (no >= 1),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  by_id INTEGER NOT NULL REFERENCES operator (id),
  channel TEXT NOT NULL CHECK (channel IN ${channels}),
  outcome TEXT NOT NULL CHECK (outcome IN ('content', 'not_content', 'no_answer', 'wrong_number', 'not_to_be_called', 'postponed')),
  answer TEXT CHECK (answer IN ('given', 'not_asked', 'would_not_say')),
  points INTEGER CHECK (points IS NULL OR (points BETWEEN 1 AND 5 AND answer = 'given')),
  reason TEXT,
  note TEXT NOT NULL DEFAULT '',
  learnt_about TEXT CHECK (learnt_about IN ('preference', 'size', 'need', 'goods', 'service', 'price')),
  learnt TEXT NOT NULL DEFAULT '',
  next_at TEXT,
  UNIQUE (followup_id, no)
) STRICT;
CREATE INDEX followup_try_day ON followup_try (business_date);
CREATE INDEX followup_try_learnt ON followup_try (id) WHERE learnt <> '';
${appendOnly('followup_try')}

-- Who asked not to be contacted; known by the print of their number alone.
CREATE TABLE contact_ban (
  id INTEGER PRIMARY KEY,
  phone_hash TEXT NOT NULL CHECK (length(phone_hash) = 64),
  channel TEXT NOT NULL CHECK (channel IN ('any', 'phone', 'message', 'letter', 'visit')),
  reason TEXT NOT NULL,
  set_at TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES operator (id),
  lifted_at TEXT,
  lifted_by INTEGER REFERENCES operator (id),
  lift_reason TEXT,
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lift_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX contact_ban_live ON contact_ban (phone_hash, channel) WHERE lifted_at IS NULL;
CREATE TRIGGER contact_ban_ends_once BEFORE UPDATE ON contact_ban WHEN OLD.lifted_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'contact_ban is over'); END;
${noDelete('contact_ban')}

CREATE TABLE followup_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- Minutes after midnight between which customers are called.
  call_from INTEGER NOT NULL CHECK (call_from BETWEEN 0 AND 1439),
  call_until INTEGER NOT NULL CHECK (call_until > call_from AND call_until <= 1440),
  on_holidays INTEGER NOT NULL CHECK (on_holidays IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO followup_settings (id, call_from, call_until, on_holidays) VALUES (1, 570, 1200, 0);
`

const reviews = `
CREATE TABLE review_draw (
  id INTEGER PRIMARY KEY,
  from_on TEXT NOT NULL CHECK (${isDate('from_on')}),
  until_on TEXT NOT NULL CHECK (${isDate('until_on')} AND until_on >= from_on),
  seed TEXT NOT NULL,
  -- The rule as it was: share of each stratum in per cent.
  rule TEXT NOT NULL,
  closed INTEGER NOT NULL CHECK (closed >= 0),
  drawn_at TEXT NOT NULL,
  drawn_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE UNIQUE INDEX review_draw_from ON review_draw (from_on);
CREATE TRIGGER review_draw_once BEFORE INSERT ON review_draw
  WHEN EXISTS (SELECT 1 FROM review_draw WHERE from_on <= NEW.until_on AND until_on >= NEW.from_on)
  BEGIN SELECT RAISE(ABORT, 'these days are drawn already'); END;
${appendOnly('review_draw')}

CREATE TABLE case_review (
  id INTEGER PRIMARY KEY,
  draw_id INTEGER NOT NULL REFERENCES review_draw (id),
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  round_no INTEGER NOT NULL,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  why TEXT NOT NULL CHECK (why IN ('serious', 'sample')),
  floor TEXT NOT NULL,
  class TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES operator (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'in_order', 'returned', 'answered')),
  -- Answers to the checklist and the checklist itself, as it was then.
  answers TEXT,
  notes TEXT NOT NULL DEFAULT '',
  reviewed_at TEXT,
  reviewed_by INTEGER REFERENCES operator (id),
  answer TEXT NOT NULL DEFAULT '',
  answered_at TEXT,
  answered_by INTEGER REFERENCES operator (id),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (complaint_id, round_no),
  CHECK ((state = 'waiting') = (reviewed_at IS NULL) AND (reviewed_at IS NULL) = (reviewed_by IS NULL)),
  CHECK ((reviewed_at IS NULL) = (answers IS NULL)),
  CHECK ((state = 'answered') = (answered_at IS NOT NULL) AND (answered_at IS NULL) = (answered_by IS NULL)),
  CHECK (reviewed_by IS NULL OR reviewed_by <> owner_id),
  CHECK (state NOT IN ('returned', 'answered') OR notes <> '')
) STRICT;
CREATE INDEX case_review_state ON case_review (state, id);
CREATE INDEX case_review_draw ON case_review (draw_id);
CREATE INDEX case_review_owner ON case_review (owner_id) WHERE state = 'returned';
${noDelete('case_review')}
`

export const followUpsAndReviews = {
  version: 35,
  name: 'follow-ups-and-reviews',
  sql: [followUps, reviews].join('\n'),
}
