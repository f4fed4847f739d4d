import { z } from 'zod';
import { id } from './primitives.ts';

const words = (most: number) => z.string().trim().max(most);
const list = z.array(words(500).min(1)).max(50).default([]);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "09:30"');

/** Who the user is to Progeny, and what always holds. */
export const heritageCore = z.strictObject({
  version: z.literal(1),
  /** What to call the user. */
  name: words(100).default(''),
  /** What counts when values are in conflict, the first most. */
  values: list,
  /** What is never done. */
  hardLines: list,
  /** What the user wants to be remembered by. */
  rememberedBy: words(2000).default(''),
});

/** How the user likes to work. Everything may be empty: then nothing is assumed. */
export const heritagePreferences = z.strictObject({
  version: z.literal(1),
  flow: words(2000).default(''),
  flowKillers: list,
  /** What helps when it is too much: room, or something to do. */
  overwhelm: z.enum(['', 'space', 'action']).default(''),
  standard: z.enum(['', 'done', 'perfect']).default(''),
  peakHours: z
    .array(z.strictObject({ from: clock, until: clock }))
    .max(6)
    .default([]),
  /** Files, folders and systems to leave alone, in the user's words or as globs. */
  neverTouch: list,
  /** How it should sound and how often it should speak up. */
  temperament: z.enum(['', 'steady', 'provocative', 'quiet', 'warm']).default(''),
  /** Answers of the long form, by question. */
  more: z.record(z.string().max(100), words(2000)).default({}),
});

/** What the user confirmed of what was observed. Written through confirmed hypotheses alone. */
export const heritageLearned = z.strictObject({
  version: z.literal(1),
  beliefs: z
    .array(
      z.strictObject({
        hypothesis: id,
        text: words(1000).min(1),
        /** When it does not hold. */
        except: words(1000).nullable(),
        /** ISO date of the confirmation. */
        since: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'a date such as "2026-05-01"'),
      }),
    )
    .max(1000)
    .default([]),
});

export const heritageFiles = {
  core: heritageCore,
  preferences: heritagePreferences,
  learned: heritageLearned,
} as const;
export type HeritageFile = keyof typeof heritageFiles;
export type HeritageCore = z.infer<typeof heritageCore>;
export type HeritagePreferences = z.infer<typeof heritagePreferences>;
export type HeritageLearned = z.infer<typeof heritageLearned>;
/** The content of each file. */
export interface HeritageContents {
  core: HeritageCore;
  preferences: HeritagePreferences;
  learned: HeritageLearned;
}
