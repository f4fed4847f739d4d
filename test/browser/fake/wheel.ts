import type { implement } from '@orpc/server';
import type {
  Grant,
  WheelPreview,
  WheelRecipe,
  WheelRun,
  WheelStatus,
} from '../../../companion/protocol/index.ts';
import { type contract, ProgenyError } from '../../../companion/protocol/index.ts';
import { wheelPhase } from '../../../companion/protocol/wheel-words.ts';
import { type Around, plainly } from '../../host/support/fake-mind.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;
export type Sides = Readonly<Record<string, readonly [before: string | null, after: string | null]>>;

const MINUTE = 60_000;
const DAY = 86_400_000;

export interface FakeWheelOptions {
  now(): number;
  changed(type: string): void;
  readonly workspace: string;
}

/** Delegated work out of a script: what a run becomes is what the test says, or what follows from an answer to it. */
export class FakeWheel {
  runs: WheelRun[];
  previews: Record<string, WheelPreview>;
  sides: Record<string, Sides>;
  recipes: WheelRecipe[];
  grants: Grant[];
  readonly #options: FakeWheelOptions;
  readonly #watchers = new Set<() => void>();
  #ids = 0;

  constructor(options: FakeWheelOptions) {
    this.#options = options;
    const { now, workspace } = options;
    const { run, preview, sides } = lintRun(workspace, now());
    this.runs = [run, ...earlierRuns(workspace, now())];
    this.previews = { [run.id]: preview, run_done01: { ...preview, run: 'run_done01' } };
    this.sides = { [run.id]: sides, run_done01: sides };
    this.recipes = atlasRecipes();
    this.grants = atlasGrants(workspace, now());
  }

  get(id: string): WheelRun {
    const run = this.runs.find((each) => each.id === id);
    if (!run) throw new ProgenyError('not_found', `There is no run "${id}". \`progeny wheel\` lists them.`);
    return run;
  }

