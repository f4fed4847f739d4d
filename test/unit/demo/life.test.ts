import assert from 'node:assert/strict';
import { lifeUntil, projects, TOPICS, Trees } from '../../../companion/demo/index.ts';

const DAY = 24 * 60 * 60_000;
const NOW = new Date(2026, 10, 20, 16, 30).getTime();

describe('the life of the demo', function () {
  this.timeout(20_000);
  const life = lifeUntil(NOW);
  const said = life.happenings.flatMap((each) => (each.kind === 'memory' ? [each] : []));

  it('is the same for the same time, and another in another month', () => {
    assert.deepEqual(lifeUntil(NOW).happenings, life.happenings);
    assert.notDeepEqual(lifeUntil(NOW - 30 * DAY).happenings, life.happenings);
  });

  it('ends before now, begins half a year before, and comes in order', () => {
    const times = life.happenings.map(({ at }) => at);
    assert.ok(Math.max(...times) < NOW && Math.min(...times) > NOW - 183 * DAY);
    assert.deepEqual(
      times.toSorted((a, b) => a - b),
      times,
    );
  });

  it('at any time of any day it stands in whole milliseconds, and keeps order', () => {
    for (let hour = 0; hour < 7 * 24; hour += 5) {
      const now = NOW + hour * 3_600_000 + 1 + (hour % 3);
      const { happenings, threads } = lifeUntil(now);
      const ends = threads.flatMap(({ endsAt, stretches }) => [
        ...(endsAt === null ? [] : [endsAt]),
        ...stretches.flatMap(({ from, until }) => [from, until]),
      ]);
      const times = [...happenings.map(({ at }) => at), ...ends];
      assert.deepEqual(
        times.filter((at) => !Number.isSafeInteger(at)),
        [],
        new Date(now).toString(),
      );
      assert.ok(happenings.every(({ at }) => at < now));
    }
  });

  it('has weekends, holidays, long days before releases, and a slow August', () => {
    const kinds = Map.groupBy(life.days, ({ kind }) => kind);
    assert.ok(kinds.get('crunch')!.length >= 8 && kinds.get('holiday')!.length >= 12);
    assert.ok(kinds.get('weekend')!.every(({ midnight }) => [0, 6].includes(new Date(midnight).getDay())));
    const worked = (month: number) =>
      life.days.filter(({ midnight, from, until }) => new Date(midnight).getMonth() === month && until > from)
        .length;
    assert.ok(worked(7) < worked(8) - 4, `${worked(7)} days in August, ${worked(8)} in September`);
  });

  it('is rich: thousands of memories, of which few say the same', () => {
    assert.ok(said.length >= 2200 && said.length <= 4000, `${said.length}`);
    const different = new Set(said.map(({ content }) => content)).size / said.length;
    assert.ok(different > 0.85, `${(different * 100).toFixed(0)} % differ`);
    const kinds = new Set(said.map(({ memory }) => memory));
    for (const kind of ['episode', 'fact', 'observation', 'conversation'] as const)
      assert.ok(kinds.has(kind), kind);
    assert.ok(new Set(said.flatMap(({ tone }) => tone ?? [])).size >= 5);
  });

  it('tells of no file that its projects do not have, and of every thread in a theme', () => {
    for (const thread of life.threads) {
      const project = projects.find(({ name }) => name === thread.project)!;
      for (const file of thread.files)
        assert.ok(file in project.files || file === 'test/bookings.test.ts', file);
      const fits = TOPICS.filter(
        (topic) => topic.project === thread.project && topic.branches.test(thread.branch),
      );
      assert.equal(fits.length, 1, thread.branch);
    }
  });

  it('facts replace each other in time', () => {
    const releases = said.filter(({ about }) => about === 'tern release');
    assert.deepEqual(
      releases.map(({ content }) => /\d+\.\d+\.\d+/.exec(content)?.[0]),
      ['1.9.2', '2.0.0', '2.0.3', '2.1.0'],
    );
  });

  it('commits stand on what was there: every merge holds both sides', () => {
    const project = projects.find(({ name }) => name === 'harbor')!;
    const commits = life.commits.harbor;
    const trees = new Trees(project, commits);
    const merges = commits.filter(({ merges }) => merges !== null);
    assert.ok(merges.length >= 8);
    for (const { mark, parent, merges: branch } of merges) {
      assert.ok(trees.behind(mark).has(parent!) && trees.behind(mark).has(branch!));
      const before = trees.file(branch!, commits[branch! - 1]!.adds[0]!.file)!;
      const after = trees.file(mark, commits[branch! - 1]!.adds[0]!.file)!;
      assert.ok(after.length >= before.length);
    }
  });
});
