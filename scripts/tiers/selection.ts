import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../runtime.mjs';
import { type HostKind, hostKind } from './host.ts';
import type { Parts } from './parts.ts';

export interface MochaTier {
  readonly name: string;
  readonly files: string;
  /** Ends what hangs; how fast something is, is for its test to say. */
  readonly timeoutMs: number;
  /** Counts towards the coverage bar, child processes included. Counting makes a tier half as slow again. */
  readonly measured: boolean;
  /** Runs from what the build makes. */
  readonly built: boolean;
  /**
   * Under CI a file that failed runs once more by itself: a browser and an editor that are not ours may fall over
   * on a busy machine. What then passes is named in the summary. Tests of our own code alone get no second chance.
   */
  readonly again?: true;
  /** Its files are dealt out to several processes. Only for what holds no place that others need. */
  readonly parts?: Parts;
  /** The tier whose lanes it shares. Only for tiers that are both run again where they failed: each makes the other late. */
  readonly beside?: string;
}

export const mochaTiers: readonly MochaTier[] = [
  { name: 'tidy', files: 'test/tidy/**/*.test.ts', timeoutMs: 20_000, measured: false, built: false },
  {
    name: 'unit',
    files: 'test/unit/**/*.test.ts',
    timeoutMs: 60_000, // counted and beside a host that is being made, what takes 5 s alone takes 20
    measured: true,
    built: false,
    parts: {
      atOnce: 3,
      parts: 9,
      long: [
        'test/unit/anchors/follow-simulation.test.ts',
        'test/unit/dream/kill.test.ts',
        'test/unit/memory/meaning.test.ts',
        'test/unit/interruption/developer-weeks.test.ts',
        'test/unit/replay/replay.test.ts',
      ],
    },
  },
  {
    name: 'service',
    files: 'test/service/**/*.test.ts',
    timeoutMs: 60_000,
    measured: false,
    built: true,
    parts: {
      atOnce: 3,
      parts: 10,
      long: [
        'test/service/kill.test.ts',
        'test/service/wheel-kill.test.ts',
        'test/service/memory-cli.test.ts',
      ],
    },
  },
  {
    name: 'browser',
    files: 'test/browser/**/*.test.ts',
    timeoutMs: 60_000,
    measured: false,
    built: true,
    again: true,
    parts: {
      atOnce: 3,
      parts: 6,
      long: ['test/browser/hostile.test.ts', 'test/browser/look.test.ts', 'test/browser/look-too.test.ts'],
    },
  },
  {
    name: 'host',
    files: 'test/host/*.test.ts',
    timeoutMs: 180_000,
    measured: true,
    built: true,
    again: true,
    parts: { atOnce: 3, parts: 8 },
    beside: 'browser',
  },
];

/** What of the tests to run, and how. */
export interface Selection {
  readonly tiers: ReadonlySet<string>;
  readonly grep: string | undefined;
  readonly hostKind: HostKind;
  /** Only a whole run is held against the coverage bar. */
  readonly withCoverage: boolean;
  /** The test files of a tier that were asked for, sorted; all where none was named. */
  filesOf(tier: MochaTier): readonly string[];
  /** Whether the suite inside the extension host was asked for. */
  readonly hostSuite: boolean;
}

const slashed = (file: string) => file.replaceAll(path.sep, '/');

/** Reads `[--tier NAMES]... [--grep TEXT] [--host KIND] [--no-coverage] [FILE]...`; throws the words to say when it cannot. */
export function parseSelection(argv: readonly string[]): Selection {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      tier: { type: 'string', multiple: true },
      grep: { type: 'string' },
      host: { type: 'string' },
      'no-coverage': { type: 'boolean' },
    },
  });
  const files = positionals.map((file) => slashed(path.relative(root, path.resolve(file))));
  const known = ['check', ...mochaTiers.map(({ name }) => name)];
  const ofFiles = files.map(
    (file) => known.find((name) => file.startsWith(`test/${name}/`)) ?? `for ${file}`,
  );
  const named = [...(values.tier ?? []).flatMap((names) => names.split(',')), ...ofFiles];
  for (const name of named) {
    if (!known.includes(name)) throw new Error(`no tier ${name}; the tiers are ${known.join(', ')}`);
  }
  return {
    tiers: new Set(named.length > 0 ? named : known),
    grep: values.grep,
    hostKind: hostKind(values.host),
    withCoverage: named.length === 0 && values.grep === undefined && !values['no-coverage'],
    hostSuite: files.length === 0 || files.some((file) => file.startsWith('test/host/suite/')),
    filesOf: (tier) => chosen(tier, files),
  };
}

function chosen({ name, files: pattern }: MochaTier, asked: readonly string[]): readonly string[] {
  const all = globSync(pattern, { cwd: root }).map(slashed).sort();
  const own = asked.filter((file) => file.startsWith(`test/${name}/`));
  if (own.length === 0) return all;
  return all.filter((file) => own.some((one) => file === one || file.startsWith(`${one}/`)));
}
