import assert from 'node:assert/strict';
import type { InterruptionStats, Job, SelfMoment } from '../../../../companion/protocol/index.ts';
import { likelyRate } from '../../../../webviews/model/overview/certainty.ts';
import { dreamDay, stageWords } from '../../../../webviews/model/overview/dream-words.ts';
import {
  grownKinds,
  middles,
  spanName,
  standing,
  takenUp,
} from '../../../../webviews/model/overview/growth-series.ts';
import {
  attemptWords,
  byStanding,
  kindWords,
  sizeText,
  subjectWords,
  tookWords,
} from '../../../../webviews/model/overview/job-words.ts';
import {
  changeText,
  courseOf,
  levelText,
  windowOf,
} from '../../../../webviews/model/overview/level-course.ts';
import { missingWords, runsTo } from '../../../../webviews/model/overview/level-words.ts';
import { rangeOfQuery } from '../../../../webviews/model/overview/range.ts';
import { shown } from '../../../../webviews/model/overview/shown.ts';
import { budgetWords, paceWords, tapKind } from '../../../../webviews/model/overview/tap-words.ts';
import { axisDate, dayName } from '../../../../webviews/model/time.ts';

const NOW = Date.UTC(2025, 10, 24, 9, 12);
const DAY = 86_400_000;
const HOUR = DAY / 24;

describe('overview: levels over time', () => {
  const move = (days: number, from: number, to: number): SelfMoment => ({
    kind: 'move',
    at: NOW - days * DAY,
    seq: Math.round(1000 - days * 10),
    cause: 'wheel.success',
    words: 'A run was kept.',
    subject: 'run_1',
    changes: [{ axis: 'trust', from, to }],
    levels: { trust: to, warmth: 0.6, arousal: 0.5, valence: 0.5 },
  });
  const mark: SelfMoment = { kind: 'mark', at: NOW - DAY, id: 'mark_1', text: 'moved' };
  const history = [move(1, 0.52, 0.54), mark, move(3, 0.5, 0.52), move(40, 0.48, 0.5)];

  it('goes in steps from what it was before to what it is now', () => {
    const course = courseOf(history, 'trust', { from: NOW - 30 * DAY, now: NOW, level: 0.54 });
    assert.deepEqual(course.values, [0.5, 0.5, 0.52, 0.52, 0.54, 0.54]);
    assert.equal(course.moves[2], history[2]);
    assert.equal(course.moves[0], null);
  });

  it('has each moment once and in order, also where moves fall on one millisecond', () => {
    const same = [move(2, 0.5, 0.52), move(2, 0.52, 0.5), move(2, 0.5, 0.52)];
    const { at } = courseOf(same, 'trust', { from: NOW - 7 * DAY, now: NOW, level: 0.52 });
    assert.ok(at.every((each, i) => i === 0 || each > at[i - 1]!));
  });

  it('without a move it stands where it is', () => {
    const course = courseOf([mark], 'valence', { from: NOW - 7 * DAY, now: NOW, level: 0.5 });
    assert.deepEqual(
      [course.values, course.at],
      [
        [0.5, 0.5],
        [NOW - 7 * DAY, NOW],
      ],
    );
  });

  it('shows a part of the whole that holds all values and is never a sliver', () => {
    for (const values of [[0.5], [0, 0.1], [1], [0.97, 0.99], [0.1, 0.9], [0.5, 0.6]]) {
      const [low, high] = windowOf(values);
      assert.ok(low >= 0 && high <= 1 && high - low >= 0.2 - 1e-9, `${values}: ${low} to ${high}`);
      assert.ok(values.every((value) => low <= value && value <= high));
    }
  });

  it('says levels and changes with their signs', () => {
    assert.deepEqual([levelText(0), levelText(0.5), levelText(1)], ['0', '.50', '1']);
    assert.deepEqual(
      [
        changeText({ from: 0.5, to: 0.54 }),
        changeText({ from: 0.5, to: 0.43 }),
        changeText({ from: 0.5, to: 0.5 }),
      ],
      ['+.04', '−.07', '±0'],
    );
  });

  it('counts the kept runs to a tier as they move trust', () => {
    for (const [trust, wanted] of [
      [0.5, 0.6],
      [0.54, 0.9],
      [0.3, 0.8],
    ] as const) {
      const runs = runsTo(trust, wanted);
      let [level, steps] = [trust as number, 0];
      for (; level < wanted - 1e-9; steps++) level += 0.04 * (1 - level);
      assert.equal(runs, steps);
    }
    assert.equal(runsTo(0.7, 0.6), 0);
    assert.equal(missingWords('T1', 0.5), '6 kept runs');
    assert.equal(missingWords('T1', 0.59), '1 kept run');
    assert.equal(missingWords('T0', 0.5), '');
  });
});

