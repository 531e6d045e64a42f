/**
 * One receipt of a till can pay two documents of the desk. Its first settlement holds the receipt and its number, the
 * others share it: each its own document and amount. Matching never does that, a manager does.
 */
export const sharedPayments = {
  version: 46,
  name: 'shared-payments',
  sql: `
ALTER TABLE pos_settlement ADD COLUMN shares_id INTEGER REFERENCES pos_settlement (id)
  CHECK (shares_id IS NULL OR (how = 'by_hand' AND receipt_id IS NULL));
DROP INDEX pos_settlement_number_once;
CREATE UNIQUE INDEX pos_settlement_number_once ON pos_settlement (direction, pos_key, pos_till, pos_date)
  WHERE live = 1 AND shares_id IS NULL;
-- Of one payment every document has one share.
CREATE UNIQUE INDEX pos_settlement_share_once ON pos_settlement (shares_id, source_type, source_id)
  WHERE live = 1 AND shares_id IS NOT NULL;
DROP INDEX pos_settlement_told;
CREATE INDEX pos_settlement_told ON pos_settlement (pos_key)
  WHERE live = 1 AND receipt_id IS NULL AND shares_id IS NULL;
`,
}
