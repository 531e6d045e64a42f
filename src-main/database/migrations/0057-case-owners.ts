/** Reports ask who had a case when something happened to it: few cases change hands, and those are found at once. */
export const caseOwners = {
  version: 57,
  name: 'case-owners',
  sql: `
CREATE INDEX case_event_owner ON case_event (case_id, id) WHERE kind = 'owner_changed';
`,
}
