import assert from 'node:assert/strict';
import type { AskedRun } from '../../../companion/agency/index.ts';
import { actionStance, actionWords, contestedBecause } from '../../../companion/council/index.ts';

const own: AskedRun = {
  id: 'run_1',
  workspace: '/w',
  recipe: 'fix-lint',
  origin: { by: 'person', name: 'editor' },
  sentence: 'Fix 14 lint errors in 6 files with eslint --fix.',
  files: 6,
  deleted: 0,
  verified: true,
};
const never = { kept: 0, undone: 0, failed: 0 };
const quiet = { success: 0, trouble: 0, cites: [] };

describe('a run before the council', () => {
  it('is contested where somebody else wants it, where it did not hold before, and where it reaches far', () => {
    assert.equal(contestedBecause(own, never), null);
    assert.equal(contestedBecause(own, { ...never, kept: 9 }), null);
    assert.match(
      contestedBecause({ ...own, origin: { by: 'agent', name: 'claude' } }, never)!,
      /claude asked/,
    );
    assert.match(contestedBecause({ ...own, origin: { by: 'mind', name: '' } }, never)!, /model/);
    assert.match(contestedBecause(own, { ...never, undone: 1, failed: 1 })!, /2 times/);
    assert.match(contestedBecause({ ...own, deleted: 5 }, never)!, /delete 5 files/);
    assert.match(contestedBecause({ ...own, files: 50 }, never)!, /change 50 files/);
  });

  it('counts what spoke for it and what against it, and nothing that is not known', () => {
    const fresh = actionStance(own, never, quiet);
    assert.deepEqual([fresh.support, fresh.against, fresh.blockers], [1, 0, 0]);
    const bad = actionStance(
      { ...own, origin: { by: 'agent', name: 'x' }, deleted: 11, files: 120, verified: false },
      { kept: 7, undone: 1, failed: 2 },
      { success: 1, trouble: 2, cites: [1, 3] },
    );
    assert.deepEqual([bad.support, bad.against, bad.blockers], [4, 1 + 3 + 2 + 2 + 2, 1]);
    assert.deepEqual(
      [bad.supportCites, bad.againstCites],
      [
        [1, 3],
        [1, 3],
      ],
    );
  });

  it('says the same in words', () => {
    const words = actionWords({ ...own, verified: false }, { ...never, undone: 1 }).map((each) => each.words);
    assert.deepEqual(words, [
      '6 files would change',
      '0 files would be deleted',
      'nothing tests it afterwards',
      'kept 0 times before',
      'undone or failed 1 time before',
    ]);
  });
});
