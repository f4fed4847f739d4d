import assert from 'node:assert/strict';
import type { Proposal } from '../../../companion/loops/detect.ts';
import { type KnownLoop, reconcile } from '../../../companion/loops/reconcile.ts';
import { DAY, NOW } from './scan-fixture.ts';

const proposal = (key: string, change: Partial<Proposal> = {}): Proposal => ({
  key,
  title: key,
  source: 'branch',
  anchors: [],
  evidence: [],
  facts: {},
  rank: 0.5,
  createdAt: NOW,
  touchedAt: NOW - DAY,
  ...change,
});
const row = (key: string, change: Partial<KnownLoop> = {}): KnownLoop => ({
  id: `loop_${key}`,
  workspace: 'ws_1',
  path: '/w',
  key,
  title: key,
  context: '',
  source: 'branch',
  status: 'proposed',
  priority: 'normal',
  private: 0,
  facts: '{}',
  evidence: '[]',
  rank: 0.5,
  edited: 0,
  created_at: NOW,
  touched_at: NOW - DAY,
  defer_until: null,
  parent: null,
  whispers: 0,
  ...change,
});
const run = (known: KnownLoop[], proposals: Proposal[], present = proposals.map((p) => p.key)) =>
  reconcile({ known, proposals, present: new Set(present), now: NOW, staleDays: 7 }).map(
    (c) => `${c.kind}${'status' in c ? ` ${c.status}` : ''}`,
  );

describe('reconcile', () => {
  const check = (name: string, actual: () => string[], expected: string[]) =>
    it(name, () => assert.deepEqual(actual(), expected));
  check('a new thread is proposed', () => run([], [proposal('a')]), ['add proposed']);
  check(
    'one that lay idle for a week begins stale',
    () => run([], [proposal('a', { touchedAt: NOW - 8 * DAY })]),
    ['add stale'],
  );
  check(
    'a note in the code does not go stale',
    () => run([], [proposal('a', { source: 'todo', touchedAt: NOW - 80 * DAY })]),
    ['add proposed'],
  );
  check(
    'a known one is refreshed and keeps its status',
    () => run([row('a', { status: 'open', edited: 1 })], [proposal('a')]),
    ['refresh open'],
  );
  check(
    'a stale one that is touched comes back',
    () => run([row('a', { status: 'stale' })], [proposal('a')]),
    ['refresh proposed'],
  );
  check(
    'a deferred one waits',
    () => run([row('a', { status: 'deferred', defer_until: NOW + DAY })], [proposal('a')]),
    ['refresh deferred'],
  );
  check(
    'and comes back when its time has come',
    () => run([row('a', { status: 'deferred', defer_until: NOW - 1 })], [proposal('a')]),
    ['refresh open'],
  );
  check(
    'what a person dropped stays dropped',
    () => run([row('a', { status: 'dropped', touched_at: NOW })], [proposal('a')]),
    [],
  );
  check(
    'until new work comes to it',
    () => run([row('a', { status: 'dropped', touched_at: NOW - 2 * DAY })], [proposal('a')]),
    ['refresh open'],
  );
  check(
    'a dropped note stays dropped whatever happens to its file',
    () =>
      run(
        [row('a', { status: 'dropped', source: 'todo', touched_at: NOW - 2 * DAY })],
        [proposal('a', { source: 'todo' })],
      ),
    [],
  );
  check('a thread that is gone is finished', () => run([row('a')], []), ['finish']);
  check('one that only lost its place is withdrawn', () => run([row('a')], [], ['a']), ['withdraw']);
  check(
    'unless somebody cared for it',
    () =>
      run(
        [row('a', { whispers: 1 }), row('b', { edited: 1 }), row('c', { status: 'open' })],
        [],
        ['a', 'b', 'c'],
      ),
    [],
  );
  check(
    'a whisper’s loop ages by itself',
    () => run([row('a', { source: 'whisper', status: 'open', touched_at: NOW - 9 * DAY })], []),
    ['age stale'],
  );
});
