import {
  type AsyncDisposable,
  type Clock,
  type Disposable,
  Listeners,
  type Logger,
} from '../kernel/index.ts';
import type { Health, LanguageState, Settings } from '../protocol/index.ts';
import { writeAnswer } from './answering.ts';
import { nextLook } from './probing.ts';
import { type Provider, ProviderError } from './provider.ts';
import { Run } from './run.ts';
import { type Chosen, Standing, type StandingOptions, type Where } from './standing.ts';
import { type Generation, type Language, LanguageError, type Written } from './types.ts';

export interface LanguageOptions extends Omit<StandingOptions, 'provider'> {
  readonly clock: Clock;
  readonly logger: Logger;
  /** In the order in which they are tried. */
  readonly providers: readonly Provider[];
  settings(): Settings['language'];
  /** Whether anybody is connected. */
  watched(): boolean;
}

const TRIES = 3;
const FIRST_PAUSE_MS = 250;
/** What was found longer ago is looked at again before a question is turned away. */
const STALE_MS = 2000;

/** All that can write, behind one face. It keeps nothing of what is asked or answered. */
export class LanguageModels implements Language, AsyncDisposable {
  /** How the providers stand has changed. */
  readonly changed = new Listeners<void>();
  readonly #options: LanguageOptions;
  readonly #standings: readonly Standing[];
  readonly #stopping = new AbortController();
  #waiting = 0;
  #amissSince: number | null = null;
  #timer: Disposable | null = null;
  #told = '';

  constructor(options: LanguageOptions) {
    this.#options = options;
    this.#standings = options.providers.map((provider) => new Standing({ ...options, provider }));
  }

  /** Looks for models, and from then on as often as it is worth it. */
  start(): void {
    void this.look();
  }

