import { z } from 'zod';
import { id, line, relativeFile, time, workspacePath } from './primitives.ts';

/** A path inside the folder, forward slashes, no `..`; `scoped-files` checks it again by real path. */
const inside = relativeFile;
const argv = z.array(z.string().max(10_000)).min(1).max(500);

/** What a run can do: one tool with its input. There is nothing else that it can do. */
export const wheelStep = z.discriminatedUnion('tool', [
  z.strictObject({
    tool: z.literal('write'),
    path: inside,
    text: z.string().max(2_000_000),
    executable: z.boolean().optional(),
  }),
  z.strictObject({ tool: z.literal('move'), from: inside, to: inside }),
  z.strictObject({ tool: z.literal('delete'), path: inside }),
  /** A unified diff, as `git diff` writes it. */
  z.strictObject({ tool: z.literal('patch'), diff: z.string().min(1).max(10_000_000) }),
  /** A symbol, with all that refers to it: by the editor's own provider. `column` is 1-based. */
  z.strictObject({
    tool: z.literal('rename'),
    path: inside,
    line,
    column: z.number().int().positive(),
    to: z.string().min(1).max(1000),
  }),
  /** A file, with what refers to it: by the editor's own provider. */
  z.strictObject({ tool: z.literal('move_file'), from: inside, to: inside }),
  /** A program with its arguments; never a shell. `folder` is where it runs, '' for the root. */
  z.strictObject({
    tool: z.literal('command'),
    argv,
    folder: z.string().max(4096).default(''),
    purpose: z.string().max(200),
    /** Exit codes that are an answer and no failure, as 1 of a linter that leaves something; default only 0. */
    accept: z.array(z.number().int().min(0).max(255)).max(20).optional(),
  }),
  /** Makes a branch where HEAD stands and goes over to it; the files stay as they are. */
  z.strictObject({ tool: z.literal('branch'), name: z.string().min(1).max(200) }),
  /** Commits what the run changed, on the branch that the same run made. */
  z.strictObject({ tool: z.literal('commit'), message: z.string().trim().min(1).max(5000) }),
  /** Lets a branch go whose commits are all in another. `at`: where it must still stand. */
  z.strictObject({
    tool: z.literal('delete_branch'),
    name: z.string().min(1).max(200),
    at: z.string().regex(/^[0-9a-f]{40,64}$/),
    mergedInto: z.string().min(1).max(200),
  }),
  z.strictObject({
    tool: z.literal('open_loop'),
    title: z.string().trim().min(1).max(200),
    context: z.string().max(10_000).default(''),
    file: inside.optional(),
    line: line.optional(),
  }),
]);
export type WheelStep = z.infer<typeof wheelStep>;
export const wheelTool = z.enum(wheelStep.options.map(({ shape }) => shape.tool.value));
export type WheelTool = z.infer<typeof wheelTool>;

/** What a grant can be about. Each tool needs one of them. */
export const wheelCapability = z.enum(['draft', 'edit', 'command', 'git', 'delete_branch', 'network']);
export type WheelCapability = z.infer<typeof wheelCapability>;

/**
 * `planning`: made out what it would do, on a copy. `previewed`: waits for a person. `counting`: consented to; it
 * begins when the countdown ends. `done`: reported, can be undone. `interrupted`: the companion was killed while
 * it ran and left something that it could not tell from the user's own; it says so and offers to undo.
 */
export const wheelStatus = z.enum([
  'planning',
  'previewed',
  'counting',
  'acting',
  'verifying',
  'done',
  'interrupted',
  // From here on it is settled.
  'kept',
  'undone',
  'rolled_back',
  'vetoed',
  'refused',
  'expired',
  'outdated',
  'failed',
]);
export type WheelStatus = z.infer<typeof wheelStatus>;

/** Who asked for it. */
export const wheelOrigin = z.strictObject({
  by: z.enum(['person', 'agent', 'mind']),
  /** The agent's name, or what the client calls itself. */
  name: z.string().max(200),
  /** Why, in the words of the agent that asks. Shown as what it is: text of somebody else's. */
  why: z.string().max(500).optional(),
});
export type WheelOrigin = z.infer<typeof wheelOrigin>;

