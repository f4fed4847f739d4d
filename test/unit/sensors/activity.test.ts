import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EditorSignal } from '../../../companion/protocol/index.ts';
import {
  type ActivityEffect,
  type ActivitySignal,
  type ActivityState,
  idle,
  step,
} from '../../../companion/sensors/activity.ts';
import { admit } from '../../../companion/sensors/admission.ts';
import { createIgnoreRules } from '../../../companion/sensors/ignore-rules.ts';
import type { ActivitySpan } from '../../../companion/sensors/records.ts';
import { MAX_OPEN_SPANS } from '../../../companion/sensors/spans.ts';
import { STORM_RULES } from '../../../companion/sensors/storm.ts';
import { NOON, present } from './support.ts';

const context = () => {
  let minted = 0;
  return { workspace: '/w', gapMs: 60_000, rules: STORM_RULES, mint: () => `span_${minted++}` };
};

/** A run of the rule that also keeps what a sink would: the last state of each span. */
function replay() {
  const rule = context();
  const spans = new Map<string, ActivitySpan>();
  const effects: ActivityEffect[] = [];
  let state: ActivityState = idle;
  let dueAt: number | null = null;
  const send = (signal: ActivitySignal, at: number) => {
    while (dueAt !== null && dueAt <= at) apply({ kind: 'tick' }, dueAt);
    apply(signal, at);
  };
  const apply = (signal: ActivitySignal, at: number) => {
    const result = step(state, signal, at, rule);
    ({ state, dueAt } = result);
    for (const effect of result.effects) if (effect.kind === 'span') spans.set(effect.span.id, effect.span);
    effects.push(...result.effects);
  };
  const of = (kind: ActivitySpan['kind']) => [...spans.values()].filter((span) => span.kind === kind);
  return { send, of, effects, state: () => state, dueAt: () => dueAt };
}

const update = (...paths: string[]): ActivitySignal => ({
  kind: 'files',
  changes: paths.map((path) => ({ path, type: 'update' })),
});
const many = (n: number, from = 0) => update(...Array.from({ length: n }, (_, i) => `lib/${from + i}.js`));

