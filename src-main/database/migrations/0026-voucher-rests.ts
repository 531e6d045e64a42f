/**
 * What is left on a voucher can be paid out, where law or the store says so: the till is told to pay, and the voucher
 * is empty. A CHECK cannot be widened in place: the movements move to a table that knows the new kinds.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`

const movements = `
DROP TRIGGER voucher_balance_kept;
CREATE TABLE voucher_movement_next (
  id INTEGER PRIMARY KEY,
  voucher_id INTEGER NOT NULL REFERENCES voucher (id),
  -- 1, 2, 3 … of its voucher: two desks that move the same balance at once cannot both be next.
  seq INTEGER NOT NULL CHECK (seq >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('issue', 'redeem', 'redeem_undo', 'credit', 'credit_undo', 'cash_out', 'cash_out_undo', 'extend', 'loss', 'void')),
  amount INTEGER NOT NULL,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  desk_no TEXT NOT NULL,
  -- What it was for: a till's receipt, an exchange, a refund that gave back, the payment the till was told to make.
  ref_type TEXT CHECK (ref_type IN ('receipt', 'exchange', 'refund', 'repair', 'price_adjustment', 'goodwill', 'voucher', 'instruction')),
  ref_number TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  approval_id INTEGER REFERENCES approval (id),
  -- The redemption it gives back, where it does: no more goes back of one than was taken.
  redemption_id INTEGER REFERENCES voucher_redemption (id),
  UNIQUE (voucher_id, seq),
  CHECK (CASE
    WHEN kind IN ('issue', 'redeem_undo', 'credit', 'cash_out_undo') THEN amount > 0
    WHEN kind = 'extend' THEN amount = 0
    WHEN kind IN ('redeem', 'credit_undo', 'cash_out') THEN amount < 0
    ELSE amount <= 0
  END),
  -- A rest is paid out whole.
  CHECK (kind <> 'cash_out' OR balance = 0)
) STRICT;
INSERT INTO voucher_movement_next SELECT
  id, voucher_id, seq, kind, amount, balance, at, business_date, actor_id, desk_no, ref_type, ref_number, reason, approval_id, redemption_id
  FROM voucher_movement;
DROP TABLE voucher_movement;
ALTER TABLE voucher_movement_next RENAME TO voucher_movement;
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
CREATE TRIGGER voucher_movement_no_update BEFORE UPDATE ON voucher_movement
  BEGIN SELECT RAISE(ABORT, 'voucher_movement is append-only'); END;
CREATE TRIGGER voucher_movement_no_delete BEFORE DELETE ON voucher_movement
  BEGIN SELECT RAISE(ABORT, 'voucher_movement is append-only'); END;
`

const settings = `
-- The largest rest the store pays out to whoever asks; none where it is null.
ALTER TABLE voucher_settings ADD COLUMN cash_out_up_to INTEGER CHECK (cash_out_up_to > 0);
`

export const voucherRests = {
  version: 26,
  name: 'voucher-rests',
  sql: [movements, settings].join('\n'),
}
