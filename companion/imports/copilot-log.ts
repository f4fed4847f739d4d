import { z } from 'zod';
import { parseJson } from './json-value.ts';
import type { Skip } from './source-file.ts';

const path = z.array(z.union([z.string(), z.number().int().nonnegative()])).min(1);
/** A line of the log: the whole state; a value at a path; values for the end of a list, cut at `i` first; gone. */
const entry = z.union([
  z.object({ kind: z.literal(0), v: z.unknown() }),
  z.object({ kind: z.literal(1), k: path, v: z.unknown() }),
  z.object({
    kind: z.literal(2),
    k: path,
    v: z.array(z.unknown()).nullish(),
    i: z.number().int().nonnegative().nullish(),
  }),
  z.object({ kind: z.literal(3), k: path }),
]);
type Entry = z.infer<typeof entry>;
type Path = z.infer<typeof path>;

/**
 * The state of a session: the one object of a `.json` file, or what the changes of a `.jsonl` log lead to. A line
 * that is no JSON or leads nowhere is skipped. Undefined where there is no first state. Pure.
 */
export function readCopilotState(text: string, skip: Skip): unknown {
  const whole = parseJson(text);
  if (whole !== undefined && !entry.safeParse(whole).success) return whole;
  let state: unknown;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const { data } = entry.safeParse(parseJson(line));
    if (!data) skip('a line of a log that is no change');
    else if (data.kind === 0) state = data.v;
    else if (!apply(state, data)) skip('a change that leads nowhere');
  }
  return state;
}

function apply(state: unknown, change: Exclude<Entry, { kind: 0 }>): boolean {
  const holder = change.k.slice(0, -1).reduce<unknown>(step, state);
  const key = change.k.at(-1) as Path[number];
  if (!isHolder(holder) || !mayHold(holder, key)) return false;
  if (change.kind === 3) return Reflect.set(holder, key, undefined);
  if (change.kind === 1) return Reflect.set(holder, key, change.v);
  const known = step(holder, key) ?? [];
  if (!Array.isArray(known)) return false;
  const from = change.i ?? known.length;
  if (from > known.length) return false;
  return Reflect.set(holder, key, [...known.slice(0, from), ...(change.v ?? [])]);
}

function step(value: unknown, key: Path[number]): unknown {
  return isHolder(value) && Object.hasOwn(value, key)
    ? (value as Record<Path[number], unknown>)[key]
    : undefined;
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** No hole in a list, and nothing that every object inherits. */
function mayHold(holder: object, key: Path[number]): boolean {
  if (Array.isArray(holder)) return typeof key === 'number' && key <= holder.length;
  return key !== '__proto__';
}
