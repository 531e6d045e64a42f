/**
 * How much of what goes back nobody owed: a limit for compensation is about that part alone. What was approved before
 * does not say it, and counts whole.
 */
export const compensation = {
  version: 16,
  name: 'compensation',
  sql: `
ALTER TABLE approval ADD COLUMN compensation INTEGER CHECK (compensation >= 0);
ALTER TABLE refund ADD COLUMN compensation INTEGER NOT NULL DEFAULT 0 CHECK (compensation >= 0);
`,
}
