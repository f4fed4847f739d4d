import { z } from 'zod';
import { time, workspacePath } from './primitives.ts';

/** Something on this machine that Progeny can use. */
export const setupFinding = z.strictObject({
  id: z.enum(['git', 'ollama', 'gpu', 'microphone', 'python']),
  name: z.string(),
  /** `partly`: it is here, and something is missing before it can be used. `unknown`: it did not answer in time. */
  state: z.enum(['ready', 'partly', 'missing', 'unknown']),
  /** What was seen: "git 2.39". */
  detail: z.string(),
  /** What it adds, in one sentence. */
  adds: z.string(),
  /** How to get it; empty where nothing is missing. */
  get: z.string(),
});
export type SetupFinding = z.infer<typeof setupFinding>;

export const setupDetected = z.strictObject({ at: time, findings: z.array(setupFinding) });
export type SetupDetected = z.infer<typeof setupDetected>;

const templateName = z.string().regex(/^[a-z][a-z-]{0,49}$/, 'the name of a template, such as "steady"');

/** `template.json` of a template, beside its files. */
export const templateSheet = z.strictObject({
  version: z.literal(1),
  title: z.string().min(1).max(100),
  /** What it is for, in one sentence. */
  summary: z.string().min(1).max(300),
});

/** `answers.json` of a template: by question, then by part. */
export const answersTemplate = z.strictObject({
  version: z.literal(1),
  answers: z.record(z.string(), z.record(z.string(), z.string().max(4000))),
});

export const setupTemplate = templateSheet.omit({ version: true }).extend({
  name: templateName,
  files: z.array(z.string()),
});
export type SetupTemplate = z.infer<typeof setupTemplate>;

export const setupApplyInput = z.strictObject({
  template: templateName,
  /** The folder that working files are for; needed by templates that have some. */
  workspace: workspacePath.optional(),
});

export const setupApplied = z.strictObject({
  template: templateName,
  /** What was applied, in words: "preferences: temperament". */
  applied: z.array(z.string()),
  /** What was there already and stays as it is, in words. */
  left: z.array(z.string()),
});
export type SetupApplied = z.infer<typeof setupApplied>;
