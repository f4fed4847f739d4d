import assert from 'node:assert/strict';
import path from 'node:path';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { SavedFiles } from '../../../companion/saved-files.ts';

const HOUR = 60 * 60 * 1000;
const save = (file: string, at: number) => ({ kind: 'save', at, file }) as const;

describe('saved files', () => {
  const [outer, inner, other] = ['/w', '/w/sub', '/wider'].map((place) => path.resolve(place)) as [
    string,
    string,
    string,
  ];

  it('are known by folder and time, whichever folder the editor has open', () => {
    const clock = new VirtualClock(1000 * HOUR);
    const now = clock.now();
    const saved = new SavedFiles(clock);
    saved.heard(outer, [
      save('a.ts', now - 10),
      save('sub/b.ts', now),
      { kind: 'active', at: now, file: 'c.ts' },
    ]);
    saved.heard(inner, [save('deep/d.ts', now)]);
    saved.heard(other, [save('e.ts', now)]);
    assert.deepEqual([...saved.since(outer, now)], ['sub/b.ts', 'sub/deep/d.ts']);
    assert.deepEqual([...saved.since(outer, now - 10)], ['a.ts', 'sub/b.ts', 'sub/deep/d.ts']);
    assert.deepEqual([...saved.since(inner, 0)], ['b.ts', 'deep/d.ts']);
    saved.heard(outer, [save('a.ts', now - 20), save('late.ts', now + HOUR)]);
    assert.ok(saved.since(outer, now - 10).has('a.ts'), 'an older word does not undo a newer one');
    assert.deepEqual([...saved.since(outer, now + 1)], [], 'nothing was saved after now');
    saved.forget(outer);
    assert.deepEqual([saved.since(outer, 0).size, saved.since(other, 0).size], [0, 1]);
  });

  it('are forgotten after hours, and the oldest where there are too many', () => {
    const clock = new VirtualClock(1000 * HOUR);
    const saved = new SavedFiles(clock);
    saved.heard(outer, [save('old.ts', clock.now())]);
    clock.advance(7 * HOUR);
    saved.heard(outer, [save('new.ts', clock.now())]);
    assert.deepEqual([...saved.since(outer, 0)], ['new.ts']);
    saved.heard(
      outer,
      Array.from({ length: 6000 }, (_, i) => save(`f${i}.ts`, clock.now())),
    );
    const left = saved.since(outer, 0);
    assert.deepEqual([left.size, left.has('new.ts'), left.has('f5999.ts')], [5000, false, true]);
  });
});
