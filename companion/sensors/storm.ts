import type { ActivitySpan } from './records.ts';

/** When changes are a program's doing and not a person's. */
export interface StormRules {
  /** More changes than this within a second or two begin a storm. */
  readonly perSecond: number;
  /** So do more than this within ten seconds. */
  readonly perTenSeconds: number;
  /** Changes a second that no longer keep a storm going: a person's saves in the calm after it. */
  readonly calmPerSecond: number;
  /** A storm is over after this long without being kept going. */
  readonly quietMs: number;
  /** While it goes on its span is written this often, so that a crash loses little. */
  readonly tellMs: number;
  /** Top folders counted by name; the rest is counted together as "…". */
  readonly folders: number;
}

export const STORM_RULES: StormRules = {
  perSecond: 200,
  perTenSeconds: 600,
  calmPerSecond: 10,
  quietMs: 3_000,
  tellMs: 2_000,
  folders: 16,
};

interface Slot {
  readonly second: number;
  readonly n: number;
}

export interface StormState {
  /** Changes of each of the last ten seconds. */
  readonly slots: readonly Slot[];
  /** The storm that goes on, or the last one, whose span a new storm soon after extends. */
  readonly span: ActivitySpan | null;
  /** Since when the storm goes on, when it was last kept going and last told of; null in calm. */
  readonly raging: { readonly since: number; readonly busy: number; readonly told: number } | null;
}

export const calm: StormState = { slots: [], span: null, raging: null };

export interface StormContext {
  readonly workspace: string;
  readonly branch: string | null;
  readonly gapMs: number;
  readonly mint: (at: number) => string;
  readonly rules: StormRules;
}

/**
 * Counts a batch of changed paths. While a storm goes on the batch belongs to it (`swallowed`) and its files
 * get no spans of their own: memory does not grow with the number of files (systems.md §1, Storms). `tell`
 * is true when the storm's span is to be written. Pure.
 */
export function stormStep(
  state: StormState,
  paths: readonly string[],
  now: number,
  context: StormContext,
): { state: StormState; swallowed: boolean; began: boolean; tell: boolean } {
  const { rules } = context;
  const slots = countIn(state.slots, paths.length, now);
  const second = Math.floor(now / 1000);
  const sum = (of: readonly Slot[]) => of.reduce((total, slot) => total + slot.n, 0);
  // The second that is not over yet and the one before, or a storm that begins at its end shows late.
  const current = sum(slots.filter((slot) => slot.second >= second - 1));
  const ten = sum(slots);
  const began = state.raging === null && (current > rules.perSecond || ten > rules.perTenSeconds);
  if (!began && !state.raging) {
    return { state: { ...state, slots }, swallowed: false, began, tell: false };
  }
  const before = state.raging ?? { since: now, busy: now, told: -Infinity };
  const tell = now - before.told >= rules.tellMs;
  const busy = (slots.at(-1)?.n ?? 0) > rules.calmPerSecond ? now : before.busy;
  const raging = { since: before.since, busy, told: tell ? now : before.told };
  const span = grown(began ? beginning(state.span, now, context) : state.span!, paths, now, rules);
  return { state: { slots, span, raging }, swallowed: true, began, tell };
}

/** Adds paths that were waiting when the storm began. Pure. */
export function absorb(state: StormState, paths: readonly string[], rules: StormRules): StormState {
  return state.span ? { ...state, span: grown(state.span, paths, state.span.ended, rules) } : state;
}

/** When the storm is over if nothing keeps it going; null in calm. */
export function stormDueAt(state: StormState, rules: StormRules): number | null {
  return state.raging ? state.raging.busy + rules.quietMs : null;
}

/** Ends the storm that is over at `now`; `ended` tells that it did. Pure. */
export function settle(
  state: StormState,
  now: number,
  rules: StormRules,
): { state: StormState; ended: boolean } {
  const due = stormDueAt(state, rules);
  // A clock that was set back must not keep a storm going.
  if (due === null || (now < due && now >= state.raging!.busy)) return { state, ended: false };
  return { state: { slots: [], span: state.span, raging: null }, ended: true };
}

function countIn(slots: readonly Slot[], n: number, now: number): Slot[] {
  const second = Math.floor(now / 1000);
  const recent = slots.filter((slot) => slot.second > second - 10 && slot.second <= second);
  const last = recent.at(-1);
  if (last?.second === second) return [...recent.slice(0, -1), { second, n: last.n + n }];
  return [...recent, { second, n }];
}

function beginning(last: ActivitySpan | null, now: number, context: StormContext): ActivitySpan {
  const { workspace, branch, gapMs, mint } = context;
  if (last && last.branch === branch && now <= last.ended + gapMs) return last;
  const id = mint(now);
  const times = { started: now, ended: now };
  return {
    id,
    workspace,
    kind: 'storm',
    file: null,
    branch,
    ...times,
    edits: 0,
    saves: 0,
    files: 0,
    folders: {},
  };
}

function grown(span: ActivitySpan, paths: readonly string[], now: number, rules: StormRules): ActivitySpan {
  const folders: Map<string, number> = new Map(Object.entries(span.folders ?? {}));
  for (const path of paths) {
    const slash = path.indexOf('/');
    const top = slash < 0 ? '.' : path.slice(0, slash);
    const name = folders.has(top) || folders.size < rules.folders ? top : '…';
    folders.set(name, (folders.get(name) ?? 0) + 1);
  }
  return {
    ...span,
    ended: Math.max(span.ended, now),
    files: span.files + paths.length,
    folders: Object.fromEntries(folders),
  };
}