describe('sensors: activity', function () {
  this.timeout(30_000);

  it('counts an atomic save as one edit of its file', () => {
    const run = replay();
    run.send({ kind: 'files', changes: [{ path: 'a.ts', type: 'delete' }] }, NOON);
    run.send({ kind: 'files', changes: [{ path: 'a.ts.new', type: 'create' }] }, NOON + 2);
    run.send({ kind: 'files', changes: [{ path: 'a.ts', type: 'create' }] }, NOON + 4);
    run.send({ kind: 'files', changes: [{ path: 'a.ts.new', type: 'delete' }] }, NOON + 5);
    run.send({ kind: 'tick' }, NOON + 2_000);
    assert.deepEqual(
      run.of('file').map((span) => [span.file, span.edits]),
      [['a.ts', 1]],
    );
  });

  it('tells other rooms which files changed, and asks for one rescan after a storm', () => {
    const run = replay();
    run.send(update('a.ts', 'b.ts'), NOON);
    run.send({ kind: 'tick' }, NOON + 300);
    assert.deepEqual(
      run.effects.filter((effect) => effect.kind === 'changed'),
      [{ kind: 'changed', paths: ['a.ts', 'b.ts'] }],
    );
    for (let i = 0; i < 20; i++) run.send(many(500, i * 500), NOON + 10_000 + i * 50);
    run.send({ kind: 'tick' }, NOON + 60_000);
    assert.equal(run.of('storm').length, 1);
    assert.equal(present(run.of('storm')[0]).files, 10_000);
    assert.deepEqual(
      run.effects.filter((effect) => effect.kind === 'rescan'),
      [{ kind: 'rescan', since: NOON + 10_000 }],
    );
    assert.equal(run.dueAt(), null);
  });

  it('[F6] writes nothing of the files with which a slow storm begins but the storm itself', () => {
    const run = replay();
    for (let i = 0; i < 100; i++) run.send(many(15, i * 15), NOON + 500 + i * 100);
    run.send({ kind: 'end' }, NOON + 60_000);
    assert.deepEqual(
      run.of('storm').map((span) => span.files),
      [1_500],
    );
    assert.equal(run.of('file').length, 0);
    assert.equal(run.effects.filter((effect) => effect.kind === 'row').length, 0);
  });

  it('counts edits for the branch on which they were made', () => {
    const run = replay();
    run.send({ kind: 'branch', branch: 'main' }, NOON);
    run.send(update('a.ts'), NOON + 1);
    run.send({ kind: 'branch', branch: 'topic' }, NOON + 500);
    run.send({ kind: 'end' }, NOON + 600);
    assert.deepEqual(
      run.of('file').map((span) => span.branch),
      ['main'],
    );
  });

  it('[F5] loses nothing and lets nothing wait when the clock is set back', () => {
    const run = replay();
    run.send(update('a.ts'), NOON);
    run.send(update('a.ts'), NOON - 86_400_000);
    run.send(update('b.ts'), NOON - 86_400_000 + 1_000);
    run.send(update('b.ts'), NOON - 86_400_000 + 30_000);
    run.send({ kind: 'tick' }, NOON - 86_400_000 + 40_000);
    const edits = run.of('file').map((span) => [span.file, span.edits]);
    assert.deepEqual(edits.sort(), [
      ['a.ts', 1],
      ['a.ts', 1],
      ['b.ts', 2],
    ]);
    assert.equal(run.dueAt(), null);
  });

  it('keeps spans of branches apart and records switches, but not the branch that it finds', () => {
    const run = replay();
    run.send({ kind: 'branch', branch: 'main' }, NOON);
    run.send(update('a.ts'), NOON + 1);
    run.send({ kind: 'branch', branch: 'topic' }, NOON + 1_000);
    run.send({ kind: 'branch', branch: 'topic' }, NOON + 1_001);
    run.send(update('a.ts'), NOON + 1_002);
    run.send({ kind: 'end' }, NOON + 1_003);
    assert.deepEqual(
      run.of('file').map((span) => span.branch),
      ['main', 'topic'],
    );
    const rows = run.effects.flatMap((effect) => (effect.kind === 'row' ? [effect.row] : []));
    assert.deepEqual(
      rows.filter((row) => row.kind === 'branch').map((row) => row.branch),
      ['topic'],
    );
  });

  it('lets nothing wait at its end, not even a storm', () => {
    const run = replay();
    run.send(update('a.ts'), NOON);
    run.send({ kind: 'end' }, NOON + 1);
    assert.equal(run.of('file').length, 1);
    run.send(many(400), NOON + 2);
    run.send(many(400), NOON + 3);
    run.send({ kind: 'end' }, NOON + 4);
    assert.equal(present(run.of('storm')[0]).files, 800);
    assert.equal(run.dueAt(), null);
  });

  it('[F6] loses no change: each is an edit of a file or a part of a storm', () => {
    const moment = fc.record({
      pause: fc.oneof(fc.integer({ min: 201, max: 900 }), fc.integer({ min: 1_000, max: 200_000 })),
      n: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 100, max: 700 })),
    });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 40 }), (moments) => {
        const run = replay();
        let [at, sent] = [NOON, 0];
        for (const { pause, n } of moments) {
          at += pause;
          sent += n;
          run.send(many(n), at);
        }
        run.send({ kind: 'end' }, at + 1);
        const edits = run.of('file').reduce((sum, span) => sum + span.edits, 0);
        const swept = run.of('storm').reduce((sum, span) => sum + span.files, 0);
        assert.equal(edits + swept, sent);
      }),
      { numRuns: 40 },
    );
  });

  it('[F6] stays within fixed bounds under 200,000 random events', () => {
    const run = replay();
    let random = 1;
    const next = (bound: number) => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      return random % bound;
    };
    let [at, sent, largest] = [NOON, 0, 0];
    while (sent < 200_000) {
      at += [1, 5, 300, 70_000][next(4)]!;
      const n = next(10) === 0 ? next(2_000) : next(20);
      sent += n;
      const paths = Array.from({ length: n }, () => `d${next(50)}/e${next(50)}/f${next(1_000_000)}`);
      run.send(update(...paths), at);
      if (next(3) === 0) {
        const signal = { kind: 'active', at, file: `d/${next(100_000)}` } as const;
        run.send({ kind: 'editor', signal }, at);
      }
      const { changes, spans, storm } = run.state();
      assert.ok(spans.open.size <= MAX_OPEN_SPANS);
      assert.ok(changes.pending.size <= STORM_RULES.perTenSeconds);
      assert.ok(storm.slots.length <= 10);
      largest = Math.max(largest, spans.open.size);
      run.effects.length = 0;
    }
    assert.ok(largest > MAX_OPEN_SPANS / 4, `the bound was not tried: ${largest}`);
  });

  it('[F10] never lets an ignored or denied path through, from wherever it comes', () => {
    const rules = createIgnoreRules({
      workspace: '/w',
      top: null,
      exclude: ['**/private/**'],
      ignoreCase: false,
      read: (file) => (file === '/w/.gitignore' ? { text: 'secret-*\nout/\n' } : 'none'),
    });
    const forbidden =
      /(?:^|\/)(?:\.env|\.ssh|\.git(?:\/|$)|id_rsa|out\/|private\/|secret-|node_modules)|\.pem$|\.key$/;
    const part = fc.constantFrom(
      ...['src', 'out', 'private', '.ssh', '.git', 'node_modules', 'secret-a', '.env', 'a.pem', 'b.key'],
      ...['id_rsa', 'a.ts', 'b.md', '.env.local', 'c', '..'],
    );
    const file = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const signal = fc.oneof(
      file.map((f): EditorSignal => ({ kind: 'active', at: NOON, file: f })),
      file.map((f): EditorSignal => ({ kind: 'typing', at: NOON, file: f, edits: 2 })),
      file.map((f): EditorSignal => ({ kind: 'save', at: NOON + 5_000, file: f })),
      fc.boolean().map((focused): EditorSignal => ({ kind: 'focus', at: NOON, focused })),
    );
    let through = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(signal, fc.array(file)), { maxLength: 30 }), (inputs) => {
        const run = replay();
        for (const input of inputs) {
          if (Array.isArray(input)) run.send(update(...input.filter((f) => !rules.ignoresFile(f))), NOON);
          else {
            const admitted = admit(input, rules, NOON);
            if (admitted) run.send({ kind: 'editor', signal: admitted }, NOON);
          }
        }
        run.send({ kind: 'end' }, NOON + 1);
        for (const effect of run.effects) {
          const files =
            effect.kind === 'row'
              ? [effect.row.file]
              : effect.kind === 'span'
                ? [effect.span.file]
                : effect.kind === 'changed'
                  ? effect.paths
                  : [];
          for (const name of files) {
            if (name === null) continue;
            through++;
            assert.doesNotMatch(name, forbidden);
            assert.ok(!name.split('/').includes('..'));
          }
        }
        const { spans, changes } = run.state();
        const kept = [...[...spans.open.values()].map((span) => span.file ?? ''), ...changes.pending.keys()];
        for (const name of kept) assert.doesNotMatch(name, forbidden, 'kept in memory');
      }),
      { numRuns: 300 },
    );
    assert.ok(through > 100, `almost nothing was let through: ${through}`);
  });
});
