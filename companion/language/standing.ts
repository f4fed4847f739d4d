import type { Clock } from '../kernel/index.ts';
import type { ProviderKind, ProviderState, Settings } from '../protocol/index.ts';
import { type Breaker, CLOSED, failed, isOpen } from './breaker.ts';
import { suitable } from './choose-model.ts';
import { type Model, type Probed, type Provider, ProviderError } from './provider.ts';
import { Turns } from './turns.ts';
import type { Generation } from './types.ts';

export interface StandingOptions {
  readonly clock: Clock;
  readonly provider: Provider;
  readonly memoryBytes: number;
  settings(): Settings['language'];
  /** Whether the door of a folder is open; never that of a confidential one. */
  isOpen(workspace: string, door: 'editorModel' | 'remote'): boolean;
}

/** Who would write. */
export interface Chosen {
  readonly provider: ProviderKind;
  readonly model: string;
  readonly local: boolean;
}

export type Where = Pick<Generation, 'workspace' | 'onlyLocal'>;

/** So long may a look take. Two and the pause between looks stay below the five seconds of C9. */
const LOOK_MS = 1200;

/** How a provider stands: what was found last, what went wrong since, who waits for it. */
export class Standing {
  readonly provider: Provider;
  readonly turns: Turns;
  readonly #options: StandingOptions;
  #probed: Probed | null = null;
  #breaker: Breaker = CLOSED;
  #reason = '';
  #looking: Promise<void> | null = null;
  /** Counts the times that all was forgotten: a look that began before counts for nothing. */
  #epoch = 0;
  checkedAt: number | null = null;
  /** It has written something since the companion began. */
  used = false;
  /** When it last gave a sign of life while writing, or was done. */
  lastSign = 0;

  constructor(options: StandingOptions) {
    this.#options = options;
    this.provider = options.provider;
    this.turns = new Turns(options.provider.width);
  }

  get kind(): ProviderKind {
    return this.provider.kind;
  }

  /** Whether it leads off this machine by its kind. */
  get isDoor(): boolean {
    return this.kind === 'editor' || this.kind === 'remote';
  }

  /** Whether the settings leave it a part at all. */
  get wanted(): boolean {
    const { use } = this.#options.settings();
    return use === 'auto' || (use !== 'none' && (this.isDoor || use === this.kind));
  }

  /** Whether a person counts on it: chosen by a setting, or in use in this run. */
  get expected(): boolean {
    if (!this.wanted || this.isDoor) return false;
    const s = this.#options.settings();
    const chosen = {
      ollama: s.ollamaModel !== '' || s.ollamaUrl !== '',
      openai: s.openaiUrl !== '',
      embedded: s.embeddedModel !== '',
    }[this.kind as 'ollama' | 'openai' | 'embedded'];
    return chosen || s.use === this.kind || this.used;
  }

