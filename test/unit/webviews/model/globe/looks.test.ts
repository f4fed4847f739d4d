import assert from 'node:assert/strict';
import { GlobeModel } from '../../../../../webviews/model/globe/globe-model.ts';
import { pointsWords, toneSentence } from '../../../../../webviews/model/globe/globe-words.ts';
import { histogram, spanOf } from '../../../../../webviews/model/globe/histogram.ts';
import { nearCentre } from '../../../../../webviews/model/globe/near-centre.ts';
import { rowsInSight, scrollTo } from '../../../../../webviews/model/globe/virtual-rows.ts';
import { ScriptedGlobe } from '../../../../support/scripted-globe.ts';

const NOW = Date.UTC(2025, 10, 24);
const DAY = 86_400_000;
const points = new ScriptedGlobe(NOW, '/w', 400).points;

describe('globe: what is in sight of a long list', () => {
  it('covers what is seen, at any place, and no more than it must', () => {
    for (const count of [0, 1, 9, 100_000])
      for (const scrolled of [0, 30, 5_000, 56 * count]) {
        const { first, end } = rowsInSight(scrolled, 640, 56, count);
        assert.ok(first >= 0 && end <= count && first <= end && end - first < 26);
        for (let row = 0; row < Math.min(count, 200); row++)
          if (row * 56 < scrolled + 640 && (row + 1) * 56 > scrolled) assert.ok(row >= first && row < end);
      }
  });

  it('scrolls no farther than a row needs', () => {
    assert.equal(scrollTo(3, 0, 640, 56), null);
    assert.equal(scrollTo(3, 300, 640, 56), 168);
    assert.equal(scrollTo(30, 0, 640, 56), 31 * 56 - 640);
  });
});

describe('globe: the middle of the picture', () => {
  it('finds what is shown there, the nearest first, and nothing of the other side', () => {
    const model = new GlobeModel();
    model.merge(points, [], NOW);
    const { longitudes, latitudes } = model.columns;
    const at = 17;
    const view = { longitude: longitudes[at]!, latitude: latitudes[at]!, distance: 3 };
    const near = nearCentre(model.columns, view, 6);
    assert.equal(near[0], at);
    assert.equal(near.length, 6);
    model.columns.shown[at] = 0;
    assert.ok(!nearCentre(model.columns, view, 6).includes(at));
    const far = nearCentre(
      model.columns,
      { ...view, longitude: view.longitude + Math.PI, latitude: -view.latitude },
      6,
    );
    assert.ok(far.every((index) => !near.includes(index)));
  });
});

describe('globe: how much happened when', () => {
  it('counts each point where it began and was touched last, within the span', () => {
    const span = spanOf(points, NOW);
    assert.ok(span.to === NOW && points.every(({ createdAt }) => createdAt >= span.from));
    const counts = histogram(points, span, 90);
    const sum = counts.reduce((total, count) => total + count, 0);
    assert.ok(sum >= points.length && sum <= 2 * points.length);
  });

  it('spans two weeks at least, and takes a wrong date for none', () => {
    assert.equal(spanOf([], NOW).from, NOW - 14 * DAY);
    assert.equal(spanOf([{ ...points[0]!, createdAt: 0 }], NOW).from, NOW - 14 * DAY);
    assert.deepEqual(histogram([], { from: 0, to: 0 }, 3), [0, 0, 0]);
  });
});

describe('globe: words', () => {
  it('say a tone, why, and who says so', () => {
    const point = { ...points[0]!, tone: 'tense' as const, toneDeclared: false, toneWords: '2 conflicts' };
    assert.equal(toneSentence(point), 'tense: 2 conflicts, inferred');
    assert.equal(toneSentence({ ...point, toneDeclared: true, toneWords: 'declared' }), 'tense, declared');
    assert.equal(
      toneSentence({ ...point, toneDeclared: true, toneWords: 'declared by the panel Release' }),
      'tense, declared by the panel Release',
    );
  });

  it('count what is shown of what there is', () => {
    assert.equal(pointsWords(points.slice(0, 2), [0]), '1 of 2 points');
    const [loop, record] = [
      points.find(({ kind }) => kind === 'loop')!,
      points.find(({ kind }) => kind !== 'loop')!,
    ];
    assert.equal(pointsWords([loop, record], [0, 1]), '1 thread and 1 memory');
  });
});
