import { z } from 'zod';
import { editorSignal, relativeFile, settingsPatch, sha, time, workspacePath } from '../protocol/index.ts';

const window = z.string().min(1).max(200);
const branch = z.string().min(1).max(500).nullable();
const name = z.string().min(1).max(500);
const inFolder = { at: time, workspace: workspacePath };

/** A signal as a line holds it: its time is that of the line. */
const signal = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && !('at' in value) ? { at: 0, ...value } : value),
  editorSignal,
);

const action = z.strictObject({
  id: z.enum(['show', 'brief', 'later', 'not_useful']),
  label: z.string().max(200),
});

/** How a line of each kind looks; the key that names the kind is the one that no other line has. */
const shapes = {
  signal: z.strictObject({ ...inFolder, window, signal }),
  left: z.strictObject({ at: time, window, left: z.literal(true) }),
  branch: z.strictObject({ ...inFolder, branch }),
  commit: z.strictObject({
    ...inFolder,
    commit: z.strictObject({
      commit: sha,
      own: z.boolean(),
      branch,
      files: z.array(relativeFile).max(100_000),
      insertions: z.number().int().nonnegative(),
      deletions: z.number().int().nonnegative(),
    }),
  }),
  changed: z.strictObject({
    ...inFolder,
    /** Files written on disk, with their size afterwards where it is known. */
    changed: z
      .array(
        z.union([relativeFile, z.strictObject({ file: relativeFile, size: z.number().int().nonnegative() })]),
      )
      .max(100_000),
  }),
  loops: z.strictObject({
    ...inFolder,
    loops: z.array(z.strictObject({ loop: name, status: name, touchedAt: time })).max(10_000),
  }),
  risk: z.strictObject({
    ...inFolder,
    risk: z.strictObject({
      what: z.enum(['uncommitted', 'unpushed', 'disk']),
      subject: name,
      since: time.nullable(),
    }),
  }),
  candidate: z.strictObject({
    at: time,
    candidate: z.strictObject({
      id: z.string().regex(/^[a-z_]+:.+$/, 'kind:subject:period'),
      subject: name,
      workspace: workspacePath.nullable(),
      text: z.string().max(2000),
      why: z.string().max(2000),
      actions: z.array(action).max(4),
      bypass: z.boolean(),
    }),
  }),
  withdraw: z.strictObject({ at: time, withdraw: name }),
  outcome: z.strictObject({
    at: time,
    outcome: z.strictObject({
      subject: name,
      result: z.enum(['success', 'failure', 'undone', 'outside_contract']),
    }),
  }),
  answers: z.strictObject({
    at: time,
    /** How taps are answered from then on; `none`: not at all. */
    answers: z.strictObject({
      outcome: z.enum(['engaged', 'dismissed', 'ignored', 'none']),
      afterMs: time,
    }),
  }),
  pause: z.strictObject({ at: time, pause: time }),
  zone: z.strictObject({
    at: time,
    /** Local time is UTC plus this, from then on. */
    zone: z.strictObject({
      offsetMinutes: z
        .number()
        .int()
        .min(-14 * 60)
        .max(14 * 60),
    }),
  }),
  settings: z.strictObject({ at: time, settings: settingsPatch }),
} as const;

type Shapes = typeof shapes;
type Kind = keyof Shapes;
/** One thing that happens in a replay. `kind` is the key that names it. */
export type ReplayInput = { [K in Kind]: { readonly kind: K } & Readonly<z.infer<Shapes[K]>> }[Kind];

const KINDS = Object.keys(shapes) as Kind[];

/** A line of JSON as an input. Throws what is wrong with it, in words, without the number of the line. */
export function parseInput(text: string): ReplayInput {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`expected an object; received ${shown(value)}`);
  const kind = KINDS.find((key) => Object.hasOwn(value, key));
  if (!kind)
    throw new TypeError(
      `expected one of the keys ${KINDS.join(', ')}; received ${Object.keys(value).join(', ') || 'none'}`,
    );
  const result = shapes[kind].safeParse(value);
  if (result.success) return { kind, ...result.data } as ReplayInput;
  const [issue] = result.error.issues;
  const path = issue!.path.map(String);
  const received = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
  throw new TypeError(`${path.join('.') || kind}: ${issue!.message}; received ${shown(received)}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