  /** The model that would write for a folder now; null: it cannot, or must not. */
  modelFor(where: Where): Chosen | null {
    if (this.#state() !== 'ready') return null;
    const model = this.#models(where).find((each) => this.#permits(each, where));
    return model ? { provider: this.kind, model: model.name, local: model.local } : null;
  }

  /** Whether it may come to write for a folder: when it is back, or when it has been looked at. */
  mayServe(where: Where): boolean {
    if (!this.wanted) return false;
    return this.isDoor ? this.#permits(ELSEWHERE, where) : this.#probed?.state !== 'off';
  }

  /** Looks again; two at once are one. */
  look(): Promise<void> {
    if (this.#looking) return this.#looking;
    const looking = this.#look().finally(() => {
      if (this.#looking === looking) this.#looking = null;
    });
    this.#looking = looking;
    return looking;
  }

  /** It has written to the end. */
  succeeded(): void {
    this.#breaker = CLOSED;
    this.used = true;
    this.lastSign = this.#options.clock.now();
  }

  /** It has failed: the words go to whoever asks how it stands. */
  failed(error: ProviderError): void {
    if (error.fault === 'refused') return;
    if (error.fault === 'unreachable') this.#probed = { state: 'unreachable', words: error.message };
    else this.#breaker = failed(this.#breaker, this.#options.clock.now());
    this.#reason = error.message;
  }

  /** What was found counts no more; for settings that have changed. */
  forget(): void {
    this.#epoch++;
    this.#looking = null;
    this.#probed = null;
    this.#breaker = CLOSED;
    this.checkedAt = null;
  }

  get retryAt(): number | null {
    return isOpen(this.#breaker, this.#options.clock.now()) ? this.#breaker.retryAt : null;
  }

  get state(): ProviderState {
    const probed = this.#probed;
    const models = probed?.state === 'ready' ? probed.models : [];
    const model = this.#models('anywhere')[0] ?? null;
    const state = this.#state();
    return {
      provider: this.kind,
      state,
      words: this.#words(state, model),
      model: state === 'ready' || state === 'paused' ? (model?.name ?? null) : null,
      models: [...new Set([...(model ? [model] : []), ...models].map(({ name }) => name))],
      structured: probed?.state === 'ready' && probed.structured,
      local: model ? model.local : !this.isDoor,
      checkedAt: this.checkedAt,
      retryAt: state === 'paused' ? this.#breaker.retryAt : null,
    };
  }

  #state(): ProviderState['state'] {
    if (!this.wanted) return 'off';
    if (this.#probed === null) return 'unreachable';
    if (this.#probed.state !== 'ready') return this.#probed.state;
    if (this.#models('anywhere').length === 0) return 'no_model';
    return isOpen(this.#breaker, this.#options.clock.now()) ? 'paused' : 'ready';
  }

  /** Suitable ones, the named one first where it may be used at all. */
  #models(where: Where | 'anywhere'): readonly Model[] {
    if (this.#probed?.state !== 'ready') return [];
    const { models } = this.#probed;
    const { memoryBytes, settings } = this.#options;
    const named = this.#named;
    const chosen = suitable(models, named, memoryBytes);
    // What the editor or the other machine has is one model, and the door says where it may be used.
    if (this.isDoor) return models;
    if (chosen.every(({ local }) => local)) return chosen;
    if (!settings().ollamaCloud) return [];
    return this.#permits(ELSEWHERE, where) ? chosen : suitable(models, '', memoryBytes);
  }

  /** Asked anew each time: a door may have closed since. */
  #permits({ local }: Pick<Model, 'local'>, where: Where | 'anywhere'): boolean {
    if (local || where === 'anywhere') return true;
    const { workspace, onlyLocal } = where;
    if (onlyLocal || workspace === null) return false;
    return this.#options.isOpen(workspace, this.kind === 'editor' ? 'editorModel' : 'remote');
  }

  get #named(): string {
    const s = this.#options.settings();
    return this.kind === 'ollama' ? s.ollamaModel : this.kind === 'openai' ? s.openaiModel : '';
  }

  #words(state: ProviderState['state'], model: Model | null): string {
    const { title } = this.provider;
    const probed = this.#probed;
    if (!this.wanted) return 'Switched off by `language.use`.';
    if (probed === null) return 'Not looked at yet.';
    if (probed.state !== 'ready') return probed.words;
    if (state === 'no_model') return this.#withoutModel(probed.models);
    if (state === 'paused')
      return `${title} failed ${this.#breaker.failures} times in a row and rests before it is tried again. ${this.#reason}`;
    return model?.local
      ? `${model.name} writes answers; nothing leaves this machine.`
      : `${title} writes answers where the door of the folder is open; what it is asked leaves this machine.`;
  }

  #withoutModel(models: readonly Model[]): string {
    const { title } = this.provider;
    const named = this.#named;
    const found = models.find(({ name }) => name === named || name === `${named}:latest`);
    if (found && !found.local)
      return `${named} runs on Ollama's machines, not on this one. \`language.ollamaCloud\` allows that, in folders whose door \`remote\` is open.`;
    if (named !== '')
      return `${title} does not have ${named}; it has ${models
        .map(({ name }) => name)
        .slice(0, 5)
        .join(', ')}.`;
    return models.some(({ local }) => local)
      ? `${title} has no model that answers questions: ${models
          .map(({ name }) => name)
          .slice(0, 5)
          .join(', ')}.`
      : `${title} has only models that run on other machines, which are not used. \`ollama pull\` fetches one that runs here.`;
  }

  async #look(): Promise<void> {
    const was = this.#probed;
    const epoch = this.#epoch;
    let found = await this.#ask();
    // Busy is not gone: who answered a moment ago gets a second chance, unless nobody listens any more.
    if (found === null && was?.state === 'ready') found = await this.#ask();
    if (epoch !== this.#epoch) return;
    this.#probed = found ?? {
      state: 'unreachable',
      words: `${this.provider.title} did not answer within ${LOOK_MS / 1000} s. If it hangs, start it again.`,
    };
    this.checkedAt = this.#options.clock.now();
  }

  /** Null for no answer in time. */
  async #ask(): Promise<Probed | null> {
    const late = new AbortController();
    const timer = this.#options.clock.after(LOOK_MS, () => late.abort());
    try {
      return await this.provider.probe(late.signal);
    } catch (error) {
      if (late.signal.aborted) return null;
      if (error instanceof ProviderError)
        return { state: 'unreachable', words: `${error.message} ${hint(this.kind)}`.trim() };
      return {
        state: 'unreachable',
        words: `${this.provider.title} answered in a form that Progeny does not know.`,
      };
    } finally {
      timer.dispose();
    }
  }
}

/** A model that does not run on this machine. */
const ELSEWHERE = { local: false };

function hint(kind: ProviderKind): string {
  if (kind === 'ollama') return 'Where it is installed, `ollama serve` or its app starts it.';
  return kind === 'openai' ? 'Start the server whose address is `language.openaiUrl`.' : '';
}
