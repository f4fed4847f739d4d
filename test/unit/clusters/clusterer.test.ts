import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Clusterer, Subject } from '../../../companion/clusters/index.ts';
import { seededRandom } from '../../../companion/kernel/index.ts';
import { mixed, newClusterer, subject, type ThemeName, vector } from './subjects.ts';

const filled = (subjects: readonly Subject[], clusterer = newClusterer()) => {
  for (const each of subjects) clusterer.add(each);
  return clusterer;
};
/** Groups by theme of what `ids` have, as sorted lists. */
const groups = (clusterer: Clusterer) =>
  clusterer
    .clusters()
    .map(({ live, retired }) => [...live, ...retired].sort().join(' '))
    .sort();
const themeOf = (id: string) => id.split('_')[1];

describe('clusters/clusterer', () => {
  it('two alike are no theme; a third makes one, and tells of it', () => {
    const clusterer = filled(mixed(2));
    assert.deepEqual(clusterer.clusters(), []);
    const changes = clusterer.add(subject('parser', 2));
    assert.deepEqual(changes, [{ type: 'formed', cluster: 'cluster_1', size: 3, joined: 3 }]);
    assert.deepEqual(clusterer.add(subject('parser', 3)), [
      { type: 'grew', cluster: 'cluster_1', size: 4, joined: 1 },
    ]);
  });

  for (const [by, more] of [
    ['embeddings', {}],
    ['words alone', { vector: null }],
  ] as const) {
    it(`finds the themes by ${by}, each subject at once`, () => {
      const clusterer = filled(mixed(10, more));
      clusterer.refit();
      assert.equal(clusterer.clusters().length, 3);
      for (const { live } of clusterer.clusters()) assert.equal(new Set(live.map(themeOf)).size, 1);
      const newcomer = subject('garden', 11, more);
      clusterer.add(newcomer);
      assert.equal(clusterer.clusterOf(newcomer.id), clusterer.clusterOf('memory_garden_1'));
    });
  }

  it('names a theme by what tells it from the others', () => {
    const clusterer = filled(mixed(10));
    clusterer.refit();
    const id = clusterer.clusterOf('memory_garden_1');
    const { name } = clusterer.clusters().find((cluster) => cluster.id === id)!;
    assert.ok(name.includes('tomato') || name.includes('compost'), name.join(' '));
    assert.ok(!name.includes('about'));
    assert.ok(name.every((term) => !term.startsWith('thing')));
  });

  it('leaves alone what is like nothing', () => {
    const clusterer = filled(mixed(10));
    const odd = subject('garden', 99, {
      id: 'odd',
      text: 'umbrella',
      vector: vector(9, seededRandom(5), 0.1),
    });
    clusterer.add(odd);
    assert.equal(clusterer.clusterOf('odd'), null);
    clusterer.refit();
    assert.equal(clusterer.clusterOf('odd'), null);
  });

  it('in any order of coming, a refit finds the same themes', () => {
    const subjects = mixed(8);
    const expected = filled(subjects);
    expected.refit();
    fc.assert(
      fc.property(fc.shuffledSubarray(subjects, { minLength: subjects.length }), (shuffled) => {
        const clusterer = filled(shuffled);
        clusterer.refit();
        assert.deepEqual(groups(clusterer), groups(expected));
      }),
      { numRuns: 25 },
    );
  });

  it('[M7] a refit keeps ids, and a second one changes nothing', () => {
    const clusterer = filled(mixed(10));
    clusterer.refit();
    const ids = clusterer.clusters().map(({ id }) => id);
    for (let n = 10; n < 14; n++)
      for (const theme of ['parser', 'garden'] as ThemeName[]) clusterer.add(subject(theme, n));
    clusterer.refit();
    assert.deepEqual(
      clusterer
        .clusters()
        .map(({ id }) => id)
        .sort(),
      ids.sort(),
    );
    assert.deepEqual(clusterer.refit(), []);
  });

  it('[M7] ids stay for at least 95 of 100 while a twentieth goes and comes, fifty times', () => {
    const clusterer = newClusterer();
    const present = mixed(20);
    filled(present, clusterer).refit();
    let next = 20;
    for (let round = 0; round < 50; round++) {
      const before = new Map(present.map(({ id }) => [id, clusterer.clusterOf(id)]));
      const gone = present.splice((round * 7) % 50, 3);
      clusterer.remove(gone.map(({ id }) => id));
      for (const theme of ['parser', 'database', 'garden'] as ThemeName[]) {
        present.push(subject(theme, next));
        clusterer.add(present.at(-1)!);
      }
      next++;
      clusterer.refit();
      const stayed = present.filter(({ id }) => before.has(id));
      const stable = stayed.filter(({ id }) => clusterer.clusterOf(id) === before.get(id));
      assert.ok(
        stable.length >= 0.95 * stayed.length,
        `round ${round}: ${stable.length} of ${stayed.length}`,
      );
    }
  });

  it('whatever happens, themes have three members at least, each in one, and nothing unknown', () => {
    const steps = fc.array(
      fc.record({
        what: fc.constantFrom('add', 'add', 'add', 'remove', 'refit'),
        theme: fc.constantFrom<ThemeName>('parser', 'database', 'garden'),
        n: fc.nat(12),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const clusterer = newClusterer({ mostLive: 20 });
        const known = new Set<string>();
        const sizes = new Map<string, number>();
        for (const { what, theme, n } of all) {
          const { id } = subject(theme, n);
          const changes =
            what === 'add'
              ? clusterer.add(subject(theme, n))
              : what === 'remove'
                ? clusterer.remove([id])
                : clusterer.refit();
          if (what === 'add') known.add(id);
          if (what === 'remove') known.delete(id);
          for (const { type, cluster } of changes) {
            assert.equal(sizes.has(cluster), type !== 'formed');
            if (type === 'dissolved') sizes.delete(cluster);
            else sizes.set(cluster, 0);
          }
          const members = clusterer.clusters().flatMap(({ live, retired }) => [...live, ...retired]);
          assert.equal(new Set(members).size, members.length);
          assert.ok(members.every((member) => known.has(member)));
          assert.deepEqual(new Set(clusterer.clusters().map((cluster) => cluster.id)), new Set(sizes.keys()));
          for (const { live, retired } of clusterer.clusters()) assert.ok(live.length + retired.length >= 3);
          assert.ok(clusterer.live <= 20);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('clusters/clusterer: cap', () => {
  it('the oldest make room and keep their theme; newcomers still find it', () => {
    const clusterer = newClusterer({ mostLive: 12 });
    filled(mixed(8), clusterer);
    const gardens = [...Array(8).keys()].map((n) => clusterer.clusterOf(`memory_garden_${n}`));
    assert.equal(clusterer.live, 12);
    assert.equal(new Set(gardens).size, 1);
    assert.notEqual(gardens[0], null);
    clusterer.refit();
    for (let n = 20; n < 32; n++) clusterer.add(subject('parser', n));
    clusterer.refit();
    assert.equal(clusterer.clusterOf('memory_garden_0'), gardens[0], 'nobody of it is live');
    for (let n = 40; n < 43; n++) clusterer.add(subject('garden', n));
    assert.equal(clusterer.clusterOf('memory_garden_42'), gardens[0]);
  });

  it('what had no theme is let go', () => {
    const clusterer = newClusterer({ mostLive: 3 });
    clusterer.add(subject('garden', 0));
    filled(
      [1, 2, 3].map((n) => subject('parser', n)),
      clusterer,
    );
    assert.equal(clusterer.clusterOf('memory_garden_0'), null);
    assert.equal(clusterer.live, 3);
  });
});

describe('clusters/clusterer: forgetting and keeping', () => {
  it('below three members a theme dissolves, with its name', () => {
    const clusterer = filled(mixed(3));
    const cluster = clusterer.clusterOf('memory_parser_0');
    assert.deepEqual(clusterer.remove(['memory_parser_0']), [
      { type: 'dissolved', cluster, size: 0, joined: 0 },
    ]);
    assert.equal(clusterer.clusterOf('memory_parser_1'), null);
  });

  it('a name says no more what only forgotten members said', () => {
    const secret = [0, 1].map((n) => subject('garden', n, { text: 'zanzibar zanzibar zanzibar tomato' }));
    const clusterer = filled([...secret, ...[2, 3, 4, 5].map((n) => subject('garden', n))]);
    filled(
      [0, 1, 2, 3].map((n) => subject('parser', n)),
      clusterer,
    );
    clusterer.refit();
    const name = () =>
      clusterer.clusters().find(({ id }) => id === clusterer.clusterOf('memory_garden_3'))!.name;
    assert.ok(name().includes('zanzibar'), name().join(' '));
    clusterer.remove(secret.map(({ id }) => id));
    assert.ok(!name().includes('zanzibar'), name().join(' '));
  });

  it('the centroid goes with a retired member, and comes again without it', () => {
    const clusterer = filled(mixed(6), newClusterer({ mostLive: 9 }));
    const theme = () => clusterer.clusters().find(({ retired }) => retired.includes('memory_parser_1'))!;
    assert.equal(theme().centroid?.count, theme().retired.length);
    clusterer.remove(['memory_parser_0']);
    assert.equal(theme().centroid, null);
    clusterer.represent(theme().id, [subject('parser', 0), subject('parser', 1), subject('parser', 2)]);
    assert.equal(theme().centroid?.count, theme().retired.length);
  });

  it('goes on from its stored state as if nothing had been', () => {
    const clusterer = filled(mixed(9), newClusterer({ mostLive: 21 }));
    clusterer.refit();
    const again = newClusterer({ mostLive: 21 }, structuredClone(clusterer.state()));
    const retired = new Set(clusterer.clusters().flatMap((cluster) => cluster.retired));
    for (const each of mixed(9)) if (!retired.has(each.id)) again.place(each);
    assert.deepEqual(again.placed(), []);
    assert.deepEqual(again.clusters(), clusterer.clusters());
    for (const each of [subject('parser', 30), subject('garden', 31)]) {
      clusterer.add(each);
      again.add(each);
      assert.equal(again.clusterOf(each.id), clusterer.clusterOf(each.id));
    }
  });

  it('what is gone meanwhile is missed when the stored state is taken up', () => {
    const clusterer = filled(mixed(3));
    const again = newClusterer({}, clusterer.state());
    for (const each of mixed(3)) if (each.id !== 'memory_garden_2') again.place(each);
    const dissolved = again.placed();
    assert.deepEqual(
      dissolved.map(({ type }) => type),
      ['dissolved'],
    );
    assert.equal(again.clusterOf('memory_garden_0'), null);
  });
});
