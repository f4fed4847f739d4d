import assert from 'node:assert/strict';
import { reunion } from '../../../companion/interruption/reunion.ts';
import type { Loop } from '../../../companion/protocol/index.ts';
import { DAY, HOUR, rulesOf, SECOND, START } from './simulation/events.ts';
import { loopOf } from './simulation/loops.ts';

const { settings } = rulesOf();
const back = (hours: number) => ({
  workspace: '/w',
  workspaceId: 'ws_1',
  awayMs: hours * HOUR,
  backAt: START,
});
const todo = loopOf({ id: 'loop_9', source: 'todo', title: 'TODO a.ts:4' });
const meet = (hours: number, loops: readonly Loop[], now = START) =>
  reunion(back(hours), loops, now, settings);

describe('reunion', () => {
  it('says how long it was and what is in flight', () => {
    assert.deepEqual(meet(62, [loopOf(), todo, loopOf({ id: 'loop_2' })]), {
      id: `reunion:ws_1:${START}`,
      subject: 'ws_1',
      workspace: '/w',
      text: 'Back after 3 days. In flight: `fix/clock`, 2 files uncommitted (38 h), and 1 more.',
      why: 'Offered on return after 2 days or more; 2 open threads.',
      actions: [
        { id: 'brief', label: 'Show brief' },
        { id: 'later', label: 'Later' },
        { id: 'not_useful', label: 'Not useful' },
      ],
      bypass: false,
    });
  });

  it('names a thread without a branch by its title, cut where it is long', () => {
    const loop = loopOf({
      source: 'whisper',
      title: 'é'.repeat(80),
      anchors: [],
      summary: 'noted 3 days ago',
    });
    assert.equal(
      meet(48, [loop])?.text,
      `Back after 2 days. In flight: ${'é'.repeat(59)}…, noted 3 days ago.`,
    );
  });

  const silent: readonly [name: string, candidate: unknown][] = [
    ['a night away', meet(47.9, [loopOf()])],
    ['nothing in flight', meet(62, [])],
    ['notes in the code alone', meet(62, [todo])],
    [
      'what was settled or deferred',
      meet(62, [loopOf({ status: 'merged' }), loopOf({ status: 'deferred' })]),
    ],
    ['a return of yesterday', meet(62, [loopOf()], START + DAY)],
  ];
  for (const [name, candidate] of silent) {
    it(`has nothing to say of ${name}`, () => assert.equal(candidate, null));
  }

  it('is the same for as long as the user is back, and another after the next absence', () => {
    const later = meet(62, [loopOf()], START + HOUR);
    assert.equal(later?.id, meet(62, [loopOf()])?.id);
    const next = reunion(
      { ...back(62), backAt: START + 5 * DAY },
      [loopOf()],
      START + 5 * DAY + SECOND,
      settings,
    );
    assert.notEqual(next?.id, later?.id);
  });
});
