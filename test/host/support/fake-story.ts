import type { implement } from '@orpc/server';
import type { contract, StoryLine } from '../../../companion/protocol/index.ts';
import { sampleDrift, sampleStoryLine } from '../../fixtures/samples.ts';
import { fakeLoops } from './fake-loops.ts';
import { Stream } from './stream.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

/** What the fake companion tells while somebody listens: a test tells it. */
export const storyTold = new Stream<StoryLine>();

/** What was told of the day before anybody listened. */
export function fakeMorning(now: number): StoryLine[] {
  return [
    sampleStoryLine({
      id: 'story_7',
      seq: 7,
      at: now - 60_000,
      text: 'Noted: "mind the leap second"',
      plain: 'Note: "mind the leap second"',
      importance: 0.3,
    }),
    sampleStoryLine({
      id: 'story_9',
      seq: 9,
      at: now - 30_000,
      speaker: 'Arty',
      text: '"feature/import" wanders: 9 of 12 edited files lie outside of src/import. Split it, or own it?',
      plain: '"feature/import" goes beyond its scope',
      importance: 0.8,
    }),
  ];
}

/** What the fake companion answers about this: its second loop has gone beyond its scope. */
export function storyAnswers(os: Implementer) {
  const ratedIn = (workspace: string) =>
    sampleDrift({
      subject: fakeLoops(workspace, 0)[1]!.id,
      reasons: ['9 of 12 edited files lie outside of src/import'],
    });
  return {
    drift: {
      get: os.drift.get.handler(({ input }) => [sampleDrift({ subject: input.id })]),
      list: os.drift.list.handler(({ input }) =>
        input.workspace === undefined ? [] : [ratedIn(input.workspace)],
      ),
    },
    story: {
      list: os.story.list.handler(() => fakeMorning(Date.now()).reverse()),
      watch: os.story.watch.handler(({ signal }) => storyTold.read(signal)),
      day: os.story.day.handler(() => ({
        day: '2026-03-02',
        lines: fakeMorning(Date.now()),
        markdown: [
          '# Monday 2 March 2026',
          '',
          '## Morning',
          '',
          ...fakeMorning(Date.now()).map(({ speaker, text }) => `- 09:12 **${speaker}** ${text}`),
          '',
        ].join('\n'),
      })),
    },
  };
}
