import assert from 'node:assert/strict';
import { ProgenyError } from '../../../companion/protocol/index.ts';
import {
  type Finding,
  type Mood,
  type MoodEvent,
  type PatternReader,
  type ReplayInput,
  StreamReader,
} from '../../../companion/replay/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { inputsOf, replayed } from '../../support/replaying.ts';
import { developerWeeks } from '../../support/streams/developer-weeks.ts';

const START = Date.UTC(2026, 2, 2, 10);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Line = ReplayInput extends infer L ? (L extends ReplayInput ? Omit<L, 'at'> : never) : never;
const NOTHING = { findings: [], recovered: [] };
/** `after`: seconds from the start. */
const line = (after: number, input: Line) => ({ at: START + after * SECOND, ...input }) as ReplayInput;
const signal = (after: number, signal: object, workspace = '/w') =>
  line(after, { kind: 'signal', workspace, window: 'one', signal: { at: 0, ...signal } } as Line);
const born = (after: number, id = 'insight:x:1') =>
  line(after, {
    kind: 'candidate',
    candidate: {
      id,
      subject: id.split(':')[1]!,
      workspace: null,
      text: 'Text.',
      why: 'Why.',
      actions: [],
      bypass: false,
    },
  });
const answers = (outcome: 'engaged' | 'dismissed' | 'none', afterMs = 5000) =>
  line(0, { kind: 'answers', answers: { outcome, afterMs } });
const commit = (after: number, own = true) =>
  line(after, {
    kind: 'commit',
    workspace: '/w',
    commit: { commit: 'abcd1234', own, branch: 'main', files: ['a.ts'], insertions: 1, deletions: 0 },
  });

