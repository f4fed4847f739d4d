import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  answered,
  type Conversation,
  finished,
  NEW,
  openQuestions,
  skipped,
  skippedAll,
  stageOf,
} from '../../../companion/convergence/conversation.ts';
import { mirrorOf } from '../../../companion/convergence/mirror.ts';
import { findQuestion, QUESTIONS, questionsOf } from '../../../companion/convergence/questions.ts';
import { readAnswer } from '../../../companion/convergence/read-answer.ts';
import { type HeritageNow, patchesOf } from '../../../companion/convergence/to-heritage.ts';
import { heritageFiles } from '../../../companion/protocol/index.ts';

type Step =
  | { kind: 'answer'; question: string; part: number; text: string }
  | { kind: 'skip'; question: string }
  | { kind: 'skipAll' }
  | { kind: 'finish' }
  | { kind: 'form'; form: 'short' | 'long' };

const question = fc.constantFrom(...QUESTIONS.map(({ id }) => id));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      question,
      part: fc.nat(1),
      text: fc.constantFrom('', 'one', 'two'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('skip' as const), question }) },
  fc.constant<Step>({ kind: 'skipAll' }),
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'finish' }) },
  fc.record({ kind: fc.constant('form' as const), form: fc.constantFrom('short' as const, 'long' as const) }),
);

const EMPTY: HeritageNow = {
  core: heritageFiles.core.parse({ version: 1 }),
  preferences: heritageFiles.preferences.parse({ version: 1 }),
};

/** Carries a step out as the room does: a finish tells heritage the patches. */
function take(conversation: Conversation, heritage: HeritageNow, each: Step): [Conversation, HeritageNow] {
  switch (each.kind) {
    case 'form':
      return [{ ...conversation, form: each.form }, heritage];
    case 'skip':
      return [skipped(conversation, each.question), heritage];
    case 'skipAll':
      return [skippedAll(conversation), heritage];
    case 'answer': {
      const { parts } = findQuestion(each.question)!;
      const part = parts[each.part % parts.length]!;
      const options = part.options?.map(({ value }) => value) ?? [];
      const typed =
        each.text === ''
          ? ''
          : part.kind === 'choice'
            ? options[each.text === 'one' ? 0 : 1]!
            : part.kind === 'hours'
              ? each.text === 'one'
                ? '9-12'
                : '14-16'
              : each.text;
      return [answered(conversation, each.question, { [part.id]: readAnswer(part, typed) }), heritage];
    }
    case 'finish': {
      const patches = patchesOf(conversation, heritage);
      return [
        finished(conversation, 1),
        {
          core: { ...heritage.core, ...patches.core },
          preferences: { ...heritage.preferences, ...patches.preferences },
        },
      ];
    }
  }
}

describe('the onboarding conversation', () => {
  it('[S8] asks eight questions in the short form and fourteen in the long one, every field of heritage at most once', () => {
    assert.equal(questionsOf('short').length, 8);
    assert.equal(questionsOf('long').length, 14);
    assert.equal(new Set(QUESTIONS.map(({ id }) => id)).size, 14);
    const fields = QUESTIONS.flatMap(({ parts }) =>
      parts.flatMap(({ goes }) => (goes.field === 'more' ? [] : [`${goes.file}.${goes.field}`])),
    );
    assert.equal(new Set(fields).size, fields.length);
    const known = [
      ...Object.keys(EMPTY.core).map((field) => `core.${field}`),
      ...Object.keys(EMPTY.preferences).map((field) => `preferences.${field}`),
    ].filter((field) => !/version|more/.test(field));
    assert.deepEqual(fields.toSorted(), known.toSorted());
  });

  it('[S8] whatever is said, in whatever order: what is told to heritage is what the mirror shows', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let [conversation, heritage]: [Conversation, HeritageNow] = [NEW, EMPTY];
        for (const each of steps) {
          [conversation, heritage] = take(conversation, heritage, each);
          const stage = stageOf(conversation);
          if (each.kind === 'skipAll') assert.equal(stage, 'skipped');
          if (stage === 'asking') assert.ok(openQuestions(conversation).length > 0);
          if (each.kind !== 'finish') continue;
          assert.equal(stage, 'finished');
          heritageFiles.core.parse(heritage.core);
          heritageFiles.preferences.parse(heritage.preferences);
          // Told once more, it is told nothing.
          assert.deepEqual(patchesOf(conversation, heritage), { core: {}, preferences: {} });
          const lines = mirrorOf(conversation).map((line) => `${line.question}.${line.part}`);
          const filled = QUESTIONS.flatMap(({ id, parts }) =>
            parts
              .filter(({ goes }) => {
                const value =
                  goes.field === 'more'
                    ? heritage.preferences.more[id]
                    : (heritage[goes.file] as Record<string, unknown>)[goes.field];
                return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
              })
              .map((part) => `${id}.${part.id}`),
          );
          assert.deepEqual(lines, filled);
        }
      }),
      { seed: 8, numRuns: 400 },
    );
  });

  it('[S8] a hand edit of heritage survives a finish that is about other answers', () => {
    let conversation = answered(NEW, 'standard', { standard: 'done' });
    let [next, heritage] = take(conversation, EMPTY, { kind: 'finish' });
    heritage = { ...heritage, preferences: { ...heritage.preferences, standard: 'perfect' } };
    conversation = answered(next, 'overwhelm', { overwhelm: 'space' });
    assert.equal(stageOf(conversation), 'mirror');
    [next, heritage] = take(conversation, heritage, { kind: 'finish' });
    assert.deepEqual([heritage.preferences.standard, heritage.preferences.overwhelm], ['perfect', 'space']);
    assert.equal(stageOf(next), 'finished');
  });

  it('[S8] an answer that is taken back is taken out of heritage; one that was never told is not', () => {
    const [told, heritage] = take(answered(NEW, 'flow', { flow: 'silence' }), EMPTY, { kind: 'finish' });
    const back = skipped(told, 'flow');
    assert.equal(stageOf(back), 'mirror');
    assert.deepEqual(patchesOf(back, heritage).preferences, { flow: '' });
    const byHand = { ...EMPTY, preferences: { ...EMPTY.preferences, flow: 'by hand' } };
    assert.deepEqual(patchesOf(skipped(NEW, 'flow'), byHand), { core: {}, preferences: {} });
  });
});
