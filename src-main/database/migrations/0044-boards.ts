const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

/** Open complaints are few among many, and are looked for by place; lists of all go by place, person and day. */
const lists = `
CREATE INDEX complaint_open_place ON complaint (floor, kind, id) WHERE state = 'open';
CREATE INDEX complaint_place ON complaint (floor, id);
CREATE INDEX case_file_owner ON case_file (owner_id, id);
CREATE INDEX complaint_round_opened ON complaint_round (opened_on, complaint_id);
`

/** Full text over the shift diary, as over complaints; older entries are written at the next start. */
const diary = `
CREATE VIRTUAL TABLE shift_diary_grams USING fts5 (grams, content = '', contentless_delete = 1, detail = none);
`

/** The floor each operator looks at; null for the whole store, empty for what names no floor. */
const choices = `
CREATE TABLE board_choice (
  operator_id INTEGER PRIMARY KEY REFERENCES operator (id),
  floor TEXT
) STRICT;
`

/**
 * What the store asks of itself beyond the rules that come with the program: targets and ladders, a new version each
 * time. And a pause may say at once when it ends.
 */
const clocks = `
CREATE TABLE clock_rules (
  version INTEGER PRIMARY KEY CHECK (version >= 1),
  body TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  changed_at TEXT NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
${appendOnly('clock_rules')}
ALTER TABLE clock_pause ADD COLUMN ends_at TEXT;
CREATE TRIGGER clock_pause_end_stays BEFORE UPDATE OF ends_at ON clock_pause WHEN OLD.ends_at IS NOT NEW.ends_at
  BEGIN SELECT RAISE(ABORT, 'clock_pause ends when it said'); END;
`

export const boards = {
  version: 44,
  name: 'boards',
  sql: [lists, diary, choices, clocks].join('\n'),
}
