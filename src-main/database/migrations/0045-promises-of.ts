/**
 * A promise is about something: one visit can bring a complaint and a repair, and what is done for the one does not
 * keep what was promised for the other. Promises given before are about what was written down with them, else about the
 * complaint, repair or exchange their case was then.
 */
const written = (table: string) => `
  SELECT max(id) FROM ${table} WHERE case_id = promise.case_id AND recorded_at = promise.created_at`
const known = (table: string) => `
  SELECT max(id) FROM ${table} WHERE case_id = promise.case_id AND recorded_at <= promise.created_at`

export const promisesOf = {
  version: 45,
  name: 'promises-of',
  sql: `
ALTER TABLE promise ADD COLUMN complaint_id INTEGER REFERENCES complaint (id);
ALTER TABLE promise ADD COLUMN repair_id INTEGER REFERENCES repair (id);
-- With none of them it is about its case as a whole.
ALTER TABLE promise ADD COLUMN exchange_id INTEGER REFERENCES exchange (id)
  CHECK ((complaint_id IS NOT NULL) + (repair_id IS NOT NULL) + (exchange_id IS NOT NULL) <= 1);
UPDATE promise SET complaint_id = (${written('complaint')});
UPDATE promise SET repair_id = (${written('repair')}) WHERE complaint_id IS NULL;
UPDATE promise SET exchange_id = (${written('exchange')}) WHERE complaint_id IS NULL AND repair_id IS NULL;
UPDATE promise SET complaint_id = (${known('complaint')})
  WHERE complaint_id IS NULL AND repair_id IS NULL AND exchange_id IS NULL;
UPDATE promise SET repair_id = (${known('repair')})
  WHERE complaint_id IS NULL AND repair_id IS NULL AND exchange_id IS NULL;
UPDATE promise SET exchange_id = (${known('exchange')})
  WHERE complaint_id IS NULL AND repair_id IS NULL AND exchange_id IS NULL;
CREATE INDEX promise_complaint ON promise (complaint_id) WHERE complaint_id IS NOT NULL;
CREATE INDEX promise_repair ON promise (repair_id) WHERE repair_id IS NOT NULL;
`,
}