/** One step in words, and how it went. */
export const wheelStepState = z.strictObject({
  tool: wheelTool,
  /** What it does, in words: "Runs eslint --fix in src". */
  words: z.string(),
  status: z.enum(['waiting', 'rehearsed', 'running', 'done', 'refused', 'failed', 'taken_back']),
  /** Why it was refused or failed; what it said. */
  note: z.string().nullable(),
});
export type WheelStepState = z.infer<typeof wheelStepState>;

/** The countdown. Where silence is consent it stands still while nobody sees it. */
export const wheelCountdown = z.strictObject({
  consent: z.enum(['click', 'silence']),
  remainingMs: z.number().int().nonnegative(),
  /** When it ends if nothing happens; null while it stands still. */
  endsAt: time.nullable(),
});

/** Something to look at afterwards. */
export const wheelReview = z.strictObject({
  text: z.string(),
  file: inside.nullable(),
  line: line.nullable(),
});
export type WheelReview = z.infer<typeof wheelReview>;
/** What happened, in four parts (look-and-voice.md). */
export const wheelReport = z.strictObject({
  done: z.string(),
  where: z.string(),
  verified: z.string(),
  review: z.array(wheelReview),
  /** What of the commands could reach beyond the folder, in words; null: nothing was run. */
  containment: z.string().nullable(),
});
export type WheelReport = z.infer<typeof wheelReport>;
export const wheelConflict = z.strictObject({ path: z.string(), why: z.string() });
export type WheelConflict = z.infer<typeof wheelConflict>;

/** A delegated piece of work. */
export const wheelRun = z.strictObject({
  id,
  workspace: workspacePath,
  /** The recipe's name; `plan` where a model planned it. */
  recipe: z.string(),
  origin: wheelOrigin,
  status: wheelStatus,
  /** The plan in one sentence. */
  sentence: z.string(),
  /** Where it leads: "fix/lint, not committed". */
  destination: z.string(),
  steps: z.array(wheelStepState),
  /** Which preview an approval must name, and which one was done; null where there was none. */
  digest: z.string().nullable(),
  files: z.number().int().nonnegative(),
  additions: z.number().int().nonnegative(),
  deletions: z.number().int().nonnegative(),
  /** Why it waits for a click, or why it was refused, in words; null where there is nothing to say. */
  reason: z.string().nullable(),
  /** The council's vote on it, where it is contested. */
  proposal: id.nullable(),
  countdown: wheelCountdown.nullable(),
  report: wheelReport.nullable(),
  /** Until when one click takes all of it back. */
  undoUntil: time.nullable(),
  /** What undoing left as it was, and why. */
  conflicts: z.array(wheelConflict),
  createdAt: time,
  changedAt: time,
});
export type WheelRun = z.infer<typeof wheelRun>;

/** A file as the run would leave it. */
export const wheelFile = z.strictObject({
  path: z.string(),
  /** Where it was before, when it moves. */
  from: z.string().nullable(),
  kind: z.enum(['added', 'changed', 'deleted', 'moved', 'mode']),
  binary: z.boolean(),
  additions: z.number().int().nonnegative(),
  deletions: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
});
export type WheelFile = z.infer<typeof wheelFile>;

/** All that a person sees before they say yes. */
export const wheelPreview = z.strictObject({
  run: id,
  digest: z.string(),
  files: z.array(wheelFile),
  /** Programs that run for real afterwards, each as its arguments: the verification. */
  commands: z.array(argv),
  /** What happens to branches, and which loops are opened, in words. */
  effects: z.array(z.string()),
  /** How commands are contained, or "not contained" and why. */
  containment: z.string(),
  /** What undo could not bring back, in words. */
  uncovered: z.array(z.string()),
});
export type WheelPreview = z.infer<typeof wheelPreview>;
export const wheelSide = z.strictObject({
  /** Null where there is no file on this side. */
  text: z.string().nullable(),
  /** True where it is no text; then `text` is null. */
  binary: z.boolean(),
});

