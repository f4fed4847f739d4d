import assert from 'node:assert/strict';
import { stillOpen } from '../../../companion/interruption/still-open.ts';
import type { Loop } from '../../../companion/protocol/index.ts';
import { DAY, HOUR, rulesOf, START } from './simulation/events.ts';
import { loopOf } from './simulation/loops.ts';

const { settings } = rulesOf();
const files = ['src/parser.ts', 'src/lexer.ts'];
const commit = { commit: 'a41c9e2f', at: START, files, places: [{ file: 'src/parser.ts' }] };
const file = (name: string) => ({ kind: 'file', file: name }) as const;
const thread = (over: Partial<Loop> = {}) =>
  loopOf({
    source: 'manual',
    status: 'open',
    title: 'Finish the grammar',
    createdAt: START - 6 * DAY,
    anchors: [file('src/parser.ts'), file('docs/grammar.md')],
    ...over,
  });
const find = (loops: readonly Loop[], now = START) => stillOpen(commit, loops, now, settings);

describe('what a commit leaves open', () => {
  it('is the other half of a thread, with the commit and its age as evidence', () => {
    assert.deepEqual(find([thread()]), {
      id: 'insight:loop_1:a41c9e2f',
      subject: 'loop_1',
      workspace: '/w',
      text: 'parser.ts is committed. The other half of "Finish the grammar" (docs/grammar.md) is not.',
      why: 'Open for 6 days; commit a41c9e2 changed src/parser.ts.',
      actions: [
        { id: 'show', label: 'Show' },
        { id: 'later', label: 'Later' },
        { id: 'not_useful', label: 'Not useful' },
      ],
      bypass: false,
    });
  });

  it('is a note in a file that was committed', () => {
    const line = { kind: 'line', file: 'src/lexer.ts', line: 3, text: 'x', lost: false } as const;
    const found = find([thread({ source: 'whisper', title: 'CRLF breaks offsets', anchors: [line] })]);
    assert.equal(
      found?.text,
      'lexer.ts is committed. Your thread there is still open: "CRLF breaks offsets".',
    );
  });

  it('claims nothing of files where it does not know them all', () => {
    const { files: _, ...some } = commit;
    assert.equal(
      stillOpen(some, [thread()], START, settings)?.text,
      'parser.ts is committed. Your thread there is still open: "Finish the grammar".',
    );
  });

  it('is the oldest of several, which are counted', () => {
    const found = find([
      thread(),
      thread({ id: 'loop_2', title: 'Older', createdAt: START - 20 * DAY }),
      thread({ id: 'loop_3', createdAt: START - 7 * DAY }),
    ]);
    assert.equal(found?.subject, 'loop_2');
    assert.match(found?.why ?? '', /2 more threads in these files\.$/);
  });

  const silent: readonly [why: string, over: Partial<Loop>][] = [
    ['it is elsewhere', { anchors: [file('docs/grammar.md')] }],
    ['it has no place', { anchors: [] }],
    ['nobody said it', { source: 'todo' }],
    ['it was only proposed', { status: 'proposed' }],
    ['it is put off', { status: 'deferred' }],
    ['it is done', { status: 'blessed' }],
    ['it was noted within the hour', { createdAt: START - HOUR + 1 }],
  ];
  for (const [why, over] of silent)
    it(`is nothing when ${why}`, () => {
      assert.equal(find([thread(over)]), null);
    });

  it('is no news after a day', () => {
    assert.ok(find([thread()], START + DAY - 1));
    assert.equal(find([thread()], START + DAY), null);
  });
});
