import { type Project, runScript } from './project.ts';
import { pythonOf } from './verify.ts';

/** One program of a fix, as it is told to the driver. */
export interface FixCommand {
  readonly argv: readonly string[];
  readonly purpose: string;
  /** Exit codes that say only that something is left. */
  readonly accept: readonly number[];
}

/** A tool that mends files by itself. */
export interface Fixer {
  readonly name: string;
  readonly title: string;
  /** How one would type it, for the sentence. */
  readonly typed: string;
  /** Whether the project has set it up. */
  found(project: Project): Promise<boolean>;
  /** What runs, for a path below the project's folder ('.' for all); null where it is set up but not installed. */
  commands(project: Project, path: string): Promise<readonly FixCommand[] | null>;
}

const has = (project: Project, ...names: string[]) => names.some((name) => project.names.has(name));
const some = (project: Project, pattern: RegExp) => [...project.names].some((name) => pattern.test(name));
const mentions = async (project: Project, file: string, words: RegExp) =>
  project.names.has(file) && words.test((await project.read(file)) ?? '');

/** A tool that npm installs. `check` comes first where the fix alone does not tell how much there was. */
function fromNpm(
  tool: Pick<Fixer, 'name' | 'title' | 'typed' | 'found'> & {
    fix(path: string): readonly string[];
    check?(path: string): readonly string[];
    readonly accept: readonly number[];
  },
): Fixer {
  return {
    ...tool,
    async commands(project, path) {
      const program = await project.installed(tool.name);
      if (!program) return null;
      const { accept, title } = tool;
      const check = tool.check && {
        argv: [...program, ...tool.check(path)],
        purpose: `Counts what ${title} finds`,
        accept,
      };
      const fix = { argv: [...program, ...tool.fix(path)], purpose: `Fixes what ${title} can fix`, accept };
      return [...(check ? [check] : []), fix];
    },
  };
}

/** A tool on the search path, or in the project's virtual environment. */
function plain(
  tool: Pick<Fixer, 'name' | 'title' | 'typed' | 'found'> & {
    argv(path: string): readonly (readonly string[])[];
    readonly accept: readonly number[];
  },
): Fixer {
  return {
    ...tool,
    commands: async (project, path) =>
      Promise.all(
        tool.argv(path).map(async (argv) => ({
          argv: [await inEnvironment(project, argv[0]!), ...argv.slice(1)],
          purpose: `Fixes what ${tool.title} can fix`,
          accept: tool.accept,
        })),
      ),
  };
}

async function inEnvironment(project: Project, program: string): Promise<string> {
  const [python] = await pythonOf(project);
  const folder = /^(\.?venv\/bin)\/python$/.exec(python!)?.[1];
  const isPython = program === 'ruff' || program === 'black';
  return folder !== undefined && isPython ? `${folder}/${program}` : program;
}

const STYLES = '**/*.{css,scss,sass,less,pcss}';

