import assert from 'node:assert/strict';
import {
  type Material,
  type Recollection,
  SPONTANEOUS,
  spontaneous,
} from '../../../companion/interruption/index.ts';
import { tone } from '../../../companion/protocol/index.ts';
import { DAY, START } from './simulation/events.ts';
import { loopOf } from './simulation/loops.ts';

const branch = (name: string, ...files: string[]) => [
  { kind: 'branch' as const, branch: name },
  ...files.map((file) => ({ kind: 'file' as const, file })),
];
const remembered = (over: Partial<Recollection> = {}): Recollection => ({
  id: 'memory_1',
  kind: 'decision',
  text: 'Tests freeze the clock.',
  happenedAt: START - 20 * DAY,
  file: 'src/clock.ts',
  ...over,
});
const of = (over: Partial<Material> = {}): Material => ({
  workspace: '/w',
  branch: 'fix/clock',
  files: ['src/clock.ts'],
  loops: [],
  memories: [],
  tone: null,
  told: new Set(),
  ...over,
});
const idea = (over: Partial<Material>) => spontaneous(of(over), START);

const clashing = [
  loopOf({ id: 'loop_1', source: 'branch', touchedAt: START, anchors: branch('fix/clock', 'src/clock.ts') }),
  loopOf({
    id: 'loop_2',
    source: 'branch',
    touchedAt: START,
    anchors: branch('feature/x', 'src/clock.ts', 'src/x.ts'),
  }),
];
const unexplained = loopOf({
  id: 'loop_3',
  source: 'branch',
  context: '',
  anchors: branch('fix/clock'),
  facts: { ahead: 4, uncommittedFiles: 1, current: true },
  createdAt: START - 3 * DAY,
  touchedAt: START,
});
const still = loopOf({
  id: 'loop_4',
  source: 'manual',
  title: 'Rewrite',
  anchors: [],
  touchedAt: START - 20 * DAY,
});

describe('spontaneity', () => {
  const table: readonly (readonly [kind: string, Partial<Material>, text: RegExp, why: RegExp])[] = [
    [
      'connection',
      { loops: clashing },
      /^`fix\/clock` and `feature\/x` both change clock\.ts\.$/,
      /src\/clock\.ts/,
    ],
    [
      'question',
      { loops: [unexplained] },
      /^What is `fix\/clock` for\? It has 4 commits and 1 open file/,
      /3 days/,
    ],
    [
      'memory',
      { memories: [remembered()] },
      /^You decided about clock\.ts: "Tests freeze the clock\."$/,
      /20 days ago/,
    ],
    [
      'offer',
      { loops: [still] },
      /^"Rewrite" is untouched for 20 days\. Keep it/,
      /longest untouched of 1 open thread/,
    ],
    [
      'reminiscence',
      { memories: [remembered({ kind: 'whisper', file: null, happenedAt: START - 365 * DAY })] },
      /^A year ago you noted: /,
      /Is it still so\?/,
    ],
  ];
  for (const [kind, material, text, why] of table) {
    it(`${kind}: says what, why now, and what it rests on`, () => {
      const found = idea(material);
      assert.ok(found && SPONTANEOUS.has(kind) && found.id.startsWith(`${kind}:`));
      assert.match(found.text, text);
      assert.match(found.why, why);
      assert.deepEqual([found.bypass, found.workspace], [false, '/w']);
      assert.equal(found.text.split('?').length <= 2, true);
    });

    it(`${kind}: not twice, and not in a tense or weary mood`, () => {
      assert.equal(idea({ ...material, told: new Set([idea(material)!.id]) }), null);
      for (const mood of tone.options) {
        const heavy = mood === 'tense' || mood === 'weary';
        assert.equal(idea({ ...material, tone: mood }) === null, heavy, mood);
      }
    });
  }

  it('prefers what bears on the work at hand', () => {
    const loops = [still, unexplained, ...clashing];
    assert.match(idea({ loops, memories: [remembered()] })!.id, /^connection:/);
    assert.match(idea({ loops: [still, unexplained], memories: [remembered()] })!.id, /^question:/);
    assert.match(idea({ loops: [still], memories: [remembered()] })!.id, /^memory:/);
  });

  it('leaves be what is young, settled, explained, elsewhere or mere talk', () => {
    const silent: Partial<Material>[] = [
      { memories: [remembered({ happenedAt: START - 2 * DAY })] },
      { memories: [remembered({ kind: 'conversation' })] },
      { memories: [remembered({ file: 'src/other.ts' })] },
      { loops: clashing, files: ['src/x.ts'] },
      { loops: [{ ...clashing[0]!, status: 'merged' }, clashing[1]!] },
      { loops: [{ ...unexplained, context: 'So that tests stop failing at midnight.' }] },
      { loops: [{ ...unexplained, createdAt: START - DAY }] },
      { loops: [{ ...unexplained, facts: { ahead: 1, current: true } }] },
      { loops: [{ ...still, status: 'deferred' }] },
      { loops: [{ ...still, source: 'todo' }] },
    ];
    for (const material of silent) assert.equal(idea(material), null, JSON.stringify(material).slice(0, 200));
  });
});