  /** Looks at all that may write, now. */
  async look(): Promise<void> {
    await Promise.all(this.#standings.filter(({ wanted }) => wanted).map((standing) => standing.look()));
    this.#tell();
  }

  /** For settings or clients that are others now. */
  async reconsider({ forget = false } = {}): Promise<void> {
    if (forget) for (const standing of this.#standings) standing.forget();
    const worth = this.#standings.filter((standing) => standing.wanted && (forget || standing.isDoor));
    await Promise.all(worth.map((standing) => standing.look()));
    this.#tell();
  }

  get state(): LanguageState {
    const current = this.#chosen({ workspace: null, onlyLocal: true })?.[1];
    return {
      providers: this.#standings.map(({ state }) => state),
      current: current ? { provider: current.provider, model: current.model } : null,
    };
  }

  /** A model that was chosen, or in use in this run, cannot be reached, and there is no other. */
  get offline(): boolean {
    return this.#missing().length > 0 && this.state.current === null;
  }

  /** What is amiss, with what to do. */
  health(at: number): Health[] {
    const { current } = this.state;
    return this.#missing().map(({ provider, state }) => ({
      subject: `language:${provider.kind}`,
      level: current ? 'info' : 'warning',
      message: current
        ? `${state.words} Meanwhile ${current.model} answers.`
        : `Answers come from memory and rules alone. ${state.words}`,
      at,
    }));
  }

  chosen(where: Where): ReturnType<Language['chosen']> {
    const found = this.#chosen(where)?.[1];
    if (!found && this.#standings.some((standing) => this.#isStale(standing))) void this.look();
    return found
      ? { answeredBy: { provider: found.provider, model: found.model }, local: found.local }
      : null;
  }

  async *generate(generation: Generation): AsyncGenerator<string, Written, void> {
    const { clock, settings } = this.#options;
    const run = new Run(generation, this.#stopping.signal, clock, settings().timeoutSeconds * 1000);
    try {
      run.signal.throwIfAborted();
      for (let tries = 1; ; tries++) {
        const standing = await this.#find(generation, run);
        run.stage = 'waiting';
        const turn = await standing.turns.take(generation.workspace ?? '', run.signal);
        let failure: ProviderError;
        try {
          run.stage = 'asking';
          // Much may have happened while it waited.
          const chosen = standing.modelFor(generation);
          if (!chosen) {
            tries--;
            continue;
          }
          return yield* writeAnswer(generation, { standing, chosen, run, clock, rules: settings() });
        } catch (error) {
          failure = this.#failed(standing, error, run);
          if (run.pieces > 0 || tries === TRIES || failure.fault === 'refused') throw inWords(failure);
        } finally {
          turn.release();
        }
        await this.#pause(FIRST_PAUSE_MS * 2 ** (tries - 1), run.signal);
      }
    } finally {
      run.dispose();
      this.#tell();
    }
  }

  async dispose(): Promise<void> {
    this.#stopping.abort(new LanguageError('interrupted', 'The companion stops.'));
    this.#timer?.dispose();
    this.#timer = null;
    this.changed.clear();
    await Promise.all(this.#standings.map(({ provider }) => provider.dispose?.()));
  }

  /** Somebody who can write for it, now or when somebody is back. Throws `none` and `expired`. */
  async #find(generation: Generation, run: Run): Promise<Standing> {
    const { clock, settings } = this.#options;
    const began = clock.now();
    const patience = settings().waitSeconds * 1000;
    this.#waiting++;
    try {
      for (let first = true; ; first = false) {
        const found = this.#chosen(generation)?.[0];
        if (found?.turns.full)
          throw new LanguageError(
            'expired',
            `${found.turns.waiting} questions wait for the model already. Ask again in a while.`,
          );
        if (found) return found;
        const hopeful = this.#standings.filter((standing) => standing.mayServe(generation));
        if (first && hopeful.some((standing) => this.#isStale(standing))) {
          await this.look();
          continue;
        }
        // Only who was there is worth waiting for, and only what passes by itself.
        const missed = hopeful.filter(
          ({ expected, used, state: { state } }) =>
            state === 'paused' || (state === 'unreachable' && (expected || used)),
        );
        if (missed.length === 0) throw this.#nobody(generation);
        const left = began + patience - clock.now();
        if (left <= 0) {
          const [{ state }] = missed as [Standing];
          throw new LanguageError('expired', `No model was back within ${patience / 1000} s. ${state.words}`);
        }
        this.#arm();
        await this.#change(left, run.signal);
      }
    } finally {
      this.#waiting--;
    }
  }

  #nobody({ workspace, onlyLocal }: Where): LanguageError {
    const words = this.#standings
      .filter(({ wanted, isDoor }) => wanted && !isDoor)
      .map(({ state }) => state.words)
      .join(' ');
    const doors = this.#standings.filter(({ isDoor, state }) => isDoor && state.state === 'ready');
    const closed =
      doors.length === 0
        ? ''
        : onlyLocal || workspace === null
          ? ' What was asked must not leave this machine, so no other is asked.'
          : ' The doors of this folder to other models are closed.';
    return new LanguageError('none', `No language model can answer this. ${words}${closed}`);
  }

  #chosen(where: Where): readonly [Standing, Chosen] | null {
    for (const standing of this.#standings) {
      const chosen = standing.modelFor(where);
      if (chosen) return [standing, chosen];
    }
    return null;
  }

  /** What went wrong, noted where it belongs. Throws again what is no trouble of the provider. */
  #failed(standing: Standing, error: unknown, run: Run): ProviderError {
    const late = error instanceof LanguageError && error.trouble === 'expired' && run.stage === 'asking';
    // Silence until the very end counts against it, whoever was at fault.
    if (late) standing.failed(new ProviderError('failed', error.message));
    if (!(error instanceof ProviderError)) throw error;
    standing.failed(error);
    const { provider, model } = { provider: standing.kind, model: standing.state.model };
    this.#options.logger.warn({ provider, model, fault: error.fault }, 'a language model did not answer');
    if (error.fault !== 'refused') void this.look();
    return error;
  }

  #isStale({ wanted, isDoor, checkedAt }: Standing): boolean {
    return wanted && !isDoor && (checkedAt === null || this.#options.clock.now() - checkedAt > STALE_MS);
  }

  #missing(): Standing[] {
    return this.#standings.filter(
      ({ expected, state, checkedAt }) => expected && checkedAt !== null && state.state !== 'ready',
    );
  }

  /** Resolves when something has changed, or after so long. */
  #change(ms: number, signal: AbortSignal): Promise<void> {
    const changed = new AbortController();
    const listening = this.changed.add(() => changed.abort());
    return this.#pause(ms, signal, changed.signal).finally(() => listening.dispose());
  }

  /** Rejects with the reason of `signal`; `enough` ends it early. */
  async #pause(ms: number, signal: AbortSignal, enough?: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.#options.clock.after(ms, resolve);
    const ends = [signal, ...(enough ? [enough] : [])];
    for (const end of ends) end.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    timer.dispose();
    signal.throwIfAborted();
  }

  /** Tells of a change, once, and sees to the next look. */
  #tell(): void {
    if (this.#stopping.signal.aborted) return;
    const missing = this.#missing().length > 0;
    this.#amissSince = missing ? (this.#amissSince ?? this.#options.clock.now()) : null;
    const told = JSON.stringify(this.#standings.map(({ state: { checkedAt: _, ...rest } }) => rest));
    this.#arm();
    if (told === this.#told) return;
    this.#told = told;
    this.changed.tell();
  }

  #arm(): void {
    this.#timer?.dispose();
    const { clock, watched } = this.#options;
    const now = clock.now();
    const due = nextLook({
      now,
      waiting: this.#waiting > 0,
      amissSince: this.#amissSince,
      lastUse: Math.max(...this.#standings.map(({ lastSign }) => lastSign)),
      reachable: this.#chosen({ workspace: null, onlyLocal: true }) !== null,
      watched: watched(),
    });
    this.#timer = due === null ? null : clock.after(due, () => void this.look());
  }
}

function inWords({ fault, message }: ProviderError): LanguageError {
  if (fault === 'refused') return new LanguageError('none', message);
  return new LanguageError(fault === 'bad_reply' ? 'bad_reply' : 'interrupted', message);
}
