/**
 * How the store sets its papers up, in versions: its sign (`sign`) and one design for each kind of paper. The words it
 * wrote under its papers become their first versions. Which kinds there are is told by the program: a CHECK here would
 * have to be rebuilt for each new paper.
 */
export const paperDesigns = {
  version: 47,
  name: 'paper-designs',
  sql: `
CREATE TABLE paper_design (
  place TEXT NOT NULL CHECK (length(place) BETWEEN 2 AND 40),
  version INTEGER NOT NULL CHECK (version >= 1),
  design TEXT NOT NULL CHECK (json_valid(design)),
  -- The earlier version this one brings back.
  restores INTEGER CHECK (restores IS NULL OR restores < version),
  changed_at TEXT NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES operator (id),
  PRIMARY KEY (place, version)
) STRICT, WITHOUT ROWID;
INSERT INTO paper_design
  SELECT place, version, json_object('words', json_object('zh', zh, 'en', en)), NULL, changed_at, changed_by
  FROM paper_words;
DROP TABLE paper_words;
CREATE TRIGGER paper_design_no_update BEFORE UPDATE ON paper_design
  BEGIN SELECT RAISE(ABORT, 'paper_design is append-only'); END;
CREATE TRIGGER paper_design_no_delete BEFORE DELETE ON paper_design
  BEGIN SELECT RAISE(ABORT, 'paper_design is append-only'); END;
`,
}
