import { defaultSettings } from '../../companion/protocol/index.ts';
import { Replay, StreamReader } from '../../companion/replay/index.ts';
import { replayParts } from '../../companion/replaying.ts';
import { developerWeeks } from '../support/streams/developer-weeks.ts';
import { rounded } from './support/statistics.ts';

const DAYS = 90;
const SEED = 1;

/**
 * Ninety virtual days of a generated developer, twice, from lines of text to the report: sensors, patterns, policy and
 * mood. `seconds` is the slower run; `identical` compares the digests over all decisions.
 */
export default async function replay() {
  const lines = developerWeeks({ seed: SEED, days: DAYS }).lines.map((line) => JSON.stringify(line));
  const runs = [run(lines), run(lines)];
  const seconds = Math.max(...runs.map(({ seconds }) => seconds));
  const { report } = runs[0]!;
  return [
    {
      virtualDays: rounded(report.virtualDays, 1),
      lines: report.inputs,
      events: report.events,
      taps: report.taps.length,
      seconds: rounded(seconds, 2),
      linesPerSecond: Math.round(report.inputs / seconds),
      eventsPerSecond: Math.round(report.events / seconds),
      identical: runs.every(({ report: { digest } }) => digest === report.digest),
    },
  ];
}

function run(lines: readonly string[]) {
  const began = performance.now();
  const reader = new StreamReader();
  const replay = new Replay({ parts: replayParts(), settings: defaultSettings });
  for (const line of lines) replay.take(reader.read(line)!);
  const report = replay.finish();
  return { report, seconds: (performance.now() - began) / 1000 };
}
