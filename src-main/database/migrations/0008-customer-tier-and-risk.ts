/** The tier of a customer, as the store's club names it, and the risks a case carries. */
const tier = `
ALTER TABLE customer ADD COLUMN tier TEXT NOT NULL DEFAULT '';
CREATE INDEX customer_tier ON customer (tier) WHERE tier <> '';
`

/** A risk is raised and cleared, never removed: the row keeps who did what and when. */
const risks = `
CREATE TABLE case_risk (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  flag TEXT NOT NULL CHECK (flag IN ('media', 'lawyer', 'regulator', 'injury')),
  raised_at TEXT NOT NULL,
  raised_by INTEGER NOT NULL REFERENCES operator (id),
  cleared_at TEXT,
  cleared_by INTEGER REFERENCES operator (id),
  CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX case_risk_live ON case_risk (case_id, flag) WHERE cleared_at IS NULL;
CREATE TRIGGER case_risk_no_delete BEFORE DELETE ON case_risk
  BEGIN SELECT RAISE(ABORT, 'case_risk rows are cleared, not deleted'); END;
`

export const customerTierAndRisk = {
  version: 8,
  name: 'customer-tier-and-risk',
  sql: [tier, risks].join('\n'),
}
