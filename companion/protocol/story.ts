import { z } from 'zod';
import { id, time, workspacePath } from './primitives.ts';

/** What a click on a line opens. A commit lies in the folder of the line; the others are ids, of heritage its file. */
export const storyAbout = z.strictObject({
  kind: z.enum([
    'loop',
    'commit',
    'memory',
    'proposal',
    'mask',
    'offer',
    'guild',
    'run',
    'hypothesis',
    'heritage',
    'grants',
  ]),
  id: z.string(),
});
export type StoryAbout = z.infer<typeof storyAbout>;

/** One line of the running story: what happened, in plain language. */
export const storyLine = z.strictObject({
  id,
  at: time,
  /** The event of the log that it tells of. */
  seq: z.number().int().positive(),
  speaker: z.enum(['Cal', 'Arty']),
  text: z.string(),
  /** The same without a persona's voice. */
  plain: z.string(),
  /** 0-1; high ones show in the status bar. */
  importance: z.number().min(0).max(1),
  workspace: workspacePath.nullable(),
  subject: z.string(),
  /** Null: there is nothing to open. */
  about: storyAbout.nullable(),
  /** False: too old for the live view by the time its turn came; it stands in the story of the day all the same. */
  live: z.boolean(),
});
export type StoryLine = z.infer<typeof storyLine>;

export const storyListInput = z.strictObject({
  /** Lines about this folder, and about none. */
  workspace: workspacePath.optional(),
  since: time.optional(),
  limit: z.number().int().min(1).max(1000).default(100),
});
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as "2026-03-02"');
export const storyDayInput = z.strictObject({
  /** Left out: today. Local date, `2026-03-02`. */
  day: day.optional(),
  workspace: workspacePath.optional(),
  /** The Markdown without a persona's voice; left out: as the settings say. */
  plain: z.boolean().optional(),
});
/** The story of one day. */
export const storyDay = z.strictObject({
  day,
  lines: z.array(storyLine),
  /** The same as Markdown, with headings by part of the day. */
  markdown: z.string(),
});
export type StoryDay = z.infer<typeof storyDay>;
