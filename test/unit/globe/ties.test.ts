import assert from 'node:assert/strict';
import { loopActivity, recordActivity, type Tied, tiesOf } from '../../../companion/globe/index.ts';

const DAY = 86_400_000;
const loop = (id: string, files: string[], change: Partial<Tied> = {}): Tied => ({
  id,
  parent: null,
  workspace: 'ws_1',
  private: false,
  files: new Set(files),
  ...change,
});

describe('globe: ties', () => {
  it('a fork comes first, then the pair with the most files of their own', () => {
    const ties = tiesOf([
      loop('loop_a', ['x.ts', 'y.ts']),
      loop('loop_b', ['x.ts', 'src/y.ts', 'y.ts']),
      loop('loop_c', ['x.ts'], { parent: 'loop_b' }),
    ]);
    assert.deepEqual(
      ties.map(({ from, to, kind }) => `${kind} ${from} ${to}`),
      ['fork loop_b loop_c', 'files loop_a loop_b', 'files loop_a loop_c', 'files loop_b loop_c'],
    );
    assert.equal(ties[1]!.words, '2 files: x.ts and y.ts');
    assert.ok(ties[1]!.strength > ties[2]!.strength);
  });

  it('the same path in another folder is another file', () => {
    assert.deepEqual(tiesOf([loop('loop_a', ['x.ts']), loop('loop_b', ['x.ts'], { workspace: 'ws_2' })]), []);
  });

  it('a file that everybody touches ties nobody, and a parent that is gone is none', () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      loop(`loop_${n}`, ['package.json'], { parent: 'loop_gone' }),
    );
    assert.deepEqual(tiesOf(many), []);
  });

  it('names no file of what is private', () => {
    const [tie] = tiesOf([loop('loop_a', ['secret.ts'], { private: true }), loop('loop_b', ['secret.ts'])]);
    assert.equal(tie!.words, '1 file');
  });

  it('keeps the 2,000 strongest', () => {
    const many = Array.from({ length: 120 }, (_, n) =>
      loop(
        `loop_${n}`,
        Array.from({ length: 12 }, (_, f) => `${(n + f * 7) % 60}`),
      ),
    );
    const ties = tiesOf(many);
    assert.equal(ties.length, 2000);
    assert.deepEqual(
      ties.map(({ strength }) => strength),
      ties.map(({ strength }) => strength).toSorted((a, b) => b - a),
    );
  });
});

describe('globe: activity', () => {
  it('halves in a week, grows with what was done, and is less once it is closed', () => {
    const active = { touchedAt: 0, acts: 15, ended: false };
    assert.equal(loopActivity(active, 0), 1);
    assert.equal(loopActivity(active, 7 * DAY), 0.5);
    assert.equal(loopActivity({ ...active, acts: 0 }, 0), 0.25);
    assert.equal(loopActivity({ ...active, ended: true }, 0), 0.333);
  });

  it('of a record lies between 0 and 1 and grows with looks', () => {
    const at = (looks: number) => recordActivity({ at: 0, salience: 1, looks }, 0);
    assert.equal(at(0), 0.7);
    assert.equal(at(1), 0.8);
    assert.equal(at(1000), 1);
    assert.equal(recordActivity({ at: 0, salience: 0, looks: 0 }, 900 * DAY), 0);
  });
});
