import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { fetchModel } from './embedding/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { AsyncDisposable, Clock, Logger } from './kernel/index.ts';
import {
  type EditorClient,
  EditorProvider,
  EmbeddedProvider,
  LanguageModels,
  OllamaProvider,
  OpenAiProvider,
  ProviderError,
} from './language/index.ts';
import type { doctorCheck, Job, languageFetchInput } from './protocol/index.ts';
import type { SettingsStore } from './settings-store.ts';
import { ollamaPort } from './setup/index.ts';
import type { WorkspaceDoors } from './workspaces/index.ts';

export interface LanguageSideOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly jobs: Jobs;
  readonly settings: SettingsStore;
  readonly doors: Pick<WorkspaceDoors, 'isOpen'>;
  /** Where models lie in the data directory. */
  readonly folder: string;
  clients(): readonly EditorClient[];
  environment?: NodeJS.ProcessEnv;
}

type FetchInput = z.output<typeof languageFetchInput>;

const KIND = 'language';
const MINUTE_MS = 60_000;
/** Larger ones need a machine that nobody has at home. */
const MOST_BYTES = 200_000_000_000;

/** Composes what writes: the providers with their settings, the doors, the job that fetches a file. */
export class LanguageSide implements AsyncDisposable {
  readonly models: LanguageModels;
  readonly #options: LanguageSideOptions;
  readonly #embedded: EmbeddedProvider;
  readonly #editor: EditorProvider;
  #rules: string;

  constructor(options: LanguageSideOptions) {
    this.#options = options;
    const { clock, logger, jobs, doors, settings, folder, environment = process.env } = options;
    const rules = () => settings.current.language;
    const runtime = path.join(folder, 'runtime');
    this.#embedded = new EmbeddedProvider({
      clock,
      file: () => rules().embeddedModel || this.#fetched,
      folders: () => [rules().embeddedRuntime || runtime, path.dirname(fileURLToPath(import.meta.url))],
      installTo: runtime,
      contextTokens: () => rules().contextTokens,
      // Threads of llama.cpp wait for one another by spinning: one too many on a busy machine, and all stand still.
      threads: () => rules().embeddedThreads || Math.max(1, Math.floor(availableParallelism() / 2)),
      gpu: () => rules().embeddedGpu,
      idleMs: () => rules().embeddedIdleMinutes * MINUTE_MS,
    });
    this.#editor = new EditorProvider(options);
    this.models = new LanguageModels({
      clock,
      logger,
      memoryBytes: totalmem(),
      settings: rules,
      isOpen: (workspace, door) => doors.isOpen(workspace, door),
      watched: () => options.clients().length > 0,
      providers: [
        new OllamaProvider({
          url: () => rules().ollamaUrl || `http://127.0.0.1:${ollamaPort(environment.OLLAMA_HOST)}`,
          contextTokens: () => rules().contextTokens,
        }),
        new OpenAiProvider({
          kind: 'openai',
          url: () => rules().openaiUrl,
          model: () => rules().openaiModel,
          key: () => null,
        }),
        this.#embedded,
        this.#editor,
        new OpenAiProvider({
          kind: 'remote',
          url: () => rules().remoteUrl,
          model: () => rules().remoteModel,
          key: () => keyOf(rules(), environment),
        }),
      ],
    });
    this.#rules = JSON.stringify(rules());
    settings.changed.add(() => {
      const before = this.#rules;
      this.#rules = JSON.stringify(rules());
      if (this.#rules !== before) void this.models.reconsider({ forget: true });
    });
    jobs.define<FetchInput>(KIND, {
      run: async ({ input: { url, sha256 }, signal, progress }) => {
        const name = nameOf(url);
        await this.#embedded.stop();
        const options = { signal, progress, mostBytes: MOST_BYTES };
        await fetchModel(this.#own, [{ name, url, sha256 }], options);
        await this.models.reconsider({ forget: true });
        return `Fetched ${name}.`;
      },
    });
  }

  /** A client came, went, or said what it can do. */
  clientsChanged(): void {
    void this.models.reconsider();
  }

  fetch(input: FetchInput): Job {
    return this.#options.jobs.enqueue(KIND, nameOf(input.url), input);
  }

  part(connection: string | null, part: { generation: string; text: string }): { go: boolean } {
    return this.#editor.part(connection, part);
  }

  /** A line of the doctor's. To have no model is a choice. */
  check(): z.output<typeof doctorCheck> {
    const { current, providers } = this.models.state;
    const name = 'language model';
    if (current)
      return { name, result: 'ok', message: `${current.model} (${current.provider}) writes answers.` };
    const seen = providers.filter(({ local, state }) => local && state !== 'off').map(({ words }) => words);
    const message = `None: answers come from memory and rules alone. ${seen.join(' ')}`.trim();
    return { name, result: this.models.offline ? 'warning' : 'ok', message };
  }

  dispose(): Promise<void> {
    return this.models.dispose();
  }

  get #own(): string {
    return path.join(this.#options.folder, 'language');
  }

  /** The file that was fetched; null for none. */
  get #fetched(): string | null {
    if (!existsSync(this.#own)) return null;
    const name = readdirSync(this.#own).find((file) => file.endsWith('.gguf'));
    return name === undefined ? null : path.join(this.#own, name);
  }
}

/** What the file is called in the data directory: by its address, with nothing that a file system minds. */
function nameOf(url: string): string {
  const last = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  const stem = last
    .replace(/\.gguf$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 100);
  return `${stem.replace(/^\.+/, '') || 'model'}.gguf`;
}

function keyOf(
  { remoteKeyFile, remoteKeyVariable }: { remoteKeyFile: string; remoteKeyVariable: string },
  environment: NodeJS.ProcessEnv,
): string | null {
  if (remoteKeyFile !== '') {
    try {
      return readFileSync(remoteKeyFile, 'utf8').trim();
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? 'it cannot be read';
      throw new ProviderError(
        'refused',
        `\`language.remoteKeyFile\`: ${remoteKeyFile} cannot be read (${reason}).`,
      );
    }
  }
  if (remoteKeyVariable === '') return null;
  const key = environment[remoteKeyVariable];
  if (key) return key;
  throw new ProviderError(
    'refused',
    `The environment of the companion has no ${remoteKeyVariable}, which \`language.remoteKeyVariable\` names.`,
  );
}
