import type { Program } from '../agency/index.ts';
import { type Look, type Project, readProject, runScript, upwards } from './project.ts';

/** Scripts in the order in which they say most of the project's health. A test says more than a build. */
const TESTS = ['test', 'test:unit', 'tests', 'test:ci'];
const CHECKS = ['check', 'verify', 'typecheck', 'type-check', 'tsc', 'build', 'compile'];
/** What npm writes into every new package.json. */
const NO_TEST = /no test specified/i;
/** It would wait for edits and never end. */
const WATCHES = /(?:^|\s)--?(?:watch(?:All)?|w)(?=\s|$)(?!=false)/;

/**
 * How the project checks itself: its tests, else its check or its build, found in the folder or above it; null where
 * there is nothing of the kind. Only what the project itself names is run.
 */
export async function findVerification(look: Look, folder = ''): Promise<Program | null> {
  let weaker: Program | null = null;
  for (const place of upwards(folder)) {
    const project = await readProject(look, place);
    const found = await testsOf(project);
    if (found) return found;
    weaker ??= await checkOf(project);
  }
  return weaker;
}

async function testsOf(project: Project): Promise<Program | null> {
  const { folder, names } = project;
  const script = scriptAmong(project, TESTS);
  if (script !== null) return { argv: runScript(project.manager, script), folder };
  if (names.has('Cargo.toml')) return { argv: ['cargo', 'test', '--quiet'], folder };
  if (names.has('go.mod')) return { argv: ['go', 'test', './...'], folder };
  const python = await pythonTests(project);
  if (python) return { argv: python, folder };
  if (names.has('.rspec') || (names.has('Gemfile') && names.has('spec')))
    return { argv: ['bundle', 'exec', 'rspec'], folder };
  const target = await makeTarget(project, ['test', 'check']);
  return target === null ? null : { argv: ['make', target], folder };
}

async function checkOf(project: Project): Promise<Program | null> {
  const { folder, names } = project;
  const script = scriptAmong(project, CHECKS);
  if (script !== null) return { argv: runScript(project.manager, script), folder };
  const tsc = names.has('tsconfig.json') ? await project.installed('tsc') : null;
  if (tsc) return { argv: [...tsc, '--noEmit', '-p', '.'], folder };
  const target = await makeTarget(project, ['build', 'all']);
  return target === null ? null : { argv: ['make', target], folder };
}

function scriptAmong({ scripts }: Project, wanted: readonly string[]): string | null {
  const usable = (text: string) => text.trim() !== '' && !NO_TEST.test(text) && !WATCHES.test(text);
  return wanted.find((name) => Object.hasOwn(scripts, name) && usable(scripts[name]!)) ?? null;
}

/** pytest where the project asks for it; else the tests of the standard library where there are files of that name. */
export async function pythonTests(project: Project): Promise<string[] | null> {
  const { names } = project;
  const python = await pythonOf(project);
  if (await usesPytest(project)) return [...python, '-m', 'pytest', '-q'];
  const isPython = ['pyproject.toml', 'setup.py', 'setup.cfg'].some((name) => names.has(name));
  return isPython && (names.has('tests') || names.has('test'))
    ? [...python, '-m', 'unittest', 'discover', '-q']
    : null;
}

export async function usesPytest(project: Project): Promise<boolean> {
  if (['pytest.ini', 'conftest.py', '.pytest.ini'].some((name) => project.names.has(name))) return true;
  const files = ['pyproject.toml', 'setup.cfg', 'tox.ini', 'requirements-dev.txt', 'requirements.txt'];
  for (const file of files)
    if (project.names.has(file) && /\bpytest\b/.test((await project.read(file)) ?? '')) return true;
  return false;
}

/** The project's own interpreter where it has a virtual environment. */
export async function pythonOf(project: Project): Promise<readonly string[]> {
  for (const name of ['.venv', 'venv']) if (project.names.has(name)) return [`${name}/bin/python`];
  if (project.names.has('uv.lock')) return ['uv', 'run', '--offline', 'python'];
  if (project.names.has('poetry.lock')) return ['poetry', 'run', 'python'];
  return ['python3'];
}

async function makeTarget(project: Project, wanted: readonly string[]): Promise<string | null> {
  const file = ['GNUmakefile', 'makefile', 'Makefile'].find((name) => project.names.has(name));
  const text = file === undefined ? '' : ((await project.read(file)) ?? '');
  return wanted.find((target) => new RegExp(`^${target}[ \\t]*:(?!=)`, 'm').test(text)) ?? null;
}
