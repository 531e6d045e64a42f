/**
 * What sales are found by and no file is sorted by moves from indexes into tables of their own. An index grows with
 * each row, at a place of its own each time, and a short transaction then writes hundreds of pages; a table can be
 * filled later, sorted, so that each page is written once. `sale_lookup_progress` says how far they reach
 * (docs/decisions/0008-sale-lookups.md).
 */
const tables = `
CREATE TABLE receipt_of_product (
  product_id INTEGER NOT NULL REFERENCES product (id),
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  PRIMARY KEY (product_id, receipt_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt_by_tail (
  receipt_key_reversed TEXT NOT NULL,
  business_date TEXT NOT NULL,
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  PRIMARY KEY (receipt_key_reversed, business_date, receipt_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt_by_amount (
  total INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  PRIMARY KEY (total, business_date, receipt_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_lookup_progress (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  line_id INTEGER NOT NULL,
  receipt_id INTEGER NOT NULL
) STRICT;
`

const fill = `
INSERT INTO receipt_of_product SELECT DISTINCT product_id, receipt_id FROM sale_line
  WHERE product_id IS NOT NULL ORDER BY product_id, receipt_id;
INSERT INTO receipt_by_tail SELECT receipt_key_reversed, business_date, id FROM receipt ORDER BY 1, 2, 3;
INSERT INTO receipt_by_amount SELECT total, business_date, id FROM receipt ORDER BY 1, 2, 3;
INSERT INTO sale_lookup_progress VALUES
  (1, (SELECT coalesce(max(id), 0) FROM sale_line), (SELECT coalesce(max(id), 0) FROM receipt));
`

export const saleLookups = {
  version: 6,
  name: 'sale-lookups',
  sql: [
    'DROP INDEX sale_line_product; DROP INDEX receipt_by_tail; DROP INDEX receipt_by_amount;',
    tables,
    fill,
    'ALTER TABLE receipt DROP COLUMN receipt_key_reversed;',
  ].join('\n'),
}
