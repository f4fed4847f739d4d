import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Convergence } from './convergence/index.ts';
import type { GitError, GitProgram } from './git/index.ts';
import type { Heritage } from './heritage/index.ts';
import type { KeptFiles } from './kept-files.ts';
import type { Clock } from './kernel/index.ts';
import {
  defaultSettings,
  ProgenyError,
  type SetupApplied,
  type SetupDetected,
  type SetupTemplate,
} from './protocol/index.ts';
import type { SettingsStore } from './settings-store.ts';
import {
  applyTemplate,
  Detection,
  type Machine,
  needsFolder,
  Templates,
  thisMachine,
} from './setup/index.ts';
import type { Workspaces } from './workspaces/index.ts';

/** The templates lie beside the folder of this file: in the sources, in the build, and in the installed extension. */
const TEMPLATES = path.join(import.meta.dirname, '..', 'templates');

const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT']);

export interface OnboardingOptions {
  clock: Clock;
  dataDirectory: string;
  convergence: Convergence;
  heritage: Heritage;
  settings: SettingsStore;
  keptFiles: KeptFiles;
  workspaces: Workspaces;
  git: GitProgram | GitError;
  /** For tests; default this machine. */
  machine?: Machine;
}

/** The first run: the conversation, what the machine offers, and templates. */
export class Onboarding {
  readonly #options: OnboardingOptions;
  readonly #detection: Detection;
  readonly #templates = new Templates(TEMPLATES);
  readonly convergence: Convergence;

  constructor(options: OnboardingOptions) {
    const { clock, convergence, git, machine = thisMachine() } = options;
    this.#options = options;
    this.convergence = convergence;
    this.#detection = new Detection({
      clock,
      machine,
      git: () =>
        git instanceof Error
          ? { problem: git.message, found: git.kind !== 'git-missing' }
          : { version: `${git.version.major}.${git.version.minor}` },
    });
  }

  detect(): Promise<SetupDetected> {
    return this.#detection.detect();
  }

  templates(): Promise<SetupTemplate[]> {
    return this.#templates.list();
  }

  /** Throws `not_found` for an unknown template, `bad_input` where it needs a folder and none is named. */
  async apply(name: string, folder: string | undefined): Promise<SetupApplied> {
    const { heritage, settings, keptFiles, workspaces, dataDirectory } = this.#options;
    const { convergence } = this;
    const template = await this.#templates.read(name);
    if (needsFolder(template) && folder === undefined) {
      const message = `The template "${name}" has working files: it needs the folder that they are for.`;
      throw new ProgenyError('bad_input', message, { fields: ['workspace'] });
    }
    // One that is open stays as trusted as it is.
    const workspace =
      folder !== undefined && needsFolder(template)
        ? await workspaces.get(folder).catch(() => workspaces.open(folder, true))
        : null;
    const answered = new Set(
      convergence
        .get({ form: 'long' })
        .questions.flatMap(({ id, status }) => (status === 'answered' ? [id] : [])),
    );
    return applyTemplate(template, {
      heritage,
      settings: {
        current: () => settings.current,
        defaults: defaultSettings,
        update: (patch) => void settings.update(patch),
      },
      answers: {
        isFree: (question) => !answered.has(question),
        answer: (question, answer) => void convergence.answer({ question, answer }),
      },
      async layOut(texts) {
        const laid = workspace && (await keptFiles.layOut(workspace.id, texts));
        if (laid) return laid;
        throw new ProgenyError('workspace_gone', `No working files can be made for "${folder}" now.`);
      },
      place: (file, text) => putBeside(path.join(dataDirectory, 'templates', name), file, text),
    });
  }
}

/** Null where a file of that name is there. Throws `read_only` where none can be written. */
async function putBeside(folder: string, file: string, text: string): Promise<string | null> {
  const target = path.join(folder, file);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(target, text, { flag: 'wx', mode: 0o600 });
    return target;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return null;
    if (!NOT_WRITABLE.has(code)) throw error;
    throw new ProgenyError('read_only', `"${target}" could not be written (${code}); nothing was put there.`);
  }
}
