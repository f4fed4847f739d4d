import assert from 'node:assert/strict';
import { adjustedMutualInformation } from '../../bench/support/mutual-information.ts';

describe('benchmark of clusters: adjusted mutual information', () => {
  // The values that scikit-learn 1.9.1 gives: adjusted_mutual_info_score(first, second).
  const known: [first: string, second: string, value: number][] = [
    ['aabb', 'aabb', 1],
    ['aabb', 'abab', -0.5],
    ['aaabbbccc', 'aabbbbccc', 0.691742285115],
    ['aaaabbbbccccdddd', 'aaabbbbcccccdaad', 0.509717381781],
    ['aaaaaaaaab', 'abcabcabca', -0.0347646379253],
    ['abcdefgh', 'aaaabbbb', 9.61027951144e-16],
  ];
  for (const [first, second, value] of known) {
    it(`[M7] of ${first} and ${second} is ${value}`, () => {
      const found = adjustedMutualInformation([...first], [...second]);
      assert.ok(Math.abs(found - value) < 1e-9, `received ${found}`);
    });
  }

  it('[M7] does not depend on what the labels are called', () => {
    const first = [...'aabbccddee'];
    const second = [...'abbbccddea'];
    const renamed = second.map((label) => `group ${label}`);
    assert.equal(adjustedMutualInformation(first, second), adjustedMutualInformation(first, renamed));
  });
});
