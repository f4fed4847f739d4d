import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inWords } from '../../../companion/kernel/finding.ts';
import type { Loop } from '../../../companion/protocol/index.ts';
import { anchorInWords, renderLoops } from '../../../companion/working-files/loops-file.ts';
import { planLoops } from '../../../companion/working-files/plan-loops.ts';
import { bent, type LooseJson } from './bent-json.ts';
import { planInput, sampleLoop, times, wildLoops } from './samples.ts';

const loops = [sampleLoop(), sampleLoop({ id: 'loop_2', title: 'Other', deferUntil: 0 })];
const base = renderLoops(loops, times).text;

const edited = (change: (document: LooseJson) => void) => bent(base, change);

const planOf = (disk: string, byHand: string[] = []) =>
  planLoops(planInput({ disk, base }, { loops, byHand }));
const complaint = (disk: string) =>
  planOf(disk).findings.map((finding) => inWords('open_loops.json', finding))[0];

describe('working-files/plan loops', function () {
  this.timeout(30_000);

  it('[F5] what was written and not touched asks for nothing, whatever is in it', () => {
    fc.assert(
      fc.property(wildLoops, (all) => {
        const text = renderLoops(all, times).text.toWellFormed();
        const plan = planLoops(planInput({ disk: text, base: text }, { loops: all }));
        assert.deepEqual(plan, {
          changes: [],
          findings: [],
          conflicts: [],
          notes: [],
          losesText: false,
          doubtful: false,
        });
      }),
    );
  });

  it('an edit of any field of any entry is found exactly', () => {
    const edit = fc.record(
      {
        title: fc.string({ minLength: 1, maxLength: 200 }).map((text) => `${text.trim()}!`.slice(-200)),
        context: fc.string({ maxLength: 300 }),
        status: fc.constantFrom('proposed', 'open', 'stale', 'blessed', 'dropped', 'merged'),
        priority: fc.constantFrom('low', 'normal', 'high'),
        deferUntil: fc.option(fc.integer({ min: 1, max: 4e12 }), { nil: null }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(wildLoops, fc.nat(5), edit, (all, index, change) => {
        const was = all[index];
        if (!was) return;
        const text = renderLoops(all, times).text.toWellFormed();
        const document = JSON.parse(text);
        Object.assign(document.loops[index], change);
        const disk = JSON.stringify(document);
        const { changes, findings } = planLoops(planInput({ disk, base: text }, { loops: all }));
        assert.deepEqual(findings, []);
        const expected: Partial<Loop> = Object.fromEntries(
          Object.entries(change).filter(([name, value]) => was[name as keyof Loop] !== value),
        );
        const resumes =
          expected.status !== undefined && !('deferUntil' in expected) && was.deferUntil !== null;
        if (resumes) expected.deferUntil = null;
        const fields =
          Object.keys(expected).length > 0 ? [{ kind: 'change-loop', id: was.id, fields: expected }] : [];
        assert.deepEqual(changes, fields);
      }),
      { numRuns: 500 },
    );
  });

  it('order, derived fields and layout mean nothing', () => {
    const disk = edited((document) => {
      document.loops.reverse();
      document.loops[0].summary = 'mine';
      document.loops[1].anchors = ['branch x'];
      document.note = 'anything';
    });
    assert.deepEqual(planOf(JSON.stringify(JSON.parse(disk))).changes, []);
  });

  it('a new entry opens a loop, with what else it says', () => {
    const disk = edited((document) => {
      document.loops.push({ title: ' New ', status: 'open' }, { title: 'Later', deferUntil: '2025-12-01' });
      document.loops.push({
        id: null,
        title: 'Done',
        context: 'c',
        priority: 'low',
        status: 'blessed',
        anchors: ['x'],
      });
    });
    const plan = planOf(disk);
    assert.deepEqual(plan.findings, []);
    assert.deepEqual(plan.changes, [
      {
        kind: 'open-loop',
        key: 'new:0',
        loop: { title: 'New', context: '', priority: 'normal' },
        afterwards: null,
      },
      {
        kind: 'open-loop',
        key: 'new:1',
        loop: { title: 'Later', context: '', priority: 'normal' },
        afterwards: { deferUntil: Date.UTC(2025, 11, 1, 5) },
      },
      {
        kind: 'open-loop',
        key: 'new:2',
        loop: { title: 'Done', context: 'c', priority: 'low' },
        afterwards: { status: 'blessed' },
      },
    ]);
    assert.equal(plan.notes.length, 1);
  });

  it('an entry that only lost its id is the one it was', () => {
    const disk = edited((document) => delete document.loops[0].id);
    assert.deepEqual(planOf(disk).changes, []);
    const copied = edited((document) => document.loops.push({ ...document.loops[0], id: null }));
    assert.equal(planOf(copied).changes[0]?.kind, 'open-loop');
  });

  const complaints: [string, string | ((document: LooseJson) => void), string][] = [
    [
      'no JSON',
      'hello',
      'line 1, column 1: found "hello"; expected true, false, null, a number, or text in double quotes.',
    ],
    ['a cut file', base.slice(0, -4), 'line 24, column 3: the file ends here; expected a closing ].'],
    ['a list', '[]', 'line 1: it holds a list; expected {"version": 1, "loops": […]}.'],
    ['another version', (d) => (d.version = 2), 'line 2: `version` is 2; expected 1.'],
    ['no version', (d) => delete d.version, 'line 1: `version` is missing; expected 1.'],
    ['no list', (d) => delete d.loops, 'line 1: `loops` is missing; expected a list in square brackets.'],
    [
      'an unknown name',
      (d) => (d.extra = 1),
      'line 25: `extra` is not a field of this file; expected version and loops.',
    ],
    ['no entry', (d) => d.loops.push('x'), 'line 24: an entry is "x"; expected an entry in braces.'],
    [
      'an unknown status',
      (d) => (d.loops[0].status = 'wip'),
      'line 8: `status` is "wip"; expected proposed, open, stale, deferred, blessed, dropped or merged.',
    ],
    [
      'an empty title',
      (d) => (d.loops[1].title = ' '),
      'line 16: `title` is " "; expected at least 1 character.',
    ],
    [
      'a long title',
      (d) => (d.loops[0].title = 'x'.repeat(201)),
      `line 6: \`title\` is "${'x'.repeat(58)}…; expected at most 200 characters.`,
    ],
    ['a number for a title', (d) => (d.loops[0].title = 5), 'line 6: `title` is 5; expected text in quotes.'],
    [
      'a strange date',
      (d) => (d.loops[0].deferUntil = 'soon'),
      'line 10: `deferUntil` is "soon"; expected a date such as "2026-03-09" or "2026-03-09T14:30", or null.',
    ],
    [
      'deferred for ever',
      (d) => (d.loops[0].status = 'deferred'),
      'line 8: `status` is "deferred" without a date; expected a date in `deferUntil`, such as "2026-03-09".',
    ],
    [
      'a misspelt field',
      (d) => (d.loops[0].prio = 'low'),
      'line 13: `prio` is not a field of an entry; expected id, title, context, status, priority, deferUntil.',
    ],
    [
      'an id that is none',
      (d) => (d.loops[0].id = 7),
      'line 5: `id` is 7; expected the id as it was, or no id for a new entry.',
    ],
    [
      'an unknown id',
      (d) => (d.loops[0].id = 'loop_9'),
      'line 4: `id` is "loop_9", and there is no such loop here; expected the id as it was, or no id for a new entry.',
    ],
    [
      'an id twice',
      (d) => (d.loops[1].id = 'loop_1'),
      'line 15: `id` is "loop_1", as in an entry before; expected no id in the copy, to make it a new entry.',
    ],
    [
      'an entry without title',
      (d) => d.loops.push({ context: 'x' }),
      'line 24: `title` is missing; expected it in an entry without an id.',
    ],
    [
      'a name twice',
      base.replace('"context": ""', '"title": "again"'),
      'line 7, column 7: `title` stands twice in one entry; expected one.',
    ],
    ['a bottomless list', '['.repeat(200_000), 'it is nested too deeply; expected a list of entries.'],
    [
      'a prototype',
      base.replace('"context"', '"__proto__"'),
      'line 7: `__proto__` is not a field of an entry; expected id, title, context, status, priority, deferUntil.',
    ],
  ];
  for (const [name, change, message] of complaints)
    it(`[F5] refuses ${name} in words`, () => {
      const disk = typeof change === 'string' ? change : edited(change);
      const place = message.startsWith('line') ? ' ' : ': ';
      assert.equal(complaint(disk), `\`open_loops.json\`${place}${message}`);
    });

  it('does not judge what it wrote itself and nobody touched', () => {
    const long = sampleLoop({ title: 'x'.repeat(300) });
    const text = renderLoops([long], times).text;
    const plan = planLoops(planInput({ disk: text.replace('normal', 'low'), base: text }, { loops: [long] }));
    assert.deepEqual(plan.changes, [{ kind: 'change-loop', id: 'loop_1', fields: { priority: 'low' } }]);
  });

  it('an edit of a loop that is gone is told; one that is only left there is not', () => {
    const gone = (disk: string) => planLoops(planInput({ disk, base }, { loops: [loops[1] as Loop] }));
    assert.deepEqual(gone(base).conflicts, []);
    assert.deepEqual(gone(base).findings, []);
    const conflicts = gone(base.replace('Fix the clock', 'x')).conflicts;
    assert.equal(conflicts[0]?.what, 'the loop "loop_1" does not exist any more');
  });

  it('a removed entry of a loop that is closed or private by now asks for nothing', () => {
    for (const now of [{ status: 'merged' }, { private: true }] as Partial<Loop>[]) {
      const changed = [sampleLoop(now)];
      const text = renderLoops([sampleLoop()], times).text;
      const disk = '{"version": 1, "loops": []}';
      assert.deepEqual(planLoops(planInput({ disk, base: text }, { loops: changed })).changes, []);
    }
  });

  it('says where a loop is tied to', () => {
    const text = 'x'.repeat(100);
    assert.deepEqual(
      [
        anchorInWords({ kind: 'branch', branch: 'fix/clock' }),
        anchorInWords({ kind: 'file', file: 'src/a.ts' }),
        anchorInWords({ kind: 'line', file: 'src/a.ts', line: 41, text: ' handle CRLF ', lost: false }),
        anchorInWords({ kind: 'line', file: 'src/a.ts', line: 41, text, lost: true }),
        anchorInWords({ kind: 'commit', commit: 'a41c9e2aaaaaaaa' }),
        anchorInWords({ kind: 'stash', commit: 'a41c', name: 'stash@{0}' }),
        anchorInWords({ kind: 'link', url: 'https://example.com/1' }),
      ],
      [
        'branch fix/clock',
        'src/a.ts',
        'src/a.ts:41 handle CRLF',
        `src/a.ts:41 ${'x'.repeat(79)}… (lost)`,
        'commit a41c9e2aaa',
        'stash stash@{0}',
        'https://example.com/1',
      ],
    );
  });
});
