// Scope drift on generated sessions: --from SEED --to SEED. For each strength of creep how many were found within two
// windows; for steady work, how many false alarms in 40 h. --list names the sessions that went wrong.
import { parseArgs } from 'node:util';
import type { Bench, BenchRow } from '../../scripts/bench.ts';
import { STRENGTHS, type Strength, scopeSession } from '../support/streams/scope-sessions.ts';
import { judge, type SessionVerdict } from './support/scope-figures.ts';

const HOUR = 60 * 60 * 1000;
const PER_HOURS = 40;

const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string', default: '2000' },
      to: { type: 'string', default: '2119' },
      list: { type: 'boolean', default: false },
    },
  });
  const seeds = Array.from(
    { length: Number(values.to) - Number(values.from) + 1 },
    (_, i) => Number(values.from) + i,
  );
  const of = (strength: Strength | null) => seeds.map((seed) => judge(scopeSession(seed, strength)));
  const rows: BenchRow[] = [steady('steady', of(null))];
  for (const strength of Object.keys(STRENGTHS) as Strength[]) {
    const verdicts = of(strength);
    if (values.list) for (const verdict of verdicts.filter(({ inTime }) => !inTime)) tell(verdict);
    rows.push({ ...steady(strength, verdicts), ...found(verdicts) });
  }
  if (values.list) for (const verdict of of(null).filter(({ falseAlarms }) => falseAlarms > 0)) tell(verdict);
  return rows;
};
export default bench;

function steady(work: string, verdicts: readonly SessionVerdict[]): BenchRow {
  const hours = verdicts.reduce((sum, { session }) => sum + session.steadyMs, 0) / HOUR;
  const alarms = verdicts.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0);
  return {
    work,
    sessions: verdicts.length,
    steadyHours: Math.round(hours),
    falseAlarms: alarms,
    falsePer40h: round((PER_HOURS * alarms) / hours),
  };
}

function found(verdicts: readonly SessionVerdict[]): BenchRow {
  const windows = verdicts.flatMap((verdict) => verdict.windows ?? []).sort((a, b) => a - b);
  return {
    withinTwo: round(verdicts.filter(({ inTime }) => inTime).length / verdicts.length),
    ever: round(windows.length / verdicts.length),
    medianWindows: windows[Math.floor(windows.length / 2)] ?? -1,
  };
}

function tell({ session, windows, alerts }: SessionVerdict): void {
  const when = alerts.map((at) => new Date(at).toISOString().slice(5, 16)).join(' ');
  const creep = session.creep ? `creep at ${new Date(session.creep.at).toISOString().slice(5, 16)}` : '';
  console.error(`${session.name}: ${creep} alerts ${when || 'none'} (${windows ?? '-'} windows)`);
}

function round(figure: number): number {
  return Math.round(figure * 1000) / 1000;
}
