import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inWords } from '../../../companion/kernel/finding.ts';
import { renderDecisions } from '../../../companion/working-files/decisions-file.ts';
import { planDecisions } from '../../../companion/working-files/plan-decisions.ts';
import { planInput, sampleDecision, times, wildDecisions } from './samples.ts';

const decisions = [sampleDecision()];
const base = renderDecisions(decisions, times).text;
const planOf = (disk: string, stored = decisions) =>
  planDecisions(planInput({ disk, base }, { decisions: stored }));

describe('working-files/plan decisions', function () {
  this.timeout(30_000);

  it('[F5] what was written and not touched asks for nothing, whatever is in it', () => {
    fc.assert(
      fc.property(wildDecisions, (all) => {
        const text = renderDecisions(all, times).text.toWellFormed();
        const plan = planDecisions(planInput({ disk: text, base: text }, { decisions: all }));
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

  it('finds changed fields', () => {
    const disk = base
      .replace('"outcome": ""', '"outcome": "held"')
      .replace('"reviewAt": null', '"reviewAt": "2026-01-01"')
      .replace('"files"', '"files", "nothing"');
    assert.deepEqual(planOf(disk).changes, [
      {
        kind: 'change-decision',
        id: 'decision_1',
        fields: {
          options: ['SQLite', 'files', 'nothing'],
          outcome: 'held',
          reviewAt: Date.UTC(2026, 0, 1, 5),
        },
      },
    ]);
  });

  it('records a new entry with what it leaves out', () => {
    const disk = base.replace('"decisions": [', '"decisions": [{"question": "Q?", "decision": "A"},');
    assert.deepEqual(planOf(disk).changes, [
      {
        kind: 'record-decision',
        decision: {
          question: 'Q?',
          decision: 'A',
          options: [],
          why: '',
          outcome: '',
          reviewAt: null,
          links: [],
        },
      },
    ]);
  });

  it('keeps a decision whose entry was removed, and says so', () => {
    const plan = planOf('{"version": 1, "decisions": []}');
    assert.deepEqual(plan.changes, []);
    assert.match(plan.notes[0]?.what ?? '', /"Which store\?" was removed; decisions are kept/);
  });

  it('what was changed elsewhere stays, since only people change decisions', () => {
    const plan = planOf(base.replace('"why": "one file"', '"why": "fast"'), [
      sampleDecision({ why: 'small' }),
    ]);
    assert.deepEqual(plan.changes, []);
    assert.match(plan.conflicts[0]?.what ?? '', /`why` is "fast", but was changed to "small" in Progeny/);
  });

  it('an edit of a decision that is gone is told', () => {
    assert.deepEqual(planOf(base, []).conflicts, []);
    const plan = planOf(base.replace('one file', 'fast'), []);
    assert.equal(plan.conflicts[0]?.what, 'the decision "decision_1" does not exist any more');
  });

  const complaints: [string, string, string][] = [
    [
      '"options": [',
      '"options": [1, ',
      'line 8: `options` is [1,"SQLite","files"]; expected text in quotes in each entry.',
    ],
    ['"decision": "SQLite"', '"decision": ""', 'line 12: `decision` is ""; expected at least 1 character.'],
    [
      '"links": []',
      `"links": [${'"",'.repeat(51)}]`,
      'line 16: `links` is ["","","","","","","","","","","","","","","","","","","","…; expected at most 50 entries.',
    ],
    [
      '"decision_1"',
      '"decision_9"',
      'line 5: `id` is "decision_9", and there is no such decision here; expected the id as it was, or no id for a new entry.',
    ],
    [
      '"decisions": [',
      '"decisions": [{"question": "Q?"},',
      'line 4: `decision` is missing; expected it in an entry without an id.',
    ],
  ];
  for (const [from, to, message] of complaints)
    it(`[F5] refuses ${to.slice(0, 40)} in words`, () => {
      const [finding] = planOf(base.replace(from, to)).findings;
      assert.equal(finding && inWords('decisions.json', finding), `\`decisions.json\` ${message}`);
    });
});
