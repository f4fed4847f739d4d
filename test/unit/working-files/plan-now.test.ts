import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inWords } from '../../../companion/kernel/finding.ts';
import type { Loop } from '../../../companion/protocol/index.ts';
import { newDay } from '../../../companion/working-files/day-state.ts';
import { renderNow } from '../../../companion/working-files/now-file.ts';
import { parseNow } from '../../../companion/working-files/now-parse.ts';
import { nowView } from '../../../companion/working-files/now-view.ts';
import { planNow } from '../../../companion/working-files/plan-now.ts';
import { planInput, sampleLoop, wildNow } from './samples.ts';

const loops = ['One', 'Two', 'Three', 'Four'].map((title, i) => sampleLoop({ id: `loop_${i + 1}`, title }));
const day = newDay('2025-11-05');
const base = renderNow(nowView(day, loops, 7, () => null)).text;

function planOf(disk: string, stored: Loop[] = loops, byHand: string[] = []) {
  return planNow({ ...planInput({ disk, base }, { loops: stored, byHand }), day });
}

/** What the day is after an edit. */
const dayOf = (disk: string) => {
  const change = planOf(disk).changes.find(({ kind }) => kind === 'day');
  return change?.kind === 'day' ? change.day : null;
};

describe('working-files/plan now', function () {
  this.timeout(30_000);

  it('[F5] what was written and not touched asks for nothing, whatever is in it', () => {
    fc.assert(
      fc.property(wildNow, (view) => {
        const text = renderNow(view).text.toWellFormed();
        const all = view.close.map(({ id, title, done }) =>
          sampleLoop({ id, title, status: done ? 'blessed' : 'open' }),
        );
        const plan = planNow({ ...planInput({ disk: text, base: text }, { loops: all }), day });
        assert.deepEqual(plan, {
          changes: [],
          findings: [],
          conflicts: [],
          notes: [],
          losesText: false,
          doubtful: false,
        });
        const read = parseNow(text);
        assert.equal(read.focus?.text, view.focus.toWellFormed());
        assert.equal(read.notes, view.notes.toWellFormed());
        assert.deepEqual(
          read.top?.map(({ id }) => id),
          view.top.map(({ id }) => id),
        );
        assert.deepEqual(
          read.close?.map(({ id, ticked }) => [id, ticked]),
          view.close.map(({ id, done }) => [id, done]),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('no line that a person writes is lost: it is understood, or becomes a note', () => {
    const lineOf = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replace(/\s+/g, ' ').trim());
    fc.assert(
      fc.property(lineOf, fc.nat(base.split('\n').length), (line, at) => {
        const lines = base.split('\n');
        lines.splice(at, 0, line);
        const read = parseNow(lines.join('\n'));
        const kept = [
          read.notes,
          read.focus?.text,
          read.energy?.text,
          ...[...(read.top ?? []), ...(read.close ?? [])].map(({ title, id }) => `${title} ${id}`),
          ...read.findings.map(({ what }) => what),
        ].join('\n');
        const essence = line.replace(/^(?:[-*+]|\d+[.)])(?:\s+|$)(?:\[[ xX]\](?:\s+|$))?/, '');
        assert.ok(
          kept.includes(essence) || /^(?:Focus|Energy):|^#/i.test(line),
          `${JSON.stringify(line)} in ${kept}`,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps focus, energy, notes and the order of the top three', () => {
    const edited = dayOf(
      base
        .replace('Focus:', 'Focus: parser')
        .replace('Energy:', 'energy:   low ')
        .replace(/1\. (.*)\n2\. (.*)\n3\. (.*)\n/, '1. $3\n2. $1\n')
        .concat('\nCall Ana.\n\n- [ ] not a loop\n'),
    );
    assert.deepEqual(edited, {
      ...day,
      focus: 'parser',
      energy: 'low',
      top: ['loop_3', 'loop_1'],
      fill: false,
      notes: 'Call Ana.\n\n- [ ] not a loop',
    });
  });

  it('a section or line that is gone is unchanged; a fourth of the top three is not among them', () => {
    assert.equal(dayOf(base.replace(/## Top three[^#]*/, '').replace('Focus:\n', '')), null);
    const fourth = base.replace('\n\n## To close', '\n4. Four <!-- loop_4 -->\n\n## To close');
    assert.deepEqual(dayOf(fourth)?.top, ['loop_1', 'loop_2', 'loop_3']);
  });

  it('other headings and paragraphs become notes', () => {
    const text = base.replace('## To close', 'Between.\n\n## Ideas\n\n- one\n\n## To close');
    assert.equal(dayOf(text)?.notes, 'Between.\n## Ideas\n\n- one');
  });

  it('a ticked box blesses, in either list; a changed line renames', () => {
    const plan = planOf(
      base.replace('- [ ] Two', '- [X] Two!').replace('1. One', '1. [x] One').replace('3. Three', '3. Drei'),
    );
    assert.deepEqual(plan.findings, []);
    assert.deepEqual(
      plan.changes.filter(({ kind }) => kind === 'change-loop'),
      [
        { kind: 'change-loop', id: 'loop_3', fields: { title: 'Drei' } },
        { kind: 'change-loop', id: 'loop_2', fields: { title: 'Two!', status: 'blessed' } },
        { kind: 'change-loop', id: 'loop_1', fields: { status: 'blessed' } },
      ],
    );
  });

  it('a new line opens a loop, once where it stands in both lists, and may be done already', () => {
    const plan = planOf(
      base
        .replace('1. One', '1. Urgent\n1. One')
        .replace('- [ ] One', '- [ ] Urgent\n- [x] Watered the plants\n- [ ] One'),
    );
    assert.deepEqual(
      plan.changes.map((change) =>
        change.kind === 'open-loop' ? [change.key, change.loop.title, change.afterwards] : change.kind,
      ),
      [['new:0', 'Urgent', null], ['new:1', 'Watered the plants', { status: 'blessed' }], 'day'],
    );
    const last = plan.changes.at(-1);
    assert.deepEqual(last?.kind === 'day' && [last.day.top, last.day.done], [
      ['new:0', 'loop_1', 'loop_2'],
      ['new:1'],
    ]);
  });

  it('a line that lost its id, and reads as it did, gets it back', () => {
    const lost = planOf(
      base.replace('1. One <!-- loop_1 -->', '1. One').replace('[ ] Two <!-- loop_2 -->', '[x] Two'),
    );
    assert.deepEqual(lost.changes, [
      { kind: 'change-loop', id: 'loop_2', fields: { status: 'blessed' } },
      { kind: 'day', day: { ...day, done: ['loop_2'] } },
    ]);
    const another = planOf(base.replace('- [ ] One', '- [ ] One\n- [ ] One'));
    assert.equal(another.changes[0]?.kind, 'open-loop');
  });

  it('a file without its last sections may be half of one', () => {
    const cut = base.slice(0, base.indexOf('## To close'));
    assert.equal(planOf(cut).doubtful, true);
    assert.equal(planOf(base.slice(0, base.indexOf('## Notes'))).doubtful, true);
    assert.equal(planOf(base.replace('Focus:', 'Focus: x')).doubtful, false);
  });

  it('titles that look like markup are written and read back as they are', () => {
    for (const title of ['[x] done?', '<!-- loop_2 -->', '- list', '# head', '1. one', '[ ]']) {
      const odd = [sampleLoop({ title })];
      const text = renderNow(nowView(day, odd, 7, () => null)).text;
      const plan = planNow({ ...planInput({ disk: text, base: text }, { loops: odd }), day });
      assert.deepEqual(plan.changes, [], title);
      assert.equal(parseNow(text).top?.[0]?.id, 'loop_1');
    }
    const odd = [sampleLoop({ title: '[x] done?' })];
    const text = renderNow(nowView(day, odd, 7, () => null)).text;
    const disk = text.replaceAll('done?', 'done!');
    const plan = planNow({ ...planInput({ disk, base: text }, { loops: odd }), day });
    assert.deepEqual(plan.changes, [{ kind: 'change-loop', id: 'loop_1', fields: { title: '[x] done!' } }]);
  });

  const complaints: [string, string, string][] = [
    [
      '<!-- loop_1 -->',
      '<!-- loop_99 -->',
      'line 8: there is no loop "loop_99" here; expected the id as it was, or none for a new line.',
    ],
    [
      '<!-- loop_1 -->',
      '<!-- loop_1',
      'line 8: the id at the end of "One <!-- loop_1" cannot be read; expected the comment as it was, or none for a new line.',
    ],
    [
      '1. One',
      `1. ${'x'.repeat(201)}`,
      `line 8: the title is "${'x'.repeat(58)}…; expected at most 200 characters.`,
    ],
    [
      '- [ ] One',
      `- [ ] ${'x'.repeat(201)}\n- [ ] One`,
      `line 14: the line is "${'x'.repeat(58)}…; expected at most 200 characters.`,
    ],
    [
      'Focus:',
      `Focus: ${'x'.repeat(201)}`,
      `line 3: \`focus\` is "${'x'.repeat(58)}…; expected at most 200 characters.`,
    ],
    [
      '## Notes',
      `## Notes\n${'x'.repeat(100_001)}`,
      ': the notes have 100001 characters; expected at most 100000.',
    ],
  ];
  for (const [from, to, message] of complaints)
    it(`[F5] refuses ${to.slice(0, 30)} in words`, () => {
      const [finding] = planOf(base.replace(from, to)).findings;
      const place = message.startsWith(':') ? '' : ' ';
      assert.equal(finding && inWords('now.md', finding), `\`now.md\`${place}${message}`);
    });

  it('refuses two new titles of one loop', () => {
    const finding = planOf(base.replace('1. One', '1. Uno').replace('- [ ] One', '- [ ] Eins')).findings[0];
    assert.equal(finding?.what, 'the title is "Eins" here and "Uno" in a line before');
  });

  it('what the user changed elsewhere stays and is told; what a machine changed gives way', () => {
    const stored = [sampleLoop({ id: 'loop_1', title: 'Sidebar', status: 'dropped' }), ...loops.slice(1)];
    const disk = base.replace('1. One', '1. Uno').replace('- [ ] One', '- [x] One');
    const byHand = planOf(disk, stored, ['title', 'status']);
    assert.deepEqual(
      byHand.conflicts.map(({ what }) => what.split(' in Progeny')[0]),
      ['the title is "Uno", but was changed to "Sidebar"', '"Sidebar" is ticked, but was changed to dropped'],
    );
    assert.deepEqual(byHand.changes, []);
    const byMachine = planOf(disk, stored, []);
    assert.deepEqual(byMachine.conflicts, []);
    assert.deepEqual(byMachine.changes[0], {
      kind: 'change-loop',
      id: 'loop_1',
      fields: { title: 'Uno', status: 'blessed' },
    });
  });
});

describe('working-files/now view', function () {
  this.timeout(30_000);

  it('fills the top three with the nearest, unless the user chose', () => {
    const ids = (chosen: Partial<typeof day>) =>
      nowView({ ...day, ...chosen }, loops, 7, () => null).top.map(({ id }) => id);
    assert.deepEqual(ids({}), ['loop_1', 'loop_2', 'loop_3']);
    assert.deepEqual(ids({ top: ['loop_4'] }), ['loop_4', 'loop_1', 'loop_2']);
    assert.deepEqual(ids({ top: ['loop_4', 'loop_9'], fill: false }), ['loop_4']);
  });

  it('lists open loops to close up to the limit, those of the top three in any case, and what was done today', () => {
    const many = [
      sampleLoop({ id: 'loop_a', status: 'proposed' }),
      sampleLoop({ id: 'loop_b' }),
      sampleLoop({ id: 'loop_c', status: 'deferred' }),
      sampleLoop({ id: 'loop_d', status: 'stale' }),
      sampleLoop({ id: 'loop_e' }),
      sampleLoop({ id: 'loop_f', status: 'proposed' }),
    ];
    const closed: Record<string, Loop> = {
      loop_x: sampleLoop({ id: 'loop_x', status: 'blessed' }),
      loop_y: sampleLoop({ id: 'loop_y', status: 'blessed', private: true }),
      loop_z: sampleLoop({ id: 'loop_z', status: 'open' }),
    };
    const today = {
      ...day,
      top: ['loop_e', 'loop_f'],
      fill: false,
      done: ['loop_x', 'loop_y', 'loop_z', 'loop_0'],
    };
    const { close } = nowView(today, many, 1, (id) => closed[id] ?? null);
    assert.deepEqual(
      close.map(({ id, done }) => [id, done]),
      [
        ['loop_b', false],
        ['loop_e', false],
        ['loop_f', false],
        ['loop_x', true],
      ],
    );
  });
});
