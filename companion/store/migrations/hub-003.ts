/** The doors that came with language models: the editor's chat, its models, models on other machines. */
export const hub003 = {
  name: 'hub-003',
  sql: `
ALTER TABLE doors ADD COLUMN chat INTEGER NOT NULL DEFAULT 0;
ALTER TABLE doors ADD COLUMN editor_model INTEGER NOT NULL DEFAULT 0;
ALTER TABLE doors ADD COLUMN remote INTEGER NOT NULL DEFAULT 0;
`,
} as const;
