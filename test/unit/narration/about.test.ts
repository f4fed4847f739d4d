import assert from 'node:assert/strict';
import { aboutOf } from '../../../companion/narration/about.ts';

describe('narration/about', () => {
  it('[W1] a line opens what its event is about, where that has a page; a backup opens nothing', () => {
    const of = (kind: Parameters<typeof aboutOf>[0]) => aboutOf(kind, { subject: 'x_1' });
    assert.deepEqual(of('committed'), { kind: 'commit', id: 'x_1' });
    assert.deepEqual(of('drifting'), { kind: 'loop', id: 'x_1' });
    assert.deepEqual(of('contested'), { kind: 'proposal', id: 'x_1' });
    assert.deepEqual(of('adviser offered'), { kind: 'offer', id: 'x_1' });
    assert.deepEqual(of('broke off'), { kind: 'run', id: 'x_1' });
    assert.deepEqual(of('tier'), { kind: 'grants', id: 'x_1' });
    // The note is not what opens: its thread is, and only the facts know it.
    assert.equal(of('noted'), null);
    assert.equal(of('restored'), null);
  });
});
