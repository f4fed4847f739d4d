import assert from 'node:assert/strict';
import { workAtRisk } from '../../../companion/interruption/work-at-risk.ts';
import type { Loop } from '../../../companion/protocol/index.ts';
import { DAY, HOUR, rulesOf, START } from './simulation/events.ts';
import { loopOf } from './simulation/loops.ts';

const { settings } = rulesOf();
const find = (over: Partial<Loop>, now = START) => workAtRisk([loopOf(over)], now, settings);
const uncommitted = (files: number, hours: number) => ({
  uncommittedFiles: files,
  uncommittedSince: START - hours * HOUR,
});
const unpushed = (commits: number, days: number) => ({
  unpushed: commits,
  unpushedSince: START - days * DAY,
});

describe('work at risk', () => {
  it('says what exists only here, where, for how long, and what makes it a risk', () => {
    assert.deepEqual(find({ facts: uncommitted(3, 31) }), [
      {
        id: `work_at_risk:loop_1:${Math.floor(START / (7 * DAY))}`,
        subject: 'loop_1',
        workspace: '/w',
        text: '3 files in `fix/clock` exist only on this disk (31 h).',
        why: 'Uncommitted for 31 h (at risk from 24 h on).',
        actions: [
          { id: 'show', label: 'Show' },
          { id: 'later', label: 'Later' },
        ],
        bypass: true,
      },
    ]);
  });

  const texts: readonly [text: string, over: Partial<Loop>][] = [
    ['1 file in `fix/clock` exists only on this disk (24 h).', { facts: uncommitted(1, 24) }],
    ['2 commits in `fix/clock` exist only on this disk (4 days).', { facts: unpushed(2, 4) }],
    ['1 commit in `fix/clock` exists only on this disk (3 days).', { facts: unpushed(1, 3) }],
    [
      '1 file and 2 commits in `fix/clock` exist only on this disk (5 days).',
      { facts: { ...uncommitted(1, 30), ...unpushed(2, 5) } },
    ],
    [
      '2 files in `fix/clock` exist only on this disk (31 h).',
      { facts: { ...uncommitted(2, 31), ...unpushed(9, 1) } },
    ],
    [
      '3 files exist only on this disk (2 days).',
      { title: 'Uncommitted work on a detached HEAD', anchors: [], facts: uncommitted(3, 48) },
    ],
  ];
  for (const [text, over] of texts) {
    it(text, () => assert.equal(find(over)[0]?.text, text));
  }

  const safe: readonly [name: string, over: Partial<Loop>][] = [
    ['work of today', { facts: uncommitted(3, 23.9) }],
    ['commits of yesterday', { facts: unpushed(3, 2.9) }],
    ['commits that have no remote to go to', { facts: { ahead: 4 } }],
    ['a stash, which nobody dated', { source: 'stash', facts: { uncommittedFiles: 4 } }],
    ['nothing', { facts: { ...uncommitted(0, 90), ...unpushed(0, 9) } }],
    ['what was deferred', { status: 'deferred', facts: uncommitted(3, 90) }],
    ['what was dropped', { status: 'dropped', facts: uncommitted(3, 90) }],
    ['what was merged', { status: 'merged', facts: uncommitted(3, 90) }],
  ];
  for (const [name, over] of safe) {
    it(`is not ${name}`, () => assert.deepEqual(find(over), []));
  }

  it('keeps its id for a week, and one for each loop', () => {
    const facts = uncommitted(3, 31);
    const id = (loop: string, now: number) => find({ id: loop, facts }, now)[0]?.id;
    const monday = Math.ceil(START / (7 * DAY)) * 7 * DAY;
    assert.equal(id('loop_1', monday), id('loop_1', monday + 7 * DAY - 1));
    assert.notEqual(id('loop_1', monday), id('loop_1', monday + 7 * DAY));
    assert.notEqual(id('loop_1', monday), id('loop_2', monday));
  });
});
