import type {
  Event,
  GlobePage,
  GlobePoint,
  GlobeTie,
  LoopStatus,
  MemoryKind,
  Tone,
} from '../../companion/protocol/index.ts';
import { type Dice, diceOf } from './dice.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const THEMES: readonly (readonly [id: string, terms: readonly string[], titles: readonly string[]])[] = [
  [
    'cluster_clock',
    ['clock', 'scheduler', 'tick'],
    [
      'freeze the clock in scheduler tests',
      'retry timer drifts by a tick',
      'leap second in the cron parser',
      'scheduler: advance() instead of tick()',
      'flake in one of forty runs',
    ],
  ],
  [
    'cluster_parser',
    ['parser', 'grammar', 'crlf'],
    [
      'handle CRLF in the tokenizer',
      'grammar: trailing commas',
      'recover from an unclosed brace',
      'lexer keeps comments',
      'error spans point one column left',
    ],
  ],
  [
    'cluster_import',
    ['import', 'encoding', 'csv'],
    [
      'feature/import',
      'detectEncoding for Latin-1',
      'mapping of empty columns',
      'reader stops at a NUL byte',
      'import 2 GB without holding it',
    ],
  ],
  [
    'cluster_store',
    ['sqlite', 'migration', 'index'],
    [
      'why SQLite and not LMDB',
      'migration 014: index by day',
      'vacuum takes 40 s',
      'read-only replicas',
      'checkpoint at close',
    ],
  ],
  [
    'cluster_docs',
    ['docs', 'readme', 'examples'],
    [
      'docs/grammar.md is out of date',
      'examples for the CLI',
      'changelog of 2.3',
      'a picture of the pipeline',
    ],
  ],
  [
    'cluster_ci',
    ['ci', 'cache', 'runner'],
    ['cache misses on every other run', 'arm64 runner', 'split the slow suite', 'nightly fuzzing'],
  ],
  [
    'cluster_login',
    ['session', 'token', 'login'],
    ['token expires while typing', 'rotate the signing key', 'session fixation test', 'logout everywhere'],
  ],
];
const RECORDS: readonly MemoryKind[] = [
  'whisper',
  'whisper',
  'decision',
  'fact',
  'observation',
  'conversation',
  'episode',
];
const FILES = ['reader.ts', 'queue.ts', 'main.ts', 'retry.ts', 'index.ts', 'lexer.ts', 'cli.ts', 'pool.ts'];
const STATUSES: readonly LoopStatus[] = [
  'open',
  'open',
  'open',
  'proposed',
  'stale',
  'deferred',
  'blessed',
  'merged',
  'merged',
  'dropped',
];

/** A few months of a developer's work on a globe, the same each time; what is asked is answered from these lists. */
export class ScriptedGlobe {
  points: GlobePoint[];
  ties: GlobeTie[];
  events: Event[] = [];
  clusters: GlobePage['clusters'];
  guilds: GlobePage['guilds'] = [{ id: 'guild_release', name: 'Release panel', tone: null }];
  seq = 100;

  constructor(now: number, workspace: string, count = 420) {
    const dice = diceOf(7);
    this.clusters = THEMES.map(([id, name]) => ({
      id,
      name: [...name],
      size: Math.round(count / THEMES.length),
    }));
    this.points = Array.from({ length: count }, (_, n) => pointOf(n, now, workspace, dice));
    this.ties = tiesAmong(this.points, dice);
  }

  page({ after, limit }: { after?: string | undefined; limit: number }): GlobePage {
    const from = after === undefined ? 0 : Number(after.split(':')[1]);
    const points = this.points.slice(from, from + limit);
    const next = from + limit < this.points.length ? `records:${from + limit}` : null;
    const { seq, clusters, guilds } = this;
    return { seq, total: this.points.length, looked: points.length, next, points, clusters, guilds };
  }

  some(ids: readonly string[]): { seq: number; points: GlobePoint[] } {
    return { seq: this.seq, points: this.points.filter(({ id }) => ids.includes(id)) };
  }

