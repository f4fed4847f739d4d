import { z } from 'zod';

/** What delegated work may take, and how long it waits. */
export const wheelSettings = z
  .strictObject({
    on: z
      .boolean()
      .default(true)
      .describe('Offer to do work: previewed first, done only with your leave, and taken back by one click.'),
    vetoSeconds: z
      .number()
      .min(0)
      .max(300)
      .default(5)
      .describe('After your yes, the run still waits so long for a no.'),
    silenceSeconds: z
      .number()
      .min(10)
      .max(600)
      .default(30)
      .describe(
        'Where you granted that silence is consent: the countdown is so long, and runs only while you can see it.',
      ),
    previewMinutes: z
      .number()
      .min(1)
      .max(24 * 60)
      .default(60)
      .describe('A preview that nobody answers expires after so long.'),
    undoMinutes: z
      .number()
      .min(1)
      .max(7 * 24 * 60)
      .default(60)
      .describe('What was done can be taken back by one click for so long.'),
    commandMinutes: z
      .number()
      .min(0.1)
      .max(240)
      .default(15)
      .describe('A program of a run is ended, with all that it started, after so long.'),
    maxProcesses: z
      .number()
      .int()
      .min(8)
      .max(10_000)
      .default(512)
      .describe('A program of a run is ended when it has started so many processes at once.'),
    maxFiles: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(500)
      .describe('A run that would change more files than this is refused.'),
    rehearseFiles: z
      .number()
      .int()
      .min(100)
      .max(1_000_000)
      .default(30_000)
      .describe('Programs are rehearsed on a copy of the folder if it has no more files than this.'),
    rehearseMegabytes: z
      .number()
      .min(10)
      .max(100_000)
      .default(1000)
      .describe('Programs are rehearsed on a copy of the folder if it is no larger than this.'),
    snapshotMegabytes: z
      .number()
      .min(100)
      .max(1_000_000)
      .default(2000)
      .describe('Snapshots of all folders together take no more room than this; the oldest go first.'),
    snapshotDays: z.number().min(1).max(365).default(14).describe('Snapshots are kept for so long.'),
  })
  .prefault({});
