/** Cards printed together: which, and which of them are counted, so that each counts once however a batch ends. */
export const cardBatches = {
  version: 49,
  name: 'card-batches',
  sql: `
CREATE TABLE card_batch (
  id INTEGER PRIMARY KEY,
  format TEXT NOT NULL CHECK (format IN ('A4', 'A6')),
  language TEXT CHECK (language IN ('zh', 'en', 'bilingual')),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
  asked_at TEXT NOT NULL,
  asked_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE TRIGGER card_batch_no_delete BEFORE DELETE ON card_batch
  BEGIN SELECT RAISE(ABORT, 'card_batch rows are never deleted'); END;

CREATE TABLE card_batch_item (
  batch_id INTEGER NOT NULL REFERENCES card_batch (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  card_id INTEGER NOT NULL REFERENCES card (id),
  -- A row of print_record, whose table a later version makes anew: a reference would follow the old one.
  print_id INTEGER UNIQUE,
  copy_no INTEGER CHECK (copy_no >= 0),
  PRIMARY KEY (batch_id, position),
  UNIQUE (batch_id, card_id),
  CHECK ((print_id IS NULL) = (copy_no IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX card_batch_item_card ON card_batch_item (card_id);
CREATE TRIGGER card_batch_item_no_delete BEFORE DELETE ON card_batch_item
  BEGIN SELECT RAISE(ABORT, 'card_batch_item rows are never deleted'); END;
CREATE TRIGGER card_batch_item_once BEFORE UPDATE ON card_batch_item
  WHEN OLD.print_id IS NOT NULL OR NEW.card_id <> OLD.card_id
  BEGIN SELECT RAISE(ABORT, 'a card of a batch is counted once'); END;
`,
}