/** Those that lint stand before those that only format. The first that a project has is its own. */
export const FIXERS: readonly Fixer[] = [
  fromNpm({
    name: 'biome',
    title: 'Biome',
    typed: 'biome check --write',
    found: async (project) => has(project, 'biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'),
    check: (path) => ['check', '--reporter=summary', '--colors=off', path],
    fix: (path) => ['check', '--write', '--reporter=github', '--max-diagnostics=200', '--colors=off', path],
    accept: [0, 1],
  }),
  fromNpm({
    name: 'eslint',
    title: 'ESLint',
    typed: 'eslint --fix',
    found: async (project) =>
      some(project, /^eslint\.config\.[cm]?[jt]s$|^\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?$/) ||
      project.fields.has('eslintConfig'),
    check: (path) => ['--format', 'stylish', '--no-color', path],
    fix: (path) => ['--fix', '--format', 'stylish', '--no-color', path],
    // 2 is a crash or a configuration that is wrong.
    accept: [0, 1],
  }),
  fromNpm({
    name: 'stylelint',
    title: 'Stylelint',
    typed: 'stylelint --fix',
    found: async (project) =>
      some(project, /^stylelint\.config\.[cm]?js$|^\.stylelintrc(?:\.|$)/) || project.fields.has('stylelint'),
    fix: (path) => ['--fix', '--formatter', 'unix', '--allow-empty-input', pathOfStyles(path)],
    accept: [0, 2],
  }),
  plain({
    name: 'ruff',
    title: 'Ruff',
    typed: 'ruff check --fix',
    found: async (project) =>
      has(project, 'ruff.toml', '.ruff.toml') ||
      mentions(project, 'pyproject.toml', /^[ \t]*\[tool\.ruff\b/m),
    argv: (path) => [['ruff', 'check', '--fix', '--output-format', 'concise', '--', path]],
    accept: [0, 1],
  }),
  plain({
    name: 'rubocop',
    title: 'RuboCop',
    typed: 'rubocop -a',
    found: async (project) => has(project, '.rubocop.yml'),
    argv: (path) => [
      ['bundle', 'exec', 'rubocop', '-a', '--format', 'emacs', '--format', 'offenses', '--', path],
    ],
    accept: [0, 1],
  }),
  fromNpm({
    name: 'prettier',
    title: 'Prettier',
    typed: 'prettier --write',
    found: async (project) =>
      some(project, /^prettier\.config\.[cm]?[jt]s$|^\.prettierrc(?:\.|$)/) || project.fields.has('prettier'),
    fix: (path) => ['--write', '--ignore-unknown', '--no-color', '--log-level', 'log', path],
    accept: [0, 2],
  }),
  plain({
    name: 'black',
    title: 'Black',
    typed: 'black',
    found: async (project) => mentions(project, 'pyproject.toml', /^[ \t]*\[tool\.black\]/m),
    argv: (path) => [['black', '--no-color', '--', path]],
    accept: [0, 123],
  }),
  plain({
    name: 'gofmt',
    title: 'gofmt',
    typed: 'gofmt -w',
    found: async (project) => has(project, 'go.mod'),
    argv: (path) => [['gofmt', '-l', '-w', path]],
    accept: [0, 2],
  }),
  plain({
    name: 'rustfmt',
    title: 'rustfmt',
    typed: 'cargo fmt',
    found: async (project) => has(project, 'Cargo.toml'),
    argv: (path) => (path.endsWith('.rs') ? [['rustfmt', path]] : [['cargo', 'fmt']]),
    accept: [0],
  }),
  plain({
    name: 'clippy',
    title: 'Clippy',
    typed: 'cargo clippy --fix',
    found: async (project) => has(project, 'Cargo.toml'),
    argv: () => [
      [
        'cargo',
        'clippy',
        '--fix',
        '--allow-dirty',
        '--allow-staged',
        '--allow-no-vcs',
        '--message-format',
        'short',
      ],
    ],
    accept: [0],
  }),
];

/** A script of package.json that says by its name that it fixes. */
const SCRIPTS = ['lint:fix', 'lint-fix', 'fix', 'fix:lint', 'format', 'fmt', 'prettier:fix', 'format:fix'];

export function fixScript({ scripts }: Project): string | null {
  return SCRIPTS.find((name) => Object.hasOwn(scripts, name) && scripts[name]!.trim() !== '') ?? null;
}

/** The project's own script, where it uses no tool that is known here; `manager` runs it. */
export function scriptFixer(script: string, manager: Project['manager']): Fixer {
  return {
    name: 'script',
    title: `the script "${script}"`,
    typed: runScript(manager, script).join(' '),
    found: async (project) => fixScript(project) === script,
    commands: async () => [
      {
        argv: runScript(manager, script),
        purpose: `Runs the project's own script "${script}"`,
        accept: [0, 1],
      },
    ],
  };
}

function pathOfStyles(path: string): string {
  if (path === '.') return STYLES;
  return /\.(?:css|scss|sass|less|pcss)$/.test(path) ? path : `${path}/${STYLES}`;
}
