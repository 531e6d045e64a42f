/** Papers made by themselves at closing time: once for a day, whatever happens to the desk meanwhile. */
export const closingPapers = {
  version: 55,
  name: 'closing-papers',
  sql: `
CREATE TABLE closing_print (
  desk_no TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  papers TEXT NOT NULL CHECK (json_valid(papers)),
  made_at TEXT NOT NULL,
  PRIMARY KEY (desk_no, business_date)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER closing_print_no_update BEFORE UPDATE ON closing_print
  BEGIN SELECT RAISE(ABORT, 'closing_print is append-only'); END;
CREATE TRIGGER closing_print_no_delete BEFORE DELETE ON closing_print
  BEGIN SELECT RAISE(ABORT, 'closing_print is append-only'); END;
`,
}
