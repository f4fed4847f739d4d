/** Advisers that the user marked as favourites; those who always vote may have no row in `masks`. */
export const mind010 = {
  name: 'mind-010',
  sql: `
CREATE TABLE mask_favourites (
  mask TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) WITHOUT ROWID;
`,
} as const;
