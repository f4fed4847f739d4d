import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FateMeasure, type FateMeasures, UNMEASURED } from '../../../companion/council/fate-measures.ts';
import { fateOpinion } from '../../../companion/council/fate-opinion.ts';
import { type Archetype, archetype, type MaskPriorities } from '../../../companion/protocol/index.ts';

const ARCHETYPES = archetype.options;
const EVEN: MaskPriorities = { risk: 0.5, effort: 0.5, value: 0.5, novelty: 0.5, focus: 0.5 };
const SHARES = new Set<FateMeasure>([
  ...(['nearbyFresh', 'fileFresh', 'doneHere', 'doneLately', 'doneAtAge', 'doneByAuthor'] as const),
  ...(['doneInFolder', 'priority', 'drift', 'broken', 'owned', 'waits', 'asks', 'concrete'] as const),
  ...(['auxiliary', 'current'] as const),
]);
const MEASURES = Object.keys(UNMEASURED) as FateMeasure[];

const share = fc.nat(100).map((n) => n / 100);
const number = fc.oneof(fc.constant(0), fc.nat(9), fc.nat(5000));
const measures = fc.record(
  Object.fromEntries(
    MEASURES.map((name) => [name, fc.option(SHARES.has(name) ? share : number, { nil: null })]),
  ),
) as unknown as fc.Arbitrary<FateMeasures>;
const priorities: fc.Arbitrary<MaskPriorities> = fc.record({
  risk: share,
  effort: share,
  value: share,
  novelty: share,
  focus: share,
});
const who = fc.constantFrom(...ARCHETYPES);

/** A comment of yesterday in a file that everybody works on. */
const LIVELY: FateMeasures = {
  ...UNMEASURED,
  ...{
    ageDays: 20,
    idleDays: 1,
    changes90: 9,
    changes365: 30,
    fileLines: 300,
    nearbyDays: 5,
    fileFresh: 0.6,
  },
  ...{ authorIdleDays: 1, authorHere365: 12, hands365: 6, folderChanges365: 90, siblings: 0, bornWith: 0 },
  ...{ words: 5, links: 1, waits: 0, asks: 0, concrete: 1, doneInFolder: 0.4, doneLately: 0.3 },
};
/** One of years ago that nobody comes near. */
const FORGOTTEN: FateMeasures = {
  ...UNMEASURED,
  ...{
    ageDays: 3000,
    idleDays: 900,
    changes90: 0,
    changes365: 0,
    fileLines: 2000,
    nearbyDays: 2500,
    fileFresh: 0,
  },
  ...{ authorIdleDays: 2000, authorHere365: 0, hands365: 0, folderChanges365: 0, siblings: 9, bornWith: 20 },
  ...{ words: 25, links: 0, waits: 0, asks: 1, concrete: 0, doneInFolder: 0.02, doneLately: 0.03 },
};
/** A branch that is worked on now. */
const BRANCH: FateMeasures = {
  ...UNMEASURED,
  ...{ ageDays: 6, idleDays: 0.2, uncommittedFiles: 4, unpushed: 3, ahead: 5, behind: 2, conflicts: 0 },
  ...{ current: 1, priority: 0.5, drift: 0.1 },
};

