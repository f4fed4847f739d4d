import assert from 'node:assert/strict';
import { ALWAYS } from '../../../../../companion/council/archetypes.ts';
import { partOf as exportedPart } from '../../../../../companion/narration/day.ts';
import { leadsTo } from '../../../../../webviews/model/story/about.ts';
import {
  addDays,
  byPart,
  dayOf,
  dayWords,
  isDay,
  partOf,
  withHeard,
} from '../../../../../webviews/model/story/day.ts';
import {
  DEFAULT_STORY_FILTER,
  fits,
  isNarrowed,
  storyFilter,
  storyQuery,
} from '../../../../../webviews/model/story/filter.ts';
import { mutedUntil } from '../../../../../webviews/model/story/mute.ts';
import { aloud, FACES, sayerOf } from '../../../../../webviews/model/story/speakers.ts';
import { sampleStoryLine } from '../../../../fixtures/samples.ts';

const at = (hour: number, minute = 0, day = 24) => Date.UTC(2025, 10, day, hour, minute);
const line = (seq: number, when: number, change = {}) =>
  sampleStoryLine({ seq, id: `story_${seq}`, at: when, ...change });

describe('story/day', () => {
  it('[W1] groups a day by its parts, either way round; what comes after midnight ends it', () => {
    const lines = [line(4, at(1, 30, 25)), line(1, at(7)), line(3, at(19)), line(2, at(11, 59))];
    const seqs = (order: 'newest' | 'oldest') =>
      byPart(lines, order, 5, 'UTC').map(({ part, lines: all }) => [part, all.map(({ seq }) => seq)]);
    assert.deepEqual(seqs('oldest'), [
      ['morning', [1, 2]],
      ['evening', [3]],
      ['night', [4]],
    ]);
    assert.deepEqual(seqs('newest'), [
      ['night', [4]],
      ['evening', [3]],
      ['morning', [2, 1]],
    ]);
  });

  it('[W1] names the parts of the day as the exported story does', () => {
    for (const startsAt of [0, 5, 7])
      for (let hour = 0; hour < 24; hour++)
        assert.equal(partOf(at(hour, 30), startsAt, 'UTC'), exportedPart(hour * 60 + 30, startsAt));
  });

  it('[W1] knows days: before, after, over months and years, by the hour at which one begins', () => {
    assert.equal(addDays('2026-03-01', -1), '2026-02-28');
    assert.equal(addDays('2025-12-31', 1), '2026-01-01');
    assert.equal(dayOf(at(4, 59), 5, 'UTC'), '2025-11-23');
    assert.equal(dayOf(at(5), 5, 'UTC'), '2025-11-24');
    assert.equal(dayOf(at(23), 5, 'Asia/Tokyo'), '2025-11-25');
    assert.deepEqual(['2025-11-24', '2025-02-31', '24.11.2025', ''].map(isDay), [true, false, false, false]);
    assert.equal(dayWords('2025-11-24', '2025-11-25'), 'Monday 24 November');
    assert.equal(dayWords('2024-11-24', '2025-11-25'), 'Sunday 24 November 2024');
  });

  it('[W1] a line that was heard keeps its words, comes once, and goes when it is forgotten', () => {
    const stored = [line(1, at(7)), line(2, at(8), { text: 'As stored.', plain: 'p' })];
    const heard = [line(2, at(8), { text: 'As a model said it.', plain: 'p' }), line(9, at(9))];
    assert.deepEqual(
      withHeard(stored, heard).map(({ seq, text }) => [seq, text]),
      [
        [1, stored[0]!.text],
        [2, 'As a model said it.'],
        [9, heard[1]!.text],
      ],
    );
    assert.deepEqual(
      withHeard([line(1, at(7)), line(9, at(9))], [heard[0]!]).map(({ seq }) => seq),
      [1, 9],
    );
    const plain = line(2, at(8), { text: 'p', plain: 'p' });
    assert.equal(withHeard([plain], heard)[0]?.text, 'p');
  });

  it('[W1] filters by speaker and importance, and keeps that in the address', () => {
    const filter = {
      ...DEFAULT_STORY_FILTER,
      speaker: 'Arty',
      from: 'important',
      day: '2025-11-21',
    } as const;
    assert.deepEqual(storyFilter(storyQuery(filter)), filter);
    assert.deepEqual(storyQuery(DEFAULT_STORY_FILTER), {});
    assert.deepEqual(
      storyFilter({ speaker: '<b>', from: 'toString', day: '2025-02-31' }),
      DEFAULT_STORY_FILTER,
    );
    assert.equal(fits(line(1, 0, { speaker: 'Arty', importance: 0.7 }), filter), true);
    assert.equal(fits(line(1, 0, { speaker: 'Arty', importance: 0.69 }), filter), false);
    assert.equal(fits(line(1, 0, { speaker: 'Cal', importance: 0.9 }), filter), false);
    assert.deepEqual([isNarrowed(filter), isNarrowed(DEFAULT_STORY_FILTER)], [true, false]);
  });

  it('[W1] the faces are those of the masks that always vote; plain words have none', () => {
    for (const [name, face] of Object.entries(FACES)) {
      const mask = ALWAYS.find((each) => each.name === name)!;
      assert.deepEqual(face, { id: mask.id, archetype: mask.archetype, tone: mask.tone });
    }
    const said = line(1, 0, { speaker: 'Arty', text: '`tick` moves.', plain: 'tick moved' });
    assert.equal(aloud(said), 'Arty: tick moves.');
    assert.equal(sayerOf({ ...said, text: said.plain }), null);
    assert.equal(aloud({ ...said, text: said.plain }), 'tick moved');
  });

  it('[W1] each line leads to what it is about', () => {
    const page = (kind: string, id = 'x_1') => leadsTo({ about: { kind, id } as never });
    assert.equal(leadsTo({ about: null }), null);
    assert.deepEqual(page('commit', 'a41c9e2'), { target: { kind: 'commit', commit: 'a41c9e2' } });
    assert.deepEqual(page('proposal'), { page: { route: 'council', id: 'x_1', query: {} } });
    assert.deepEqual(page('hypothesis'), { page: { route: 'review', id: null, query: { show: 'all' } } });
  });

  it('[W1] a mute ends in an hour, or when the next day begins here', () => {
    const now = new Date(2025, 10, 24, 9, 12).getTime();
    assert.equal(mutedUntil('hour', now, 5), now + 3_600_000);
    assert.equal(mutedUntil('tomorrow', now, 5), new Date(2025, 10, 25, 5).getTime());
    // After midnight it is still the day before.
    const late = new Date(2025, 10, 25, 1, 30).getTime();
    assert.equal(mutedUntil('tomorrow', late, 5), new Date(2025, 10, 25, 5).getTime());
  });
});