/** Something that can be delegated without a model. */
export const wheelRecipe = z.strictObject({
  name: z.string(),
  title: z.string(),
  what: z.string(),
  /** What it asks for: name, question, whether it must be given. */
  options: z.array(z.strictObject({ name: z.string(), question: z.string(), required: z.boolean() })),
  /** Why it cannot be used in this folder; null where it can. */
  unavailable: z.string().nullable(),
});
export type WheelRecipe = z.infer<typeof wheelRecipe>;
export const wheelOptions = z.record(z.string().max(100), z.string().max(1_000_000));
export const wheelProposeInput = z.strictObject({
  workspace: workspacePath,
  recipe: z.string().min(1).max(100),
  options: wheelOptions.default({}),
});
export const wheelListInput = z.strictObject({
  workspace: workspacePath.optional(),
  limit: z.number().int().min(1).max(200).default(20),
});
export const wheelApproveInput = z.strictObject({
  id,
  digest: z.string().min(1).max(200),
  /** Only these of its files; left out: all. */
  files: z.array(z.string()).max(10_000).optional(),
});
export const wheelSeenInput = z.strictObject({
  id,
  digest: z.string().min(1).max(200),
  /** Whether the countdown can be seen now, in the window that has the focus. */
  visible: z.boolean(),
});
export const wheelUndoInput = z.strictObject({ id, files: z.array(z.string()).max(10_000).optional() });

/** What the pulse shows of delegated work. */
export const wheelPulse = z.strictObject({
  run: id,
  sentence: z.string(),
  status: wheelStatus,
});

/** Leave that a person gave: for one capability, in one folder, for a time. */
export const grant = z.strictObject({
  id,
  capability: wheelCapability,
  workspace: workspacePath,
  /** Only below these folders or files; empty: the whole folder. */
  paths: z.array(z.string()),
  /** Only programs whose arguments begin so; null where it is not about commands. */
  argv: argv.nullable(),
  /** Whether silence is consent, at trust of .9 or more. */
  silence: z.boolean(),
  createdAt: time,
  expiresAt: time,
  revokedAt: time.nullable(),
  uses: z.number().int().nonnegative(),
});
export type Grant = z.infer<typeof grant>;
export const grantGiveInput = z.strictObject({
  capability: wheelCapability,
  workspace: workspacePath,
  paths: z.array(z.string().min(1).max(4096)).max(100).default([]),
  argv: argv.nullable().default(null),
  silence: z.boolean().default(false),
  days: z.number().min(0.01).max(365).default(30),
});

/** A row of the audit log: ids, names and salted digests, never content. */
export const auditRow = z.strictObject({
  seq: z.number().int().positive(),
  at: time,
  run: id.nullable(),
  actor: z.string(),
  /** What happened: `proposed`, `approved`, `step`, `refused`, `undone`, `granted`, … */
  act: z.string(),
  tool: z.string().nullable(),
  /** A rehearsal changes nothing. */
  real: z.boolean(),
  result: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hash: z.string(),
});
export type AuditRow = z.infer<typeof auditRow>;
export const auditVerdict = z.strictObject({
  whole: z.boolean(),
  rows: z.number().int().nonnegative(),
  head: z.string(),
  /** What is wrong with which row, in words. */
  findings: z.array(z.strictObject({ seq: z.number().int(), what: z.string() })),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;

/** A folder as it stood. */
export const snapshotInfo = z.strictObject({
  id,
  at: time,
  workspace: workspacePath,
  why: z.string(),
  /** The run that it belongs to. */
  run: id.nullable(),
  uncovered: z.array(z.string()),
});
export type SnapshotInfo = z.infer<typeof snapshotInfo>;
export const snapshotChange = z.strictObject({
  path: z.string(),
  kind: z.enum(['added', 'changed', 'deleted']),
});
export const snapshotsKept = z.strictObject({
  snapshots: z.array(snapshotInfo),
  bytes: z.number().int().nonnegative(),
  limitBytes: z.number().int().nonnegative(),
});

const [, , , , renameStep, moveFileStep] = wheelStep.options;
/** What the companion asks of an editor with the capability `rename`; nothing is changed by it. */
export const editorRenameInput = z.strictObject({
  /** The folder as it is open in the editor. */
  root: workspacePath,
  step: z.discriminatedUnion('tool', [renameStep, moveFileStep]),
});
export type EditorRenameInput = z.infer<typeof editorRenameInput>;

/** Its answer: first files move, then each of `texts` is the whole text of the file that then has that path. */
export const editorRenameAnswer = z.strictObject({
  texts: z.record(inside, z.string().max(2_000_000)),
  moves: z.array(z.strictObject({ from: inside, to: inside })).max(10_000),
});
export type EditorRenameAnswer = z.infer<typeof editorRenameAnswer>;
