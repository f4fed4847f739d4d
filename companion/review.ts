import {
  type Considered,
  type Evidence,
  exceptionWords,
  Hypotheses,
  type Hypothesis,
  type Learning,
  readException,
} from './hypotheses/index.ts';
import { systemLocalTime } from './interruption/index.ts';
import type { Clock, Random } from './kernel/index.ts';
import type { ReviewAnswerInput, ReviewItem, ReviewQueue, ReviewStatus, Settings } from './protocol/index.ts';
import type { Store } from './store/index.ts';
import type { Timeline } from './timeline/index.ts';

export interface ReviewOptions {
  readonly store: Store;
  readonly timeline: Timeline;
  readonly clock: Clock;
  readonly random: Random;
  settings(): Pick<Settings, 'loops' | 'review'>;
  /** Where confirmed beliefs go. */
  readonly heritage: Learning;
}

/** Beliefs about the creator, composed with the store and heritage, and as the contract tells of them. */
export class Review {
  readonly hypotheses: Hypotheses;
  readonly #options: ReviewOptions;

  constructor(options: ReviewOptions) {
    this.#options = options;
    const { store, timeline, random, settings, heritage } = options;
    this.hypotheses = new Hypotheses({
      mind: store.mind,
      random,
      calendar: () => ({ local: systemLocalTime, dayStartsAt: settings().loops.dayStartsAt }),
      perDay: () => settings().review.perDay,
      work: (since, until) => timeline.read({ since, until }),
      heritage,
      // In the hub first, so that no backup brings it back.
      bury: (tombstone) => {
        store.hub.addTombstones(store.mind.actor, [tombstone]);
        store.mind.bury([tombstone]);
      },
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    });
  }

  /** For the dream: tests and forms beliefs by the weeks that have ended. */
  consider(signal?: AbortSignal): Promise<Considered> {
    return this.hypotheses.consider(this.#options.clock.now(), signal);
  }

  /** For the dream: what was confirmed and borne out becomes learned. Returns how many. */
  promote(): Promise<number> {
    return this.hypotheses.promote(this.#options.clock.now());
  }

  queue(): ReviewQueue {
    const { items, more } = this.hypotheses.queue(this.#options.clock.now());
    return { items: this.#tell(items), more };
  }

  list(status?: readonly ReviewStatus[]): ReviewItem[] {
    return this.#tell(this.hypotheses.list().filter((each) => status?.includes(each.status) ?? true));
  }

  /** Throws `not_found`, `conflict`, `read_only`. */
  async answer({ id, answer, text }: ReviewAnswerInput): Promise<ReviewItem> {
    const said = answer === 'context' ? { answer, text: text ?? '' } : { answer };
    return this.#tell([await this.hypotheses.answer(id, said, this.#options.clock.now())])[0]!;
  }

  /** Throws `not_found`, `read_only`. */
  forget(id: string): Promise<void> {
    return this.hypotheses.forget(id, this.#options.clock.now());
  }

  #tell(some: readonly Hypothesis[]): ReviewItem[] {
    const paths = new Map(
      this.#options.store.mind
        .read((reader) => reader.all<{ id: string; path: string }>('SELECT id, path FROM workspaces'))
        .map(({ id, path }) => [id, path]),
    );
    return some.map((each) => itemOf(each, this.hypotheses.evidenceOf(each.id), paths));
  }
}

function itemOf(
  hypothesis: Hypothesis,
  all: readonly Evidence[],
  paths: ReadonlyMap<string, string>,
): ReviewItem {
  const { id, generator, sentence, unit, status, weight, validations, exceptWhen } = hypothesis;
  const { formedAt, testedAt, answeredAt, learnedAt, workspace } = hypothesis;
  const evidence = all.filter(({ kind }) => kind === hypothesis.kind);
  const sum = (field: 'hits' | 'of') => evidence.reduce((whole, each) => whole + each[field], 0);
  const exception = exceptWhen === null ? null : readException(exceptWhen);
  return {
    ...{ id, generator, text: sentence, status, weight, validations, formedAt, testedAt, answeredAt },
    numbers: `${sum('hits')} of ${sum('of')} ${unit}`,
    learned: learnedAt !== null,
    except: exceptWhen,
    exceptRead: exception && exceptionWords(exception),
    workspace: workspace === null ? null : (paths.get(workspace) ?? null),
    since: evidence[0]?.refs[0]?.at ?? evidence[0]?.at ?? formedAt,
    evidence: evidence.toReversed().map(({ at, kind, supports, hits, of, refs }) => ({
      ...{ at, kind, supports, hits, of },
      moments: refs.map((ref) => ({
        at: ref.at,
        workspace: paths.get(ref.workspace) ?? null,
        ...(ref.commit !== undefined && { commit: ref.commit }),
        ...(ref.files !== undefined && { files: [...ref.files] }),
      })),
    })),
  };
}
