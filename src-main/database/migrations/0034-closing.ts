/**
 * How content a customer is in five points, with the reason, and whether they stay. What was asked before keeps its
 * yes or no without points; "would not say" is no "not asked". Whether a statement says that somebody leaves is decided
 * when it is written down; older ones say nothing.
 */
export const closing = {
  version: 34,
  name: 'closing',
  sql: `
ALTER TABLE complaint ADD COLUMN says_leaving INTEGER NOT NULL DEFAULT 0 CHECK (says_leaving IN (0, 1));
ALTER TABLE complaint_round ADD COLUMN points INTEGER
  CHECK (points IS NULL OR (points BETWEEN 1 AND 5 AND satisfied IS NOT NULL AND (points >= 4) = satisfied));
ALTER TABLE complaint_round ADD COLUMN would_not_say INTEGER NOT NULL DEFAULT 0
  CHECK (would_not_say IN (0, 1)) CHECK (would_not_say = 0 OR satisfied IS NULL);
ALTER TABLE complaint_round ADD COLUMN satisfaction_reason TEXT;
ALTER TABLE complaint_round ADD COLUMN satisfaction_note TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_round ADD COLUMN retention TEXT CHECK (retention IN ('stays', 'lost', 'unknown'));
ALTER TABLE complaint_round ADD COLUMN retention_reason TEXT;
ALTER TABLE complaint_round ADD COLUMN retention_note TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_round ADD COLUMN solved_by INTEGER REFERENCES operator (id);
`,
}
