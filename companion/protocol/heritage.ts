import { z } from 'zod';
import { patchOf } from './patch.ts';
import { id, time } from './primitives.ts';

const words = (most: number) => z.string().trim().max(most);
const list = z.array(words(500).min(1)).max(50).default([]);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "09:30"');

/** Who the user is to Progeny, and what always holds. */
export const heritageCore = z.strictObject({
  version: z.literal(1),
  name: words(100).default('').describe('What to call you.'),
  values: list.describe('What counts when values are in conflict, the first most.'),
  hardLines: list.describe('What is never done.'),
  rememberedBy: words(2000).default('').describe('What you want to be remembered by.'),
});

/** How the user likes to work. Everything may be empty: then nothing is assumed. */
export const heritagePreferences = z.strictObject({
  version: z.literal(1),
  flow: words(2000).default('').describe('What brings you into flow.'),
  flowKillers: list.describe('What takes you out of it.'),
  overwhelm: z
    .enum(['', 'space', 'action'])
    .default('')
    .describe('What helps when it is too much: room, or something to do.'),
  standard: z.enum(['', 'done', 'perfect']).default('').describe('What a thing should rather be.'),
  peakHours: z
    .array(z.strictObject({ from: clock, until: clock }))
    .max(6)
    .default([])
    .describe('When you work best, local time.'),
  neverTouch: list.describe('Files, folders and systems to leave alone, in your words or as globs.'),
  temperament: z
    .enum(['', 'steady', 'provocative', 'quiet', 'warm'])
    .default('')
    .describe('How Progeny should sound, and how often it should speak up.'),
  more: z
    .record(z.string().max(100), words(2000))
    .default({})
    .describe('Answers of the long form, by question.'),
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

export const heritageFile = z.enum(['core', 'preferences', 'learned']);
/** Who or what made a version. */
export const heritageSource = z.enum(['user', 'hand', 'convergence', 'hypothesis', 'template', 'restore']);
export type HeritageSource = z.infer<typeof heritageSource>;

const version = z.number().int().nonnegative();
export const heritageVersion = z.strictObject({
  file: heritageFile,
  /** Counts up from 1; 0 is what holds before anything was said. */
  version,
  at: time,
  source: heritageSource,
  reason: z.string(),
});
export type HeritageVersion = z.infer<typeof heritageVersion>;

const documentOf = <F extends HeritageFile, S extends z.ZodType>(file: F, content: S) =>
  z.strictObject({
    file: z.literal(file),
    /** Where it stands, to be read and edited by hand. */
    path: z.string(),
    version,
    at: time,
    /** Null before anything was said. */
    source: heritageSource.nullable(),
    reason: z.string(),
    content,
  });
export const heritageDocument = z.discriminatedUnion('file', [
  documentOf('core', heritageCore),
  documentOf('preferences', heritagePreferences),
  documentOf('learned', heritageLearned),
]);
export type HeritageDocument = z.infer<typeof heritageDocument>;

const reason = z.string().trim().min(1).max(500);
const patched = <F extends HeritageFile, S extends z.ZodRawShape>(file: F, shape: S) =>
  z.strictObject({ file: z.literal(file), patch: patchOf(z.strictObject(shape)), reason: reason.optional() });
const { version: _core, ...coreShape } = heritageCore.shape;
const { version: _preferences, ...preferencesShape } = heritagePreferences.shape;
/** What is present replaces what is there. What was learned changes by answering hypotheses, or by hand. */
export const heritageUpdateInput = z.discriminatedUnion('file', [
  patched('core', coreShape),
  patched('preferences', preferencesShape),
]);

export const heritageVersionsInput = z.strictObject({
  file: heritageFile,
  limit: z.number().int().min(1).max(1000).default(50),
});
/** Left out: the version in force, and the one before it. */
export const heritageDiffInput = z.strictObject({
  file: heritageFile,
  from: version.optional(),
  to: version.optional(),
});
export const heritageDiff = z.strictObject({
  file: heritageFile,
  from: version,
  to: version,
  /** Each change in a sentence. */
  words: z.array(z.string()),
  /** The text of both, line by line. */
  lines: z.array(z.strictObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
});
export type HeritageDiff = z.infer<typeof heritageDiff>;
export const heritageRestoreInput = z.strictObject({
  file: heritageFile,
  version: version.min(1),
  reason: reason.optional(),
});
/** A dry run touches nothing and tells what would go. */
export const heritageForgetInput = z.strictObject({ file: heritageFile, dryRun: z.boolean().default(false) });
export const heritageForgotten = z.strictObject({
  /** How many old versions are gone. */
  versions: z.number().int(),
  /** How many refused hand edits beside the file. */
  rejected: z.number().int(),
  /** Backups that hold them until they expire; a restored one forgets them too. Null: until it is removed by hand. */
  backups: z.array(z.strictObject({ id: z.string(), until: time.nullable() })),
});
export type HeritageForgotten = z.infer<typeof heritageForgotten>;