describe('council/fate opinion', () => {
  it('[C5] stays within its bounds whatever was measured', () => {
    fc.assert(
      fc.property(who, priorities, measures, (whose, cares, known) => {
        const { choice, lean, logic, reason, cites } = fateOpinion(whose, cares, known);
        assert.ok(lean >= -1 && lean <= 1, `lean ${lean}`);
        assert.ok(logic >= 0 && logic <= 1, `logic ${logic}`);
        if (choice === null) assert.deepEqual([lean, logic, cites], [0, 0, []]);
        else assert.equal(choice === 'discard', lean < 0);
        assert.match(reason, /^[A-Z].*\.$/);
        assert.ok(!/null|NaN|undefined|Infinity/.test(reason), reason);
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  it('[C5] cites only what was measured, and what it cites bears on what it says', () => {
    fc.assert(
      fc.property(who, priorities, measures, (whose, cares, known) => {
        const said = fateOpinion(whose, cares, known);
        for (const name of said.cites as FateMeasure[]) {
          assert.notEqual(known[name], null, name);
          assert.notDeepEqual(fateOpinion(whose, cares, { ...known, [name]: null }), said, name);
        }
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  it('[C5] keeps what is alive and lets go what is forgotten, each for reasons of its own', () => {
    const reasons = new Set<string>();
    for (const whose of ARCHETYPES) {
      assert.equal(fateOpinion(whose, EVEN, LIVELY).choice, 'preserve', whose);
      assert.equal(fateOpinion(whose, EVEN, FORGOTTEN).choice, 'discard', whose);
      assert.equal(fateOpinion(whose, EVEN, BRANCH).choice, 'preserve', whose);
      reasons.add(fateOpinion(whose, EVEN, LIVELY).cites.join());
    }
    assert.equal(reasons.size, ARCHETYPES.length);
  });

  it('says the measures in words', () => {
    assert.equal(
      fateOpinion('guardian', EVEN, LIVELY).reason,
      'Keep it safe: its file of 300 lines changed 30 times in a year, who wrote it last committed 24 h ago, and it is the only thread there.',
    );
    assert.match(fateOpinion('trickster', EVEN, FORGOTTEN).reason, /^Everybody walks past it: .*8 years old/);
  });

  const falling: readonly [Archetype, FateMeasure][] = [
    ['sage', 'ageDays'],
    ['trickster', 'ageDays'],
    ['trickster', 'nearbyDays'],
    ['trickster', 'idleDays'],
    ['guardian', 'authorIdleDays'],
    ['guardian', 'siblings'],
    ['sage', 'bornWith'],
    ['sage', 'words'],
    ['sage', 'behind'],
    ['sage', 'drift'],
  ];
  const rises: readonly [Archetype, FateMeasure][] = [
    ['guardian', 'changes365'],
    ['trickster', 'changes90'],
    ['creator', 'authorHere365'],
    ['weaver', 'hands365'],
    ['weaver', 'links'],
    ['sage', 'doneInFolder'],
    ['sage', 'doneLately'],
    ['guardian', 'uncommittedFiles'],
    ['creator', 'ahead'],
    ['creator', 'priority'],
  ];
  for (const [direction, pairs] of [
    [-1, falling],
    [1, rises],
  ] as const) {
    for (const [whose, name] of pairs) {
      it(`${whose}: more ${name} never leans ${direction < 0 ? 'towards keeping' : 'towards letting go'}`, () => {
        const value = SHARES.has(name) ? share : number;
        let moved = 0;
        fc.assert(
          fc.property(priorities, measures, value, value, (cares, known, a, b) => {
            const at = (n: number) => fateOpinion(whose, cares, { ...known, [name]: n }).lean;
            const [less, more] = [at(Math.min(a, b)), at(Math.max(a, b))];
            assert.ok(direction * (more - less) >= -1e-9, `${less} -> ${more}`);
            if (Math.abs(more - less) > 1e-6) moved++;
          }),
          { numRuns: 200, seed: 7 },
        );
        assert.ok(moved > 20, `it moved ${moved} times`);
      });
    }
  }

  it('abstains where too little is measured, and says so', () => {
    for (const whose of ARCHETYPES) {
      for (const known of [UNMEASURED, { ...UNMEASURED, broken: 1 }, { ...UNMEASURED, ageDays: 3 }]) {
        const { choice, reason } = fateOpinion(whose, EVEN, known);
        assert.equal(choice, null, whose);
        assert.equal(reason, 'Too little is measured to say.');
      }
    }
  });

  it('archetypes part where their concerns do', () => {
    // New and moving, but written by somebody who has left, in a huge file with many like it.
    const orphan = {
      ...UNMEASURED,
      ...{ ageDays: 3, idleDays: 1, nearbyDays: 2, changes90: 4, changes365: 4, fileLines: 6000 },
      ...{ authorIdleDays: 1500, siblings: 30, bornWith: 30, hands365: 1 },
    };
    assert.equal(fateOpinion('trickster', EVEN, orphan).choice, 'preserve');
    assert.equal(fateOpinion('guardian', EVEN, orphan).choice, 'discard');
  });

  it('a mask with other priorities weighs the same measures otherwise', () => {
    const mixed = { ...LIVELY, ageDays: 4000, idleDays: 1000 };
    const lean = (novelty: number) => fateOpinion('trickster', { ...EVEN, novelty }, mixed).lean;
    assert.ok(lean(1) < lean(0));
  });

  it('splits what is alive and has left its scope; the weaver sooner than the guardian', () => {
    const spread = { ...BRANCH, drift: 0.6 };
    assert.equal(fateOpinion('weaver', EVEN, spread).choice, 'fork');
    assert.equal(fateOpinion('guardian', EVEN, spread).choice, 'preserve');
    const wide = fateOpinion('guardian', EVEN, { ...BRANCH, uncommittedFiles: 60 });
    assert.equal(wide.choice, 'fork');
    assert.match(wide.reason, /it changes 60 files at once/);
    assert.ok(wide.cites.includes('uncommittedFiles'));
  });

  it('is more sure the more is measured and the more it agrees', () => {
    const few = { ...UNMEASURED, ageDays: 20, changes365: 30, fileLines: 300 };
    const torn = { ...LIVELY, ageDays: 4000, bornWith: 60, words: 60 };
    const logic = (known: FateMeasures) => fateOpinion('sage', EVEN, known).logic;
    assert.ok(logic(few) < logic(LIVELY));
    assert.ok(logic(torn) < logic(LIVELY));
  });

  it('the same measures give the same opinion', () => {
    fc.assert(
      fc.property(who, priorities, measures, (whose, cares, known) => {
        assert.deepEqual(
          fateOpinion(whose, cares, known),
          fateOpinion(whose, structuredClone(cares), structuredClone(known)),
        );
      }),
      { numRuns: 100, seed: 8 },
    );
  });
});
