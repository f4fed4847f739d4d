import assert from 'node:assert/strict';
import fc from 'fast-check';
import { QUESTIONS } from '../../../companion/convergence/questions.ts';
import { readAnswer, writeAnswer } from '../../../companion/convergence/read-answer.ts';
import { ProgenyError } from '../../../companion/protocol/index.ts';

const parts = QUESTIONS.flatMap((question) => question.parts);
const part = (id: string) => parts.find((each) => each.id === id)!;

describe('reading answers', () => {
  for (const [id, typed, expected] of [
    ['flow', '  quiet, and one problem ', 'quiet, and one problem'],
    ['killers', 'meetings, chat; slow tests\nchat', ['meetings', 'chat', 'slow tests']],
    ['hardLines', 'Never, ever, force-push; ; no cloud', ['Never, ever, force-push', 'no cloud']],
    ['overwhelm', 'SPACE', 'space'],
    ['standard', 'Done first, better later', 'done'],
    [
      'peakHours',
      '9-12, 14.30 until 16',
      [
        { from: '09:00', until: '12:00' },
        { from: '14:30', until: '16:00' },
      ],
    ],
    ['peakHours', '22:00 – 24', [{ from: '22:00', until: '00:00' }]],
    ['name', '', null],
    ['hardLines', ' ; \n', null],
  ] as const) {
    it(`[S8] ${id}: ${JSON.stringify(typed)}`, () => {
      assert.deepEqual(readAnswer(part(id), typed), expected);
    });
  }

  for (const [id, typed, message] of [
    ['peakHours', 'mornings', /From and until: received "mornings"; expected stretches such as "09:00-12:00/],
    ['peakHours', '25-26', /received "25-26"/],
    ['peakHours', '9-9', /received "9-9"/],
    ['peakHours', '9:75-12', /received "9:75-12"/],
    ['peakHours', '1-2,3-4,5-6,7-8,9-10,11-12,13-14', /7 stretches; expected at most 6/],
    ['overwhelm', 'a nap', /received "a nap"; expected space or action/],
    ['name', 'x'.repeat(101), /101 characters; expected at most 100/],
    ['hardLines', 'x'.repeat(501), /an item of 501 characters/],
    ['killers', Array.from({ length: 51 }, (_, i) => i).join(','), /51 items; expected at most 50/],
  ] as const) {
    it(`[S8] refuses ${id}: ${typed.slice(0, 20)}`, () => {
      assert.throws(
        () => readAnswer(part(id), typed),
        (error) => error instanceof ProgenyError && error.code === 'bad_input' && message.test(error.message),
      );
    });
  }

  it('[S8] what was read can be written and read as the same; anything else is refused in words', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.constantFrom('9-12', 'space', 'done', 'quiet', '8:15-10:45; 20-22', 'a;b;;c', 'a, b,'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...parts), anything, (each, typed) => {
        let value: ReturnType<typeof readAnswer>;
        try {
          value = readAnswer(each, typed);
        } catch (error) {
          assert.ok(error instanceof ProgenyError, String(error));
          return;
        }
        if (value !== null) assert.deepEqual(readAnswer(each, writeAnswer(each, value)), value);
      }),
      { seed: 4, numRuns: 600 },
    );
  });
});