describe('replay', function () {
  this.timeout(120_000);

  it('[S1] ninety virtual days twice give the same decisions, to the last digit', () => {
    const first = replayed(inputsOf(developerWeeks({ seed: 90, days: 90 })));
    const second = replayed(inputsOf(developerWeeks({ seed: 90, days: 90 })));
    assert.equal(second.digest, first.digest);
    assert.deepEqual(second, first);
    assert.ok(first.virtualDays > 88 && first.taps.length > 40 && first.events > 10_000);
  });

  it('[S1] another stream, or one answer more, gives another digest', () => {
    const { lines } = developerWeeks({ seed: 5 });
    const all = replayed(inputsOf({ lines }));
    const other = lines.map((each) =>
      'answers' in each ? { ...each, answers: { outcome: 'none' as const, afterMs: 0 } } : each,
    );
    assert.notEqual(replayed(inputsOf({ lines: other })).digest, all.digest);
    assert.notEqual(replayed(inputsOf(developerWeeks({ seed: 6 }))).digest, all.digest);
  });

  it('shows a tap at its moment, with why, and the answer that the stream has for it', () => {
    const { taps, silences } = replayed([
      answers('engaged', 7000),
      signal(0, { kind: 'focus', focused: true }),
      born(5),
      signal(70, { kind: 'typing', file: 'a.ts', edits: 2 }),
      commit(75),
      commit(90),
    ]);
    assert.deepEqual(
      taps.map(({ at, window, moment, why, outcome, responseMs }) => [
        at - START,
        window,
        moment,
        why,
        outcome,
        responseMs,
      ]),
      [[10 * SECOND + 1, 'one', 'focus', 'Why.', 'engaged', 7000]],
    );
    assert.deepEqual(
      silences.map(({ gate, words }) => [gate, words]),
      [['typing', 'you had just been typing']],
    );
  });

  it('has no answer for a tap where the stream has none: it is ignored after ten minutes', () => {
    const inputs = [
      signal(0, { kind: 'focus', focused: true }),
      born(20),
      signal(3600, { kind: 'save', file: 'a' }),
    ];
    const [tap] = replayed(inputs).taps;
    assert.deepEqual([tap?.outcome, tap?.responseMs], ['ignored', null]);
  });

  it('heeds pauses, settings and the time zone of the stream, and whose commit it was', () => {
    const run = (...more: ReplayInput[]) =>
      replayed([...more, signal(0, { kind: 'focus', focused: true }), born(1), commit(70)]).taps.length;
    assert.equal(run(), 1);
    assert.equal(run(line(0, { kind: 'pause', pause: START + HOUR })), 0);
    const settings = { interruption: { quietFrom: '18:30', quietUntil: '19:30' } };
    assert.equal(run(line(0, { kind: 'settings', settings })), 1);
    const zone = line(0, { kind: 'zone', zone: { offsetMinutes: 9 * 60 } });
    assert.equal(run(line(0, { kind: 'settings', settings }), zone), 0);
    const unread = [
      signal(0, { kind: 'focus', focused: true }),
      signal(30, { kind: 'active', file: 'a' }),
      born(62),
    ];
    assert.equal(replayed([...unread, commit(65)]).taps[0]?.moment, 'commit');
    assert.notEqual(replayed([...unread, commit(65, false)]).taps[0]?.moment, 'commit');
  });

  it('makes events of the work from what the editor and the disk tell', () => {
    const events: WorkEvent[] = [];
    const patterns: PatternReader = {
      take: (input) => {
        if (input !== 'tick') events.push(input);
        return NOTHING;
      },
      offer: () => null,
    };
    const changed = (after: number, file: string, size: number) =>
      line(after, { kind: 'changed', workspace: '/w', changed: [{ file, size }] });
    replayed(
      [
        line(0, { kind: 'branch', workspace: '/w', branch: 'main' }),
        signal(1, { kind: 'focus', focused: true }),
        signal(2, { kind: 'active', file: 'a.ts' }),
        changed(10, 'a.ts', 100),
        changed(30, 'a.ts', 120),
        signal(40, { kind: 'active', file: 'b.ts' }),
        changed(75, 'a.ts', 90),
        signal(80, { kind: 'test', passed: false, name: 'unit' }),
        signal(81, { kind: 'diagnostics', errors: 2, warnings: 0 }),
        line(90, { kind: 'branch', workspace: '/w', branch: 'fix/x' }),
        line(95, {
          kind: 'risk',
          workspace: '/w',
          risk: { what: 'disk', subject: 'disk', since: START },
        }),
        line(96, { kind: 'loops', workspace: '/w', loops: [{ loop: 'l', status: 'open', touchedAt: 1 }] }),
        commit(100),
      ],
      {},
      { patterns },
    );
    assert.deepEqual(
      events.map(({ at: _, workspace: __, ...event }) => Object.values(event).join(' ')),
      [
        'focus true',
        'edit a.ts main 100',
        'switch a.ts 38000',
        'edit a.ts main 90',
        'test false unit',
        'errors 2',
        'branch fix/x',
        `risk disk disk ${START}`,
        'loop l open 1',
        'commit abcd1234 true main a.ts 1 0',
      ],
    );
  });

  it('runs patterns and the mood beside the policy; what a pattern offers is a candidate until it is over', () => {
    const moods: MoodEvent['kind'][] = [];
    const finding = (event: WorkEvent): Finding => ({
      kind: 'red',
      workspace: event.workspace,
      subject: 'unit',
      status: event.kind === 'test' && event.passed ? 'resolved' : 'active',
      why: 'It failed.',
    });
    const patterns: PatternReader = {
      take: (input) =>
        input === 'tick' || input.kind !== 'test' ? NOTHING : { findings: [finding(input)], recovered: [] },
      offer: ({ subject, why }) => ({
        id: `pattern:${subject}:1`,
        subject,
        workspace: null,
        text: 'Red.',
        why,
        actions: [],
        bypass: false,
      }),
    };
    const red = signal(20, { kind: 'test', passed: false, name: 'unit' });
    const green = signal(25, { kind: 'test', passed: true, name: 'unit' });
    const outcome = line(0, { kind: 'outcome', outcome: { subject: 'run', result: 'success' } });
    const mood: Mood = {
      take: ({ kind }) => void moods.push(kind),
      quieten: (settings) => settings,
      at: () => ({ trust: 0.54 }),
    };
    const run = replayed(
      [
        answers('dismissed'),
        outcome,
        signal(0, { kind: 'focus', focused: true }),
        red,
        signal(900, { kind: 'save', file: 'a' }),
      ],
      {},
      { patterns, mood },
    );
    assert.deepEqual([run.taps.length, run.taps[0]?.text, run.mood], [1, 'Red.', { trust: 0.54 }]);
    assert.deepEqual(moods, ['outcome', 'work', 'work', 'pattern', 'tap_answered']);
    const typing = signal(19, { kind: 'typing', file: 'a', edits: 1 });
    const over = replayed(
      [signal(0, { kind: 'focus', focused: true }), typing, red, green],
      {},
      { patterns },
    );
    assert.deepEqual(
      [over.taps.length, over.silences.map(({ gate }) => gate).includes('withdrawn')],
      [0, true],
    );
  });

  describe('lines that cannot be understood', () => {
    const read = (lines: readonly string[]) => {
      const reader = new StreamReader();
      return lines.map((each) => reader.read(each));
    };
    const good = JSON.stringify({ at: 5, left: true, window: 'w' });
    const cases: readonly (readonly [text: string, expected: RegExp])[] = [
      ['{', /^Line 3: it is no JSON/],
      ['[1]', /^Line 3: expected an object; received \[1\]\.$/],
      ['{"at":6,"what":1}', /^Line 3: expected one of the keys signal, left, .*; received at, what\.$/],
      ['{"at":-1,"left":true,"window":"w"}', /^Line 3: at: .*; received -1\.$/],
      ['{"at":6,"left":true}', /^Line 3: window: .*; received nothing\.$/],
      ['{"at":6,"left":true,"window":"w","more":1}', /^Line 3: left: .*more/],
      [
        '{"at":6,"workspace":"/w","window":"w","signal":{"kind":"tipping"}}',
        /^Line 3: signal\.kind: .*received "tipping"\.$/,
      ],
      ['{"at":4,"left":true,"window":"w"}', /^Line 3: its time 4 is before 5 of the line before/],
    ];
    for (const [text, expected] of cases) {
      it(`says what is wrong with ${text}`, () => {
        assert.throws(
          () => read([good, '', text]),
          (error: unknown) =>
            error instanceof ProgenyError && error.code === 'bad_input' && expected.test(error.message),
        );
      });
    }
  });
});
