import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { momentWords } from '../interruption/index.ts';
import { count } from '../kernel/index.ts';
import { defaultSettings } from '../protocol/index.ts';
import { Replay, type ReplayedTap, type ReplayReport, StreamReader } from '../replay/index.ts';
import { replayParts } from '../replaying.ts';
import { type Arguments, text, UsageError } from './options.ts';
import { cut, type Output, paint } from './output.ts';

/** Progress is told once in so many lines. */
const TELL_EVERY = 20_000;
const TAPS_SHOWN = 20;
const SILENCES_SHOWN = 8;

/**
 * `progeny replay FILE`: runs a stream of JSON Lines through the rules of the product, here and now, without the
 * companion and without writing anything. Throws `bad_input` with the number of a line that is none.
 */
export async function replayCommand(args: Arguments, output: Output): Promise<void> {
  const [file, ...more] = args.words;
  if (!file || more.length > 0)
    throw new UsageError(
      `replay: expected one file of JSON Lines; received ${args.words.length === 0 ? 'none' : args.words.join(' ')}`,
    );
  const speed = speedOf(text(args, 'speed'));
  const size = await stat(file).then(
    (found) => found.size,
    () => {
      throw new UsageError(`replay: there is no file "${file}"`);
    },
  );
  const live = speed < Infinity && !output.json;
  const replay = new Replay({
    parts: replayParts(),
    settings: defaultSettings,
    onTap: (tap) => {
      if (live) output.note(tapLine(tap));
    },
  });
  const began = performance.now();
  await feed(replay, file, { speed, size, progress: output.progress });
  output.progress('');
  const seconds = (performance.now() - began) / 1000;
  const report = replay.finish();
  output.result({ ...report, seconds: Math.round(seconds * 100) / 100 }, () => reportText(report, seconds));
}

async function feed(
  replay: Replay,
  file: string,
  { speed, size, progress }: { speed: number; size: number; progress: (line: string) => void },
): Promise<void> {
  const reader = new StreamReader();
  const stream = createReadStream(file);
  let last: number | null = null;
  let [bytes, lines] = [0, 0];
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    bytes += Buffer.byteLength(line) + 1;
    const input = reader.read(line);
    if (!input) continue;
    if (++lines % TELL_EVERY === 0)
      progress(`Replaying ${moment(input.at)} ${Math.min(100, Math.round((100 * bytes) / size))} %`);
    const ms = last === null ? 0 : (input.at - last) / speed;
    last = input.at;
    if (ms >= 1) await delay(ms);
    replay.take(input);
  }
}

function speedOf(given: string | undefined): number {
  if (given === undefined || given === 'max') return Infinity;
  const speed = Number(given);
  if (!(speed > 0)) throw new UsageError(`--speed: expected a number above 0 or max; received "${given}"`);
  return speed;
}

function reportText(report: ReplayReport, seconds: number): string {
  const { from, until, virtualDays, inputs, events, taps, silences, patterns, mood, adapted, digest } =
    report;
  if (from === null || until === null) return 'The file holds no line.';
  const lines = [
    paint(
      'bold',
      `Replayed ${moment(from)} to ${moment(until)} UTC: ${count(Math.round(virtualDays), 'day')} in ${seconds.toFixed(1)} s`,
    ),
    `${count(inputs, 'line')}, ${count(events, 'event')} of the work`,
    '',
    `Taps      ${taps.length === 0 ? 'none' : String(taps.length)}`,
    ...taps.slice(0, TAPS_SHOWN).map((tap) => `  ${tapLine(tap)}`),
  ];
  if (taps.length > TAPS_SHOWN) lines.push(paint('dim', `  and ${taps.length - TAPS_SHOWN} more: --json`));
  lines.push(`Silences  ${silences.length === 0 ? 'none' : ''}`.trimEnd());
  lines.push(
    ...gates(silences)
      .slice(0, SILENCES_SHOWN)
      .map(([words, n]) => `  ${String(n).padStart(6)}  ${words}`),
  );
  if (patterns.length > 0) {
    lines.push(`Patterns  ${patterns.length}`);
    for (const { at, kind, subject, status, why } of patterns.slice(0, TAPS_SHOWN))
      lines.push(cut(`  ${moment(at)}  ${kind} ${status}: ${subject}. ${why}`));
    if (patterns.length > TAPS_SHOWN)
      lines.push(paint('dim', `  and ${patterns.length - TAPS_SHOWN} more: --json`));
  }
  if (mood) {
    const parts = Object.entries(mood).map(
      ([name, value]) => `${name} ${typeof value === 'number' ? value.toFixed(2) : value}`,
    );
    lines.push(`Limbic    ${parts.join(' · ')}`);
  }
  for (const reason of adapted) lines.push(`Adapted   ${reason}`);
  lines.push(paint('dim', `Digest    ${digest}`));
  return lines.join('\n');
}

/** Silences by gate, whatever the moment, most first. */
function gates(silences: ReplayReport['silences']): [string, number][] {
  const sums = new Map<string, number>();
  for (const { words, n } of silences) sums.set(words, (sums.get(words) ?? 0) + n);
  return [...sums].sort((a, b) => b[1] - a[1]);
}

function tapLine({ at, moment: when, text: words, why, outcome }: ReplayedTap): string {
  return cut(`${moment(at)}  ${momentWords(when)}${outcome === null ? '' : `, ${outcome}`}: ${words} ${why}`);
}

function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
