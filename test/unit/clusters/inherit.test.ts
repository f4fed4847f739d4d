import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inherit } from '../../../companion/clusters/inherit.ts';

const sets = (groups: Record<string, string>) =>
  new Map(Object.entries(groups).map(([id, members]) => [id, new Set(members)]));

describe('clusters/inherit', () => {
  const cases: [title: string, old: Record<string, string>, groups: string[], heirs: (string | null)[]][] = [
    ['the same members', { a: 'xyz' }, ['xyz'], ['a']],
    ['exactly one half in common', { a: 'uvxy' }, ['uvxyabcd'], ['a']],
    ['less than one half in common', { a: 'uvx' }, ['uvyzw'], [null]],
    ['a theme that splits: the larger part', { a: 'abcdefg' }, ['abcde', 'fg'], ['a', null]],
    ['two that merge: the larger', { a: 'abcde', b: 'fgh' }, ['abcdefgh'], ['a']],
    ['two halves that both could: once', { a: 'abcd' }, ['abc', 'abcdef'], ['a', null]],
    ['groups in another order', { a: 'abc', b: 'xyz' }, ['xyz', 'abc'], ['b', 'a']],
    ['nothing before', {}, ['abc'], [null]],
  ];
  for (const [title, old, groups, heirs] of cases) {
    it(`[M7] ${title}`, () =>
      assert.deepEqual(
        inherit(
          sets(old),
          groups.map((group) => new Set(group)),
        ),
        heirs,
      ));
  }

  it('a member that stands for many counts as many', () => {
    const old = new Map([['a', new Set(['centroid', 'x'])]]);
    const weight = (member: string) => (member === 'centroid' ? 10 : 1);
    assert.deepEqual(inherit(old, [new Set(['centroid', 'p', 'q', 'r', 's'])], weight), ['a']);
    assert.deepEqual(inherit(old, [new Set(['centroid', 'p', 'q', 'r', 's'])]), [null]);
  });

  it('[M7] each id is inherited once, by a group that shares at least one half with it', () => {
    const groups = fc.array(fc.uniqueArray(fc.nat(30), { minLength: 1 }), { maxLength: 8 });
    fc.assert(
      fc.property(groups, groups, (before, after) => {
        const old = new Map(before.map((members, i) => [`c${i}`, new Set(members)]));
        const heirs = inherit(
          old,
          after.map((members) => new Set(members)),
        );
        const given = heirs.filter((id) => id !== null);
        assert.equal(new Set(given).size, given.length);
        for (const [i, id] of heirs.entries()) {
          if (id === null) continue;
          const shared = after[i]!.filter((member) => old.get(id)!.has(member)).length;
          assert.ok(shared / (old.get(id)!.size + after[i]!.length - shared) >= 0.5);
        }
      }),
    );
  });
});
