/**
 * The store's own rules and what it chose among the shipped ones (design.md §4): versions, signatures and choices are
 * only ever added. What is in force on a day follows from them.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`

const tables = `
CREATE TABLE policy_version (
  id INTEGER PRIMARY KEY,
  rule_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  layer TEXT NOT NULL CHECK (layer IN ('chain', 'store', 'brand', 'tier')),
  jurisdiction TEXT NOT NULL,
  effect TEXT NOT NULL CHECK (effect IN ('remedy', 'term', 'exclusion', 'adjustment', 'void', 'exposure', 'duty')),
  rule TEXT NOT NULL CHECK (json_valid(rule)),
  valid_from TEXT NOT NULL CHECK (${isDate('valid_from')}),
  valid_to TEXT CHECK (${isDate('valid_to')}),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  origin TEXT NOT NULL CHECK (origin IN ('edit', 'roll_back', 'import')),
  origin_version INTEGER,
  note TEXT NOT NULL DEFAULT '',
  made_by INTEGER NOT NULL REFERENCES operator (id),
  made_at TEXT NOT NULL,
  UNIQUE (rule_id, version)
) STRICT;

CREATE TABLE policy_decision (
  id INTEGER PRIMARY KEY,
  rule_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('signed', 'withdrawn')),
  effective_on TEXT NOT NULL CHECK (${isDate('effective_on')}),
  note TEXT NOT NULL DEFAULT '',
  decided_by INTEGER NOT NULL REFERENCES operator (id),
  decided_at TEXT NOT NULL,
  UNIQUE (rule_id, version, decision),
  FOREIGN KEY (rule_id, version) REFERENCES policy_version (rule_id, version)
) STRICT;

CREATE TABLE policy_choice (
  id INTEGER PRIMARY KEY,
  effective_on TEXT NOT NULL CHECK (${isDate('effective_on')}),
  country TEXT NOT NULL,
  region TEXT,
  profiles TEXT NOT NULL CHECK (json_valid(profiles)),
  switches TEXT NOT NULL CHECK (json_valid(switches)),
  note TEXT NOT NULL DEFAULT '',
  made_by INTEGER NOT NULL REFERENCES operator (id),
  made_at TEXT NOT NULL
) STRICT;
`

const appendOnly = ['policy_version', 'policy_decision', 'policy_choice']
  .map(
    (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
  )
  .join('')

export const policy = { version: 2, name: 'policy', sql: tables + appendOnly }