  log({ since, limit, types }: { since: number; limit: number; types?: readonly string[] | undefined }) {
    const events = this.events
      .filter(({ seq, type }) => seq > since && (types?.includes(type) ?? true))
      .slice(0, limit);
    const last = Math.max(this.seq, this.events.at(-1)?.seq ?? 0);
    return { events, through: events.length === limit ? events.at(-1)!.seq : last, last };
  }
}

function pointOf(n: number, now: number, workspace: string, dice: Dice): GlobePoint {
  const [cluster, , titles] = dice.among(THEMES);
  const age = 120 * DAY * dice.share() ** 2.4 + HOUR;
  const loop = n % 7 === 0;
  const kind = loop ? 'loop' : dice.among(RECORDS);
  const status = loop ? dice.among(STATUSES) : null;
  const ended = status === 'blessed' || status === 'merged' || status === 'dropped';
  const createdAt = Math.round(now - age - (loop ? 9 * DAY * dice.share() : 0));
  const touchedAt = Math.round(now - age);
  const [tone, toneWords] = toneOf(status, age, dice);
  const fresh = 2 ** (-age / (7 * DAY));
  return {
    id: loop ? `loop_globe${n}` : `memory_globe${n}`,
    kind,
    title: `${dice.among(titles)}${n % 2 === 0 ? `, ${dice.among(FILES)}` : ''}`,
    private: false,
    workspace: n % 9 === 0 ? '/home/dev/borealis' : workspace,
    cluster: dice.share() < 0.92 ? cluster : null,
    guilds: loop && n % 3 === 0 ? ['guild_release'] : [],
    tone,
    toneDeclared: !loop && n % 17 === 0,
    toneWords: !loop && n % 17 === 0 ? 'declared' : toneWords,
    status,
    createdAt,
    touchedAt,
    endedAt: ended ? touchedAt : null,
    activity: Math.round(1000 * Math.min(1, (loop ? 0.35 : 0.15) + 0.6 * fresh * dice.share())) / 1000,
    parent: null,
    drifting: loop && !ended && n % 105 === 0,
    whisper: loop ? 'mind the second case: the timer is not frozen there' : null,
  };
}

function toneOf(status: LoopStatus | null, age: number, dice: Dice): readonly [Tone, string] {
  if (status === 'blessed') return ['calm', 'signed off'];
  if (status === 'merged') return ['calm', 'merged'];
  if (status === 'dropped') return ['weary', 'given up'];
  if (status === 'deferred') return ['weary', 'put off'];
  if (status !== null && dice.share() < 0.18) return ['tense', '2 conflicts'];
  if (age > 50 * DAY && dice.share() < 0.6) return ['weary', `untouched for ${Math.round(age / DAY)} days`];
  if (age < 3 * DAY && dice.share() < 0.5) return ['focused', '3 files in work'];
  const found: readonly (readonly [Tone, string])[] = [
    ['curious', 'a question'],
    ['playful', 'split from another thread'],
    ['calm', 'settled'],
    ['focused', 'looked up 4 times'],
    ['curious', 'an observation'],
  ];
  return dice.among(found);
}

function tiesAmong(points: readonly GlobePoint[], dice: Dice): GlobeTie[] {
  const loops = points.filter(({ kind }) => kind === 'loop');
  return Array.from({ length: 40 }, (_, n): GlobeTie | null => {
    const [from, to] = [dice.among(loops), dice.among(loops)];
    if (from.id === to.id) return null;
    if (n % 6 === 0) return { from: from.id, to: to.id, kind: 'fork', strength: 1, words: 'split from it' };
    return {
      from: from.id,
      to: to.id,
      kind: 'files',
      strength: Math.round(1000 * dice.share()) / 1000,
      words: '2 files: parser.ts and lexer.ts',
    };
  })
    .filter((tie) => tie !== null)
    .toSorted((a, b) => b.strength - a.strength);
}
