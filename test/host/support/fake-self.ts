import { implement, ORPCError } from '@orpc/server';
import { contract, type Status } from '../../../companion/protocol/index.ts';
import { sampleReviewItem } from '../../fixtures/samples.ts';

const os = implement(contract);
const unsupported = (): never => {
  throw new ORPCError('internal', { message: 'The fake companion does not do this.' });
};

interface SelfParts {
  readonly status: Status;
  readonly startedAt: number;
  changed(type: string, subject: string): void;
}

/** What a fake companion says of its self, of the user, and of its nights: one belief waits for review. */
export function selfAnswers({ status, startedAt, changed }: SelfParts) {
  const beliefs = [sampleReviewItem()];
  return {
    self: {
      state: os.self.state.handler(() => ({
        trust: 0.5,
        warmth: 0.6,
        arousal: 0.7,
        valence: 0.6,
        tier: status.tier,
        posture: status.posture,
        mode: status.mode,
        since: startedAt,
        words: 'Live · beside you.',
      })),
      history: os.self.history.handler(() => []),
      mark: os.self.mark.handler(unsupported),
      unmark: os.self.unmark.handler(unsupported),
    },
    heritage: {
      get: os.heritage.get.handler(() => []),
      update: os.heritage.update.handler(unsupported),
      versions: os.heritage.versions.handler(() => []),
      diff: os.heritage.diff.handler(unsupported),
      restore: os.heritage.restore.handler(unsupported),
      forgetVersions: os.heritage.forgetVersions.handler(unsupported),
    },
    review: {
      queue: os.review.queue.handler(() => ({
        items: beliefs.filter((item) => item.status === 'waiting'),
        more: 0,
      })),
      list: os.review.list.handler(({ input }) =>
        beliefs.filter((item) => input.status?.includes(item.status) ?? true),
      ),
      answer: os.review.answer.handler(({ input: { id, answer, text } }) => {
        const given = { confirm: 'confirmed', deny: 'denied', context: 'conditional' } as const;
        const item = beliefs.find((each) => each.id === id);
        if (!item) throw new ORPCError('not_found', { message: `There is no belief "${id}".` });
        Object.assign(item, { status: given[answer], except: text ?? null });
        changed('hypothesis.answered', id);
        return item;
      }),
      forget: os.review.forget.handler(unsupported),
    },
    dreams: {
      run: os.dreams.run.handler(() => {
        const job = dreamJob();
        return { job, message: 'The dream has begun.' };
      }),
      last: os.dreams.last.handler(() => null),
      list: os.dreams.list.handler(() => []),
    },
    patterns: {
      list: os.patterns.list.handler(() => []),
      dismiss: os.patterns.dismiss.handler(unsupported),
    },
  };
}

/** Why a tap was shown, and how taps were received: always the same. */
export const interruptionAnswers = {
  explain: os.interruptions.explain.handler(({ input }) => ({
    tap: {
      id: input.id,
      at: 0,
      candidate: 'insight:loop_1:1',
      subject: 'loop_1',
      moment: 'commit',
      gate: null,
      outcome: null,
      responseMs: null,
    },
    waited: [],
    lines: [
      'It came at once, right after a commit.',
      '1 tap of at most 3 that day; the next comes 4 h later at the soonest.',
    ],
  })),
  stats: os.interruptions.stats.handler(() => ({
    since: 0,
    shown: 0,
    engaged: 0,
    dismissed: 0,
    ignored: 0,
    medianResponseMs: null,
    byMoment: [],
    byKind: [],
    silences: [],
    budget: { today: 0, perDay: 3, pauseMinutes: 240, dismissalsInARow: 0, nextAt: null },
    adapted: [],
  })),
};

function dreamJob() {
  const now = Date.now();
  return {
    id: 'job_2',
    kind: 'dream',
    subject: 'creator',
    status: 'done' as const,
    priority: 0,
    progress: 1,
    message: 'Nothing had to be changed.',
    attempts: 1,
    createdAt: now,
    updatedAt: now,
  };
}
