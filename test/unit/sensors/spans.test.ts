import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ActivitySpan, RowDraft } from '../../../companion/sensors/records.ts';
import {
  beat,
  closeQuiet,
  type Heartbeat,
  MAX_OPEN_SPANS,
  noSpans,
} from '../../../companion/sensors/spans.ts';
import { NOON, present } from './support.ts';

const GAP = 60_000;

const edit = (file: string, at: number, more: Partial<Heartbeat> = {}): Heartbeat => ({
  kind: 'file',
  at,
  file,
  edits: 1,
  saves: 0,
  ...more,
});

/** Runs heartbeats and gives the last state of every span, and the rows. */
function run(beats: readonly (Heartbeat & { branch?: string | null })[]) {
  let state = noSpans;
  let minted = 0;
  const spans = new Map<string, ActivitySpan>();
  const rows: RowDraft[] = [];
  for (const { branch = 'main', ...heartbeat } of beats) {
    const mint = () => `span_${minted++}`;
    const result = beat(state, heartbeat, { workspace: '/w', branch, gapMs: GAP, mint });
    state = result.state;
    spans.set(result.span.id, result.span);
    if (result.row) rows.push(result.row);
    assert.ok(state.open.size <= MAX_OPEN_SPANS);
  }
  return { state, spans: [...spans.values()], rows };
}

/** Spans without ids, in an order of their own. */
const shape = (spans: readonly ActivitySpan[]) =>
  spans.map(({ id: _, ...span }) => JSON.stringify(span)).sort();

describe('sensors: spans', function () {
  this.timeout(30_000);

  it('extends one span while the same file and branch go on within the gap', () => {
    const { spans, rows } = run([edit('a', NOON), edit('a', NOON + GAP), edit('a', NOON + 2 * GAP)]);
    assert.equal(spans.length, 1);
    assert.deepEqual(spans[0], {
      id: 'span_0',
      workspace: '/w',
      kind: 'file',
      file: 'a',
      branch: 'main',
      started: NOON,
      ended: NOON + 2 * GAP,
      edits: 3,
      saves: 0,
      files: 1,
    });
    assert.equal(rows.length, 1, 'heartbeats extend a span instead of adding rows');
  });

  const apart: [string, (Heartbeat & { branch?: string | null })[]][] = [
    ['the gap', [edit('a', NOON), edit('a', NOON + GAP + 1)]],
    ['the file', [edit('a', NOON), edit('b', NOON)]],
    ['the branch', [edit('a', NOON), { ...edit('a', NOON), branch: 'other' }]],
    ['a branch and none', [edit('a', NOON), { ...edit('a', NOON), branch: null }]],
    ['disk and editor', [edit('a', NOON), edit('a', NOON, { kind: 'editor' })]],
  ];
  for (const [what, beats] of apart) {
    it(`begins another span across ${what}`, () => assert.equal(run(beats).spans.length, 2));
  }

  it('counts a late report of earlier work apart and goes on with the open span', () => {
    const { spans } = run([edit('a', NOON), edit('a', NOON - 5 * GAP), edit('a', NOON + 1)]);
    assert.equal(spans.length, 2);
    assert.equal(present(spans.find((span) => span.started === NOON)).edits, 2);
  });

  it('begins a span earlier for a heartbeat that comes late', () => {
    const { spans } = run([edit('a', NOON), edit('a', NOON - 10_000), edit('a', NOON + 5_000)]);
    assert.deepEqual(
      spans.map((span) => [span.started, span.ended, span.edits]),
      [[NOON - 10_000, NOON + 5_000, 3]],
    );
  });

  it('lets go of spans that nothing can extend, and of no other', () => {
    const { state } = run([edit('a', NOON), edit('b', NOON + 10_000)]);
    assert.equal(closeQuiet(state, NOON + GAP, GAP).open.size, 2);
    assert.equal(closeQuiet(state, NOON + GAP + 1, GAP).open.size, 1);
  });

  it('gives the same spans for heartbeats of one moment in any order', () => {
    const beatOf = fc.record({
      file: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom<'file' | 'editor'>('file', 'editor'),
      edits: fc.nat(5),
      saves: fc.nat(1),
    });
    const group = fc.array(beatOf, { maxLength: 6 });
    const groups = fc.array(fc.tuple(fc.nat(3 * GAP), group, fc.nat(1000)), { maxLength: 8 });
    fc.assert(
      fc.property(groups, (moments) => {
        let at = NOON;
        const [one, other]: [Heartbeat[], Heartbeat[]] = [[], []];
        for (const [pause, beats, turn] of moments) {
          at += pause;
          const timed = beats.map((b) => ({ ...b, at }));
          const from = timed.length === 0 ? 0 : turn % timed.length;
          one.push(...timed);
          other.push(...[...timed.slice(from), ...timed.slice(0, from)].reverse());
        }
        assert.deepEqual(shape(run(one).spans), shape(run(other).spans));
      }),
    );
  });

  it('[F6] loses no edit and keeps a bounded number of spans open, whatever comes', () => {
    const beatOf = fc.record({ file: fc.nat(2_000), at: fc.nat(10 * GAP), edits: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(beatOf, { maxLength: 1_500, size: 'max' }), (beats) => {
        const { spans } = run(beats.map((b) => edit(`f${b.file}`, NOON + b.at, { edits: b.edits })));
        const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
        assert.equal(sum(spans.map((span) => span.edits)), sum(beats.map((b) => b.edits)));
      }),
      { numRuns: 15 },
    );
  });
});