describe('overview: records of advisers', () => {
  it('without a vote the rate may be nearly anything, and narrows with votes', () => {
    const none = likelyRate({ hits: 0, misses: 0 });
    // The quantiles of Beta(2, 2): 3 p² - 2 p³ = .05.
    assert.ok(Math.abs(none.low - 0.1354) < 0.003, `${none.low}`);
    assert.ok(Math.abs(none.high - 0.8646) < 0.003);
    const many = likelyRate({ hits: 700, misses: 300 });
    assert.ok(many.low > 0.67 && many.high < 0.73 && many.low < 0.7 && many.high > 0.7);
  });

  it('is the same for hits and misses exchanged, the other way round', () => {
    const [a, b] = [likelyRate({ hits: 9, misses: 2 }), likelyRate({ hits: 2, misses: 9 })];
    assert.ok(Math.abs(a.low - (1 - b.high)) < 0.003 && Math.abs(a.high - (1 - b.low)) < 0.003);
  });

  it('stays a number for records that are long and one-sided', () => {
    const { low, high } = likelyRate({ hits: 40_000, misses: 0 });
    assert.ok(low > 0.99 && high <= 1 && low <= high);
  });
});

describe('overview: what is remembered', () => {
  const growth = {
    step: 'week' as const,
    until: NOW,
    before: 10,
    total: 16,
    spans: [
      { at: NOW - 14 * DAY, kinds: [{ kind: 'fact' as const, n: 1 }] },
      {
        at: NOW - 7 * DAY,
        kinds: [
          { kind: 'fact' as const, n: 2 },
          { kind: 'whisper' as const, n: 3 },
        ],
      },
    ],
  };

  it('adds up, by kind and in all', () => {
    assert.deepEqual(standing(growth), [11, 16]);
    assert.deepEqual(grownKinds(growth), [
      { kind: 'fact', n: 3 },
      { kind: 'whisper', n: 3 },
    ]);
    assert.deepEqual(
      growth.spans.map((span) => takenUp(span, 'whisper')),
      [0, 3],
    );
  });

  it('stands in the middle of its span and is called by its first day', () => {
    assert.deepEqual(middles(growth), [NOW - 10.5 * DAY, NOW - 3.5 * DAY]);
    assert.equal(spanName(growth, 0, NOW, 'UTC'), 'week from Mon 10 Nov');
    assert.equal(spanName({ ...growth, step: 'day' }, 1, NOW, 'UTC'), 'Mon 17 Nov');
  });
});

describe('overview: taps', () => {
  const budget = { today: 1, perDay: 3, pauseMinutes: 240, dismissalsInARow: 0, nextAt: null };
  const words = (change: Partial<typeof budget> | { nextAt: number }) =>
    budgetWords({ budget: { ...budget, ...change } } as InterruptionStats, NOW, 'UTC');

  it('says the budget and when the next may come', () => {
    assert.equal(words({}), '1 of 3 today. The next one may come at your next pause in the work.');
    assert.equal(
      words({ nextAt: NOW + 3 * HOUR }),
      '1 of 3 today. The next one comes 12:12 at the earliest.',
    );
    assert.equal(words({ perDay: 0 }), 'Taps are switched off.');
    assert.match(
      words({ dismissalsInARow: 3, pauseMinutes: 480 }),
      /At least 8 hours apart: you turned down 3 in a row\.$/,
    );
  });

  it('names what a tap was about, also what this version does not know', () => {
    assert.equal(tapKind('work_at_risk:loop_1:3'), 'Work that exists only on this disk');
    assert.equal(tapKind('new_thing:x:1'), 'New thing');
    assert.equal(tapKind(''), 'A tap');
    assert.equal(paceWords(9400), 'half of the answers came within 9 s');
    assert.equal(paceWords(null), null);
  });
});

