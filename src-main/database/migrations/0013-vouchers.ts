/**
 * Vouchers (储值/信用凭证): what was issued to whom, every movement of each balance, what was redeemed for what, and
 * the store's own rules. Amounts are minor units of the voucher's currency.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`
const sources = "('refund', 'exchange', 'repair', 'price_adjustment', 'goodwill', 'loss')"

const vouchers = `
CREATE TABLE voucher (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  -- Who has it has the money: random, with a check letter; never in a list, an event or the audit log.
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 12),
  state TEXT NOT NULL CHECK (state IN ('active', 'spent', 'void', 'lost')),
  source_type TEXT NOT NULL CHECK (source_type IN ${sources}),
  source_id INTEGER,
  source_number TEXT NOT NULL DEFAULT '',
  case_id INTEGER REFERENCES case_file (id),
  customer_id INTEGER REFERENCES customer (id),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  amount INTEGER NOT NULL CHECK (amount > 0),
  -- Kept by the movements alone (trigger below): a voucher can neither run into debt nor grow beyond its face.
  balance INTEGER NOT NULL DEFAULT 0 CHECK (balance BETWEEN 0 AND amount),
  is_named INTEGER NOT NULL CHECK (is_named IN (0, 1)),
  holder_name TEXT NOT NULL DEFAULT '',
  holder_phone TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  issued_at TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES operator (id),
  -- Last day it can be used, inclusive; null where it never ends.
  expires_on TEXT CHECK (${isDate('expires_on')}),
  approval_id INTEGER REFERENCES approval (id),
  -- The lost one whose balance it carries on.
  replaces_id INTEGER UNIQUE REFERENCES voucher (id),
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  holder_phone_tail TEXT GENERATED ALWAYS AS (substr(holder_phone, -4)) VIRTUAL,
  CHECK ((is_named = 1) = (holder_name <> '' AND holder_phone <> '')),
  CHECK ((source_type = 'loss') = (replaces_id IS NOT NULL))
) STRICT;
CREATE INDEX voucher_short_no ON voucher (short_no);
CREATE INDEX voucher_phone_tail ON voucher (holder_phone_tail) WHERE holder_phone <> '';
CREATE INDEX voucher_holder ON voucher (holder_name) WHERE holder_name <> '';
CREATE INDEX voucher_source ON voucher (source_type, source_number);
CREATE INDEX voucher_case ON voucher (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX voucher_day ON voucher (business_date);
CREATE INDEX voucher_state ON voucher (state, id);

-- What was issued stays what was issued: only state, balance, expiry and version move.
CREATE TRIGGER voucher_issued_once BEFORE UPDATE OF
  number, code, source_type, source_id, source_number, case_id, customer_id, currency, amount, is_named, holder_name, holder_phone,
  reason, business_date, issued_at, issued_by, approval_id, replaces_id
  ON voucher BEGIN SELECT RAISE(ABORT, 'what a voucher was issued as cannot change'); END;
CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher
  BEGIN SELECT RAISE(ABORT, 'voucher rows are voided, never deleted'); END;
`

const movements = `
CREATE TABLE voucher_movement (
  id INTEGER PRIMARY KEY,
  voucher_id INTEGER NOT NULL REFERENCES voucher (id),
  -- 1, 2, 3 … of its voucher: two desks that move the same balance at once cannot both be next.
  seq INTEGER NOT NULL CHECK (seq >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('issue', 'redeem', 'redeem_undo', 'credit', 'credit_undo', 'extend', 'loss', 'void')),
  amount INTEGER NOT NULL,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  desk_no TEXT NOT NULL,
  -- What it was for: a till's receipt, an exchange, a refund that gave back.
  ref_type TEXT CHECK (ref_type IN ('receipt', 'exchange', 'refund', 'repair', 'price_adjustment', 'goodwill', 'voucher')),
  ref_number TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  approval_id INTEGER REFERENCES approval (id),
  -- The redemption it gives back, where it does: no more goes back of one than was taken.
  redemption_id INTEGER REFERENCES voucher_redemption (id),
  UNIQUE (voucher_id, seq),
  CHECK (CASE
    WHEN kind IN ('issue', 'redeem_undo', 'credit') THEN amount > 0
    WHEN kind = 'extend' THEN amount = 0
    WHEN kind IN ('redeem', 'credit_undo') THEN amount < 0
    ELSE amount <= 0
  END)
) STRICT;
CREATE INDEX voucher_movement_day ON voucher_movement (business_date, kind);
CREATE INDEX voucher_movement_ref ON voucher_movement (ref_number) WHERE ref_number <> '';
CREATE INDEX voucher_movement_redemption ON voucher_movement (redemption_id) WHERE redemption_id IS NOT NULL;

CREATE TRIGGER voucher_movement_balances BEFORE INSERT ON voucher_movement
WHEN new.balance <> new.amount + coalesce((SELECT balance FROM voucher_movement WHERE voucher_id = new.voucher_id AND seq = new.seq - 1), 0)
  OR (new.seq > 1 AND NOT EXISTS (SELECT 1 FROM voucher_movement WHERE voucher_id = new.voucher_id AND seq = new.seq - 1))
  OR (new.kind = 'issue') <> (new.seq = 1)
BEGIN SELECT RAISE(ABORT, 'a voucher''s movements balance'); END;
CREATE TRIGGER voucher_movement_kept AFTER INSERT ON voucher_movement
BEGIN UPDATE voucher SET balance = new.balance WHERE id = new.voucher_id; END;
CREATE TRIGGER voucher_balance_kept BEFORE UPDATE OF balance ON voucher
WHEN new.balance <> coalesce((SELECT balance FROM voucher_movement WHERE voucher_id = new.id ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'a voucher''s balance is that of its last movement'); END;

CREATE TABLE voucher_redemption (
  id INTEGER PRIMARY KEY,
  voucher_id INTEGER NOT NULL REFERENCES voucher (id),
  movement_id INTEGER NOT NULL UNIQUE REFERENCES voucher_movement (id),
  for_type TEXT NOT NULL CHECK (for_type IN ('receipt', 'exchange')),
  -- Receipt: till, day and number; exchange: its number.
  for_number TEXT NOT NULL,
  till TEXT NOT NULL DEFAULT '',
  receipt_date TEXT CHECK (${isDate('receipt_date')}),
  receipt_key TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL CHECK (amount > 0),
  live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
  CHECK ((for_type = 'receipt') = (receipt_date IS NOT NULL))
) STRICT;
-- A voucher is taken once for one receipt: whoever comes second is told when and where.
CREATE UNIQUE INDEX voucher_redemption_receipt ON voucher_redemption (voucher_id, receipt_date, till, receipt_key)
  WHERE live = 1 AND for_type = 'receipt';
CREATE UNIQUE INDEX voucher_redemption_exchange ON voucher_redemption (voucher_id, for_number)
  WHERE live = 1 AND for_type = 'exchange';
CREATE INDEX voucher_redemption_sale ON voucher_redemption (receipt_key) WHERE for_type = 'receipt';
CREATE TRIGGER voucher_redemption_kept BEFORE UPDATE OF voucher_id, movement_id, for_type, for_number, till, receipt_date, receipt_key, amount
  ON voucher_redemption BEGIN SELECT RAISE(ABORT, 'a redemption is undone, never changed'); END;
CREATE TRIGGER voucher_redemption_no_delete BEFORE DELETE ON voucher_redemption
  BEGIN SELECT RAISE(ABORT, 'voucher_redemption rows are undone, never deleted'); END;

CREATE TABLE voucher_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- Law has other caps for companies than for other traders.
  issuer TEXT NOT NULL CHECK (issuer IN ('legal_person', 'other')),
  expiry_months INTEGER CHECK (expiry_months BETWEEN 1 AND 120),
  gift_expiry_months INTEGER CHECK (gift_expiry_months BETWEEN 1 AND 120),
  -- What a refund does with what the sale took of a voucher.
  give_back TEXT NOT NULL CHECK (give_back IN ('credit', 'new_voucher')),
  version INTEGER NOT NULL
) STRICT;

CREATE TRIGGER voucher_movement_no_update BEFORE UPDATE ON voucher_movement
  BEGIN SELECT RAISE(ABORT, 'voucher_movement is append-only'); END;
CREATE TRIGGER voucher_movement_no_delete BEFORE DELETE ON voucher_movement
  BEGIN SELECT RAISE(ABORT, 'voucher_movement is append-only'); END;
`

/** A price that fell since the sale is made good without goods: a slip of its own kind, with numbers of its own. */
const priceAdjustment = `
ALTER TABLE refund ADD COLUMN slip_kind TEXT NOT NULL DEFAULT 'return' CHECK (slip_kind IN ('return', 'price_adjustment'));
`

export const vouchersRoom = {
  version: 13,
  name: 'vouchers',
  sql: [vouchers, movements, priceAdjustment].join('\n'),
}
