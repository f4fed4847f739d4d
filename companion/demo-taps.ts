import type { DemoRooms } from './demo-rooms.ts';
import { stillOpen, workAtRisk } from './interruption/index.ts';
import type { Tap, TapAnswer } from './protocol/index.ts';

const MINUTE = 60_000;

/** Offers what a commit left open to the policy, as an open folder does. */
export function stillOpenAfter(
  { interruption, loops, clock, settings }: DemoRooms,
  folder: string,
  { commit, at, files }: { readonly commit: string; readonly at: number; readonly files: readonly string[] },
): void {
  const open = loops.list({ workspace: folder, limit: 1000 });
  const places = files.map((file) => ({ file }));
  const left = stillOpen({ commit, at, places, files }, open, clock.now(), settings());
  if (left) interruption.propose(left);
}

/** Offers work that only this disk has, and withdraws what is safe. */
export function tellRisks({ interruption, loops, clock, settings }: DemoRooms, folder: string): void {
  const open = loops.list({ workspace: folder, limit: 1000 });
  const risks = workAtRisk(open, clock.now(), settings());
  for (const { id } of open) if (!risks.some(({ subject }) => subject === id)) interruption.withdraw(id);
  for (const risk of risks) interruption.propose(risk);
}

/**
 * How the person answers taps: they take up work at risk mostly, of the rest half; what comes at the wrong time is
 * turned down. `n` counts the taps. Pure.
 */
export function answerTo(tap: Tap, n: number): { readonly answer: TapAnswer; readonly afterMs: number } {
  const afterMs = (8 + ((n * 23) % 70)) * 1000;
  const act = (action: string): TapAnswer => {
    const has = tap.actions.some(({ id }) => id === action);
    return { outcome: 'engaged', action: has ? action : (tap.actions[0]?.id ?? null) };
  };
  const risk = / only on this disk /.test(tap.text);
  const turn = n % 10;
  if (risk ? turn < 8 : turn < 5) return { answer: act('show'), afterMs };
  if (turn === 5 || turn === 8) return { answer: act('later'), afterMs };
  if (turn === 6) return { answer: act('not_useful'), afterMs };
  if (turn === 7) return { answer: { outcome: 'dismissed', action: null }, afterMs };
  return { answer: { outcome: 'ignored', action: null }, afterMs: 6 * MINUTE };
}
