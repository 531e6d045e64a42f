/** Where files that leave the desk are put: exports for head office, and drafts for the mail program; empty for the usual. */
export const outgoingFolders = {
  version: 61,
  name: 'outgoing-folders',
  sql: `
CREATE TABLE outgoing_folders (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  exports TEXT NOT NULL DEFAULT '',
  drafts TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO outgoing_folders (id) VALUES (1);
CREATE TRIGGER outgoing_folders_no_delete BEFORE DELETE ON outgoing_folders
  BEGIN SELECT RAISE(ABORT, 'outgoing_folders is changed, never deleted'); END;
`,
}