describe('overview: jobs and nights', () => {
  const job = (change: Partial<Job>): Job => ({
    id: 'job_1',
    kind: 'scan',
    subject: '/w',
    status: 'done',
    priority: 0,
    progress: 1,
    message: 'Done',
    attempts: 1,
    createdAt: NOW,
    updatedAt: NOW,
    ...change,
  });

  it('what waits stands by its priority, then by its time; what ended, the newest first', () => {
    const { running, waiting, ended } = byStanding([
      job({ id: 'a', status: 'queued', createdAt: 2 }),
      job({ id: 'b', status: 'queued', createdAt: 1 }),
      job({ id: 'c', status: 'queued', createdAt: 3, priority: 1 }),
      job({ id: 'd', status: 'failed', updatedAt: 1 }),
      job({ id: 'e', status: 'cancelled', updatedAt: 2 }),
      job({ id: 'f', status: 'running' }),
    ]);
    assert.deepEqual(
      [running, waiting, ended].map((some) => some.map(({ id }) => id)),
      [['f'], ['c', 'b', 'a'], ['e', 'd']],
    );
  });

  it('says how long, how often, and what cancelling loses', () => {
    assert.equal(tookWords({ createdAt: 0, updatedAt: 400 }), 'in under a second');
    assert.equal(tookWords({ createdAt: 0, updatedAt: 14_400 }), 'in 14 s');
    assert.equal(tookWords({ createdAt: 0, updatedAt: 3 * 60_000 }), 'in 3 minutes');
    assert.deepEqual(
      [1, 2, 3, 4].map((attempts) => attemptWords({ attempts })),
      ['', '2nd attempt', '3rd attempt', '4th attempt'],
    );
    assert.equal(kindWords('scan').loses, undefined);
    assert.equal(kindWords('model').loses, true);
    // What nobody knows is asked about first.
    assert.deepEqual([kindWords('constructor').word, kindWords('constructor').loses], ['constructor', true]);
    assert.equal(subjectWords({ kind: 'dream', subject: 'creator' }), null);
    assert.deepEqual(
      [sizeText(10), sizeText(4_780_000), sizeText(3 * 1024 ** 3)],
      ['1 kB', '4.6 MB', '3.0 GB'],
    );
  });

  it('says which night, and how far one is', () => {
    assert.equal(dreamDay('2025-11-23'), 'Sun 23 Nov 2025');
    assert.equal(dreamDay('not a day'), 'not a day');
    const stage = (title: string, state: 'done' | 'waiting') => ({ name: title, title, state, counts: {} });
    assert.equal(
      stageWords({
        status: 'cancelled',
        stages: [stage('Merging', 'done'), stage('Drawing themes', 'waiting')],
      }),
      '1 of 2 stages, at: Drawing themes',
    );
  });
});

describe('overview: what stands around it', () => {
  it('reads the range of a location and nothing else', () => {
    assert.deepEqual(
      [{ range: '7' }, { range: '180' }, {}, { range: 'toString' }, { range: '8' }].map(rangeOfQuery),
      [7, 180, 30, 30, 30],
    );
  });

  it('dates are as long as the axis has room for', () => {
    assert.equal(axisDate(NOW, DAY, 'UTC'), '09:12');
    assert.equal(axisDate(NOW, 7 * DAY, 'UTC'), 'Mon 24');
    assert.equal(axisDate(NOW, 180 * DAY, 'UTC'), '24 Nov');
    assert.equal(dayName(NOW, NOW, 'UTC'), 'Mon 24 Nov');
    assert.equal(dayName(NOW, NOW + 300 * DAY, 'UTC'), 'Mon 24 Nov 2025');
  });

  it('what others wrote is short, on one line, and hides nothing', () => {
    const text = shown(`a\u202eb\n${'word '.repeat(3000)}`);
    assert.ok(text.length < 300 && !text.includes('\n'));
    assert.match(text, /^a‹U\+202E›b word/);
  });
});