  /** What a run is from now on; whoever watches is told. */
  change(id: string, change: Partial<WheelRun>): WheelRun {
    const run = { ...this.get(id), ...change, changedAt: this.#options.now() };
    this.runs = this.runs.map((each) => (each.id === id ? run : each));
    this.#options.changed('wheel.changed');
    for (const tell of [...this.#watchers]) tell();
    return run;
  }

  propose(recipe: string): WheelRun {
    const found = this.recipes.find(({ name }) => name === recipe);
    if (!found) throw new ProgenyError('not_found', `There is no recipe "${recipe}".`);
    if (found.unavailable !== null) throw new ProgenyError('conflict', found.unavailable);
    const { run, preview, sides } = lintRun(this.#options.workspace, this.#options.now());
    const id = `run_new${this.#ids++}`;
    this.previews[id] = { ...preview, run: id };
    this.sides[id] = sides;
    const made: WheelRun = { ...run, id, recipe, status: 'previewed' };
    this.runs = [made, ...this.runs];
    this.#options.changed('wheel.changed');
    return made;
  }

  preview(id: string): WheelPreview {
    this.get(id);
    const preview = this.previews[id];
    if (!preview) throw new ProgenyError('conflict', 'This run has no preview.');
    return preview;
  }

  approve(id: string, digest: string): WheelRun {
    if (this.preview(id).digest !== digest)
      throw new ProgenyError('conflict', 'The preview has changed since. Look at it again.');
    if (this.get(id).status !== 'previewed')
      throw new ProgenyError('conflict', 'It does not wait for a yes.');
    return this.count(id, 'click', 5000);
  }

  /** A countdown; one where silence is consent stands still until it is seen. */
  count(id: string, consent: 'click' | 'silence', remainingMs: number): WheelRun {
    const endsAt = consent === 'click' ? this.#options.now() + remainingMs : null;
    return this.change(id, { status: 'counting', countdown: { consent, remainingMs, endsAt } });
  }

  seen(id: string, visible: boolean): WheelRun {
    const { countdown } = this.get(id);
    if (!countdown) throw new ProgenyError('conflict', 'Nothing is counting.');
    const { remainingMs } = countdown;
    return this.change(id, {
      countdown: { ...countdown, endsAt: visible ? this.#options.now() + remainingMs : null },
    });
  }

  stop(id: string): WheelRun {
    const begun = ['acting', 'verifying'].includes(this.get(id).status);
    const status: WheelStatus = begun ? 'rolled_back' : 'vetoed';
    return this.change(id, {
      status,
      countdown: null,
      reason: begun ? 'You stopped it; it is undone.' : null,
    });
  }

  /** It went well. */
  finish(id: string): WheelRun {
    return this.change(id, { ...doneWell(this.#options.now()), countdown: null });
  }

  undo(id: string, files: readonly string[] | undefined): WheelRun {
    const conflicts = [{ path: 'src/queue.ts', why: 'You changed it since (line 60).' }];
    return this.change(
      id,
      files === undefined ? { status: 'undone', conflicts, undoUntil: null } : { conflicts: [] },
    );
  }

  file(id: string, path: string) {
    const sides = this.sides[id]?.[path];
    if (!sides) throw new ProgenyError('not_found', `The preview has no file "${path}".`);
    const side = (text: string | null) =>
      text?.includes('\u0000') ? { text: null, binary: true } : { text, binary: false };
    return { before: side(sides[0]), after: side(sides[1]) };
  }

  give({
    days,
    ...grant
  }: { days: number } & Omit<Grant, 'id' | 'createdAt' | 'expiresAt' | 'revokedAt' | 'uses'>): Grant {
    const now = this.#options.now();
    const made: Grant = {
      ...grant,
      id: `grant_new${this.#ids++}`,
      createdAt: now,
      expiresAt: now + days * DAY,
      revokedAt: null,
      uses: 0,
    };
    this.grants = [made, ...this.grants];
    this.#options.changed('grant.given');
    return made;
  }

  revoke(id: string): Grant {
    const now = this.#options.now();
    this.grants = this.grants.map((grant) => (grant.id === id ? { ...grant, revokedAt: now } : grant));
    this.#options.changed('grant.revoked');
    const grant = this.grants.find((each) => each.id === id);
    if (!grant) throw new ProgenyError('not_found', `There is no grant "${id}".`);
    return grant;
  }

  /** A run now and after each change, until it is settled. */
  async *watch(id: string, signal: AbortSignal | undefined): AsyncGenerator<WheelRun, void> {
    let wake = () => {};
    const watcher = () => wake();
    this.#watchers.add(watcher);
    signal?.addEventListener('abort', watcher);
    try {
      while (!signal?.aborted) {
        const changed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const run = this.get(id);
        yield run;
        if (wheelPhase(run.status) === 'settled') return;
        await changed;
      }
    } finally {
      this.#watchers.delete(watcher);
    }
  }
}

/** What the script answers over the contract. */
export function fakeWheelAnswers(os: Implementer, wheel: FakeWheel, around: Around = plainly) {
  const { wheel: w, grants: g } = os;
  return {
    wheel: {
      recipes: w.recipes.handler(({ input, signal }) =>
        around('wheel.recipes', input, () => wheel.recipes, signal),
      ),
      propose: w.propose.handler(({ input }) =>
        around('wheel.propose', input, () => wheel.propose(input.recipe)),
      ),
      list: w.list.handler(({ input, signal }) => around('wheel.list', input, () => wheel.runs, signal)),
      get: w.get.handler(({ input, signal }) =>
        around('wheel.get', input, () => wheel.get(input.id), signal),
      ),
      watch: w.watch.handler(async function* ({ input, signal }) {
        await around('wheel.watch', input, () => wheel.get(input.id), signal);
        yield* wheel.watch(input.id, signal);
      }),
      preview: w.preview.handler(({ input, signal }) =>
        around('wheel.preview', input, () => wheel.preview(input.id), signal),
      ),
      file: w.file.handler(({ input, signal }) =>
        around('wheel.file', input, () => wheel.file(input.id, input.path), signal),
      ),
      approve: w.approve.handler(({ input }) =>
        around('wheel.approve', input, () => wheel.approve(input.id, input.digest)),
      ),
      seen: w.seen.handler(({ input }) =>
        around('wheel.seen', input, () => wheel.seen(input.id, input.visible)),
      ),
      stop: w.stop.handler(({ input }) => around('wheel.stop', input, () => wheel.stop(input.id))),
      undo: w.undo.handler(({ input }) =>
        around('wheel.undo', input, () => wheel.undo(input.id, input.files)),
      ),
      keep: w.keep.handler(({ input }) =>
        around('wheel.keep', input, () => wheel.change(input.id, { status: 'kept', undoUntil: null })),
      ),
    },
    grants: {
      list: g.list.handler(({ input, signal }) => around('grants.list', input, () => wheel.grants, signal)),
      give: g.give.handler(({ input }) => around('grants.give', input, () => wheel.give(input))),
      revoke: g.revoke.handler(({ input }) => around('grants.revoke', input, () => wheel.revoke(input.id))),
    },
  };
}

/** How a run stands that went well: done, verified, with an hour to undo it. */
function doneWell(now: number): Partial<WheelRun> {
  return {
    status: 'done',
    undoUntil: now + 60 * MINUTE,
    report: {
      done: 'Fixed 14 lint errors in 6 files with eslint --fix (2 remain: no-floating-promises, listed)',
      where: 'fix/lint, not committed',
      verified: 'npm test: 212 passed in 31 s',
      review: [
        { text: 'the fixer removed an unused await', file: 'src/queue.ts', line: 57 },
        { text: 'no-floating-promises: not fixed', file: 'src/import/reader.ts', line: 12 },
      ],
      containment: 'contained by bubblewrap: it could write in the folder only, and had no network',
    },
  };
}

function blankRun(workspace: string, now: number): WheelRun {
  return {
    id: 'run_blank1',
    workspace,
    recipe: 'fix_lint',
    origin: { by: 'person', name: 'browser' },
    status: 'previewed',
    sentence: 'Fix 14 lint errors in 6 files with eslint --fix.',
    destination: 'fix/lint, not committed',
    steps: [],
    digest: null,
    files: 0,
    additions: 0,
    deletions: 0,
    reason: null,
    proposal: null,
    countdown: null,
    report: null,
    undoUntil: null,
    conflicts: [],
    createdAt: now - 2 * MINUTE,
    changedAt: now - MINUTE,
  };
}

const QUEUE_BEFORE = `import { Clock } from './clock.js';

/** Work that waits its turn. */
export class Queue {
  private items: Task[] = [];

  constructor(private readonly clock: Clock) {}

${Array.from({ length: 40 }, (_, i) => `  // ${i + 10}: unremarkable`).join('\n')}
  async next() {
    let task = this.items.shift();
    if (task == undefined) return null;
    await this.clock.now();
    return task
  }
}
`;
const QUEUE_AFTER = QUEUE_BEFORE.replace('    let task', '    const task')
  .replace('task == undefined', 'task === undefined')
  .replace('    await this.clock.now();\n', '')
  .replace('return task\n', 'return task;\n');

/** A run that waits for a yes, with its preview and its files. */
export function lintRun(
  workspace: string,
  now: number,
): { run: WheelRun; preview: WheelPreview; sides: Sides } {
  const digest = 'sha256:3f9a2c1be07744d2a1f0c9c2';
  const sides: Sides = {
    'src/queue.ts': [QUEUE_BEFORE, QUEUE_AFTER],
    'src/import/reader.ts': [
      "export function read(file) {\n  var text = load(file)\n  return text.split('\\n')\n}\n",
      "export function read(file) {\n  const text = load(file);\n  return text.split('\\n');\n}\n",
    ],
    'src/core/scheduler.ts': ["import a from './a.js'\n", "import a from './a.js';\n"],
    'src/legacy/shim.ts': ['export {};\n// eslint-disable\n', null],
    'docs/lint.md': [null, '# Lint\n\nTwo findings are left; see below.\n'],
    'media/mark.png': ['\u0000\u0001', '\u0000\u0002'],
  };
  const file = (
    path: string,
    kind: WheelPreview['files'][number]['kind'],
    additions: number,
    deletions: number,
  ) => ({ path, from: null, kind, binary: path.endsWith('.png'), additions, deletions, bytes: 1204 });
  const files = [
    file('src/queue.ts', 'changed', 3, 4),
    file('src/import/reader.ts', 'changed', 2, 2),
    file('src/core/scheduler.ts', 'changed', 1, 1),
    file('src/legacy/shim.ts', 'deleted', 0, 2),
    file('docs/lint.md', 'added', 3, 0),
    file('media/mark.png', 'changed', 0, 0),
  ];
  const run: WheelRun = {
    ...blankRun(workspace, now),
    id: 'run_lint01',
    digest,
    files: files.length,
    additions: 9,
    deletions: 9,
    reason: 'At tier T0 nothing is changed without your yes.',
    steps: [
      { tool: 'command', words: 'Runs npx eslint --fix . on a copy', status: 'rehearsed', note: null },
      { tool: 'branch', words: 'Makes the branch fix/lint', status: 'waiting', note: null },
      { tool: 'command', words: 'Runs npm test to verify', status: 'waiting', note: null },
    ],
  };
  const preview: WheelPreview = {
    run: run.id,
    digest,
    files,
    commands: [['npm', 'test']],
    effects: ['Makes the branch fix/lint where HEAD stands (a41c9e2) and goes over to it'],
    containment: 'contained by bubblewrap: it can write in the folder only, and has no network',
    uncovered: ['data/big.sqlite (214 MB) is ignored by git and larger than 10 MB'],
  };
  return { run, preview, sides };
}

/** Runs of the last days, each ended in another way. */
export function earlierRuns(workspace: string, now: number): WheelRun[] {
  const run = (id: string, status: WheelStatus, age: number, rest: Partial<WheelRun> = {}): WheelRun => ({
    ...blankRun(workspace, now),
    id,
    status,
    createdAt: now - age - MINUTE,
    changedAt: now - age,
    ...rest,
  });
  const lint = lintRun(workspace, now).run;
  return [
    run('run_agent1', 'planning', MINUTE, {
      recipe: 'clean_branches',
      origin: { by: 'agent', name: 'claude-code', why: 'Seven branches are merged and clutter the list.' },
      sentence: 'Let 7 branches go that are merged into main.',
      destination: 'local branches only; nothing is pushed',
      steps: [
        {
          tool: 'delete_branch',
          words: 'Deletes fix/typo, which is all in main',
          status: 'waiting',
          note: null,
        },
      ],
    }),
    run('run_done01', 'done', 20 * MINUTE, {
      ...lint,
      ...doneWell(now - 20 * MINUTE),
      id: 'run_done01',
      reason: null,
      createdAt: now - 22 * MINUTE,
      changedAt: now - 20 * MINUTE,
      steps: lint.steps.map((step) => ({ ...step, status: 'done' as const })),
    }),
    run('run_back01', 'rolled_back', DAY, {
      sentence: 'Rename tick to advance in 4 files.',
      destination: 'your working tree, not committed',
      files: 4,
      additions: 9,
      deletions: 9,
      reason: 'npm test failed, so all of it was undone.',
      report: {
        done: 'Renamed tick to advance in 4 files, and undid it again',
        where: 'your working tree is as it was',
        verified: 'npm test: 3 of 212 failed in 30 s',
        review: [{ text: 'calls `tick` by its name as a string', file: 'test/clock.test.ts', line: 31 }],
        containment: null,
      },
    }),
    run('run_kept01', 'kept', 3 * DAY, {
      sentence: 'Split TODO parser.ts:41 “handle CRLF” into a branch with a draft.',
      destination: 'todo/handle-crlf, a draft that is not committed',
      files: 1,
      additions: 14,
    }),
  ];
}

export function atlasRecipes(): WheelRecipe[] {
  return [
    {
      name: 'fix_lint',
      title: 'Fix lint',
      what: 'Runs the project’s own fixer (eslint) and shows what it changes.',
      options: [],
      unavailable: null,
    },
    {
      name: 'apply_patch',
      title: 'Apply a patch',
      what: 'Applies a unified diff from a file, all of it or nothing.',
      options: [
        { name: 'file', question: 'Which file holds the patch?', required: true },
        { name: 'branch', question: 'On a branch of its own, by which name?', required: false },
      ],
      unavailable: null,
    },
    {
      name: 'clean_branches',
      title: 'Clean up merged branches',
      what: 'Lets local branches go whose commits are all in the main branch.',
      options: [],
      unavailable: null,
    },
    {
      name: 'changelog',
      title: 'Update the changelog',
      what: 'Adds a line to the changelog.',
      options: [{ name: 'line', question: 'What changed, for a user?', required: true }],
      unavailable: 'There is no CHANGELOG.md here.',
    },
  ];
}

function atlasGrants(workspace: string, now: number): Grant[] {
  const base = {
    workspace,
    createdAt: now - 6 * DAY,
    revokedAt: null,
    silence: false,
    paths: [],
    argv: null,
  };
  return [
    {
      ...base,
      id: 'grant_lint1',
      capability: 'command',
      argv: ['npm', 'run', 'lint'],
      expiresAt: now + 24 * DAY,
      uses: 7,
    },
    {
      ...base,
      id: 'grant_edit1',
      capability: 'edit',
      paths: ['src', 'docs'],
      silence: true,
      expiresAt: now + 2 * DAY,
      uses: 0,
    },
    { ...base, id: 'grant_git01', capability: 'git', expiresAt: now - DAY, uses: 1 },
  ];
}
