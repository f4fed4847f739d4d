import { z } from 'zod';
import { patchOf } from './patch.ts';
import { languageSettings } from './settings-language.ts';
import { minutes } from './settings-units.ts';
import { wheelSettings } from './settings-wheel.ts';

/**
 * Every number a rule uses and a user may want to change, with its default. Sections are rooms.
 * The defaults are those of the design's rules; the extension's settings page is made from this schema.
 */
export const settings = z.strictObject({
  interruption: z
    .strictObject({
      refractoryMinutes: minutes.default(240).describe('At most one unsolicited tap in this many minutes.'),
      maxRefractoryMinutes: minutes
        .default(1440)
        .describe('The longest that dismissals may stretch the pause between taps.'),
      perDay: z
        .number()
        .int()
        .min(0)
        .max(20)
        .default(3)
        .describe('At most this many unsolicited taps a day.'),
      dismissalsToDouble: z
        .number()
        .int()
        .min(1)
        .max(20)
        .default(3)
        .describe('Dismissals in a row that double the pause.'),
      quietFrom: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$|^$/)
        .default('')
        .describe('Quiet hours begin (HH:MM local time; empty: none).'),
      quietUntil: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$|^$/)
        .default('')
        .describe('Quiet hours end (HH:MM local time).'),
      typingGraceSeconds: z
        .number()
        .min(1)
        .max(600)
        .default(10)
        .describe('No tap within this many seconds of typing.'),
      saveQuietSeconds: z
        .number()
        .min(1)
        .max(3600)
        .default(60)
        .describe('A save counts as a boundary after this long without typing.'),
      idleSeconds: z.number().min(5).max(3600).default(45).describe('Idle time that counts as a boundary.'),
      candidateHours: z
        .number()
        .min(1)
        .max(168)
        .default(24)
        .describe('How long something stays worth telling.'),
      adapt: z
        .boolean()
        .default(true)
        .describe('Let your answers to taps adjust how long they wait, within fixed limits.'),
      shortestRefractoryMinutes: minutes
        .default(180)
        .describe('Where you take up most taps, the pause between them gets no shorter than this.'),
      spontaneous: z
        .boolean()
        .default(true)
        .describe('Also tell of a memory, a question or an open end that bears on the work at hand.'),
    })
    .prefault({}),
  sensors: z
    .strictObject({
      exclude: z
        .array(z.string().max(500))
        .max(200)
        .default([])
        .describe('Globs that are never recorded, beside .gitignore.'),
      spanGapSeconds: z
        .number()
        .min(1)
        .max(3600)
        .default(60)
        .describe('Activity on the same file and branch within this gap extends one span.'),
      rawHours: z
        .number()
        .min(1)
        .max(24 * 30)
        .default(48)
        .describe('Raw sensor rows are kept this long.'),
      spanDays: z.number().min(1).max(3650).default(90).describe('Activity spans are kept this long.'),
      timelineDays: z
        .number()
        .min(7)
        .max(3650)
        .default(180)
        .describe('What happened in the work (edits, tests, commits as metadata) is kept this long.'),
      systemSeconds: z
        .number()
        .min(5)
        .max(3600)
        .default(15)
        .describe('How often the load of the machine is read.'),
    })
    .prefault({}),
  loops: z
    .strictObject({
      proposalsPerRepository: z
        .number()
        .int()
        .min(0)
        .max(200)
        .default(20)
        .describe('At most this many proposals a repository.'),
      shown: z.number().int().min(1).max(50).default(7).describe('How many loops a brief shows.'),
      staleDays: z.number().min(1).max(365).default(7).describe('A loop idle for this long is stale.'),
      todoTouchedDays: z
        .number()
        .min(1)
        .max(3650)
        .default(90)
        .describe('A foreign TODO counts only in files touched within this time.'),
      reunionHours: z
        .number()
        .min(1)
        .max(24 * 30)
        .default(48)
        .describe('Away for this long is worth a brief on return.'),
      uncommittedRiskHours: z
        .number()
        .min(1)
        .max(24 * 30)
        .default(24)
        .describe('Uncommitted work older than this is at risk.'),
      unpushedRiskDays: z
        .number()
        .min(0.1)
        .max(90)
        .default(3)
        .describe('Unpushed work older than this is at risk, where a remote exists.'),
      dayStartsAt: z.number().int().min(0).max(23).default(5).describe('The hour at which a new day begins.'),
    })
    .prefault({}),
  patterns: z
    .strictObject({
      baselineDays: z
        .number()
        .int()
        .min(3)
        .max(90)
        .default(14)
        .describe('What is usual for you is judged by this many days.'),
      filesPerHour: z
        .number()
        .int()
        .min(3)
        .max(1000)
        .default(10)
        .describe('More files than this in an hour, and than twice your usual, are a spike of work.'),
      switchesPerHour: z
        .number()
        .int()
        .min(5)
        .max(1000)
        .default(20)
        .describe(
          'More hasty switches between files than this in an hour, and than twice your usual, are thrash.',
        ),
      dwellSeconds: z
        .number()
        .min(1)
        .max(600)
        .default(30)
        .describe('A file that is left sooner than this was left in haste.'),
      stuckMinutes: z
        .number()
        .min(5)
        .max(600)
        .default(30)
        .describe('A test or an error that stands for this long at work means being stuck.'),
      focusMinutes: z
        .number()
        .min(5)
        .max(600)
        .default(15)
        .describe('Work of this length in one folder is a focus that can shift.'),
    })
    .prefault({}),
  store: z
    .strictObject({
      dailyBackups: z.number().int().min(1).max(365).default(7).describe('Daily backups kept.'),
      weeklyBackups: z.number().int().min(0).max(520).default(4).describe('Weekly backups kept.'),
      warnFreeMb: z.number().min(0).default(2048).describe('Warn below this much free disk.'),
      readOnlyFreeMb: z.number().min(0).default(200).describe('Write nothing below this much free disk.'),
    })
    .prefault({}),
  memory: z
    .strictObject({
      model: z
        .string()
        .max(4096)
        .default('')
        .describe(
          'Folder with model.onnx and tokenizer.json of a sentence model (empty: the one in the data directory, if there is one).',
        ),
      indexShare: z
        .number()
        .min(0.01)
        .max(1)
        .default(0.5)
        .describe('The share of time that reading many records into the index may take.'),
    })
    .prefault({}),
  language: languageSettings,
  review: z
    .strictObject({
      perDay: z
        .number()
        .int()
        .min(0)
        .max(5)
        .default(5)
        .describe('At most this many beliefs about you are offered for review a day.'),
    })
    .prefault({}),
  narration: z
    .strictObject({
      on: z.boolean().default(true).describe('Tell what happens as a story, line by line.'),
      plain: z.boolean().default(false).describe('Plain words, without the voice of Cal or Arty.'),
      speaker: z
        .enum(['both', 'Cal', 'Arty'])
        .default('both')
        .describe('Who tells it: Cal (steady), Arty (provocative), or whom it concerns more.'),
      statusBar: z
        .boolean()
        .default(true)
        .describe('Show important lines in the status bar for some seconds.'),
      statusBarFrom: z
        .number()
        .min(0)
        .max(1)
        .default(0.7)
        .describe('A line of this importance or more is shown there (0 to 1).'),
      overlay: z
        .boolean()
        .default(true)
        .describe(
          'Show lines for some seconds over the other views of the web app, as they come. Not in panes of the editor as narrow as a side bar.',
        ),
      overlayFrom: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe('A line of this importance or more is shown there (0 to 1).'),
      model: z
        .boolean()
        .default(false)
        .describe(
          'Let a language model say important lines in other words as they come. What is kept, and what the model gets wrong, is said in ours. Needs a model (see Language).',
        ),
    })
    .prefault({}),
  wheel: wheelSettings,
  dream: z
    .strictObject({
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$|^$/)
        .default('02:00')
        .describe('When the nightly dream is due (HH:MM local time; empty: only when asked for).'),
      idleMinutes: z
        .number()
        .min(1)
        .max(24 * 60)
        .default(10)
        .describe('It waits until nobody has been at work for so long.'),
      materialMinutes: minutes
        .default(60)
        .describe('It needs so many minutes of new material, in stretches of five.'),
    })
    .prefault({}),
  gateway: z
    .strictObject({
      maxBodyBytes: z
        .number()
        .int()
        .min(1024)
        .default(1024 * 1024)
        .describe('Largest request body or frame.'),
      sessionHours: z
        .number()
        .min(1)
        .max(24 * 90)
        .default(24)
        .describe('How long a browser session lasts.'),
      rateFactor: z.number().min(0.01).max(10_000).default(1).describe('Multiplies every rate limit.'),
      codeSeconds: z
        .number()
        .min(5)
        .max(3600)
        .default(120)
        .describe('How long a one-use login code is valid.'),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settings>;

function sectionPatch<S extends z.ZodRawShape>(section: z.ZodPrefault<z.ZodObject<S>>) {
  return patchOf(section.unwrap()).optional();
}

/** A change of settings: what is present replaces what is in force. */
export const settingsPatch = z.strictObject({
  interruption: sectionPatch(settings.shape.interruption),
  sensors: sectionPatch(settings.shape.sensors),
  loops: sectionPatch(settings.shape.loops),
  store: sectionPatch(settings.shape.store),
  memory: sectionPatch(settings.shape.memory),
  language: sectionPatch(settings.shape.language),
  review: sectionPatch(settings.shape.review),
  narration: sectionPatch(settings.shape.narration),
  wheel: sectionPatch(settings.shape.wheel),
  dream: sectionPatch(settings.shape.dream),
  gateway: sectionPatch(settings.shape.gateway),
  patterns: sectionPatch(settings.shape.patterns),
});
export type SettingsPatch = z.infer<typeof settingsPatch>;

export const defaultSettings: Settings = settings.parse({});
