import type { Program } from '../agency/index.ts';
import type { Look, Project } from './project.ts';
import { findVerification, pythonOf, usesPytest } from './verify.ts';

/** A script that needs a shell is left to the package manager. */
const NEEDS_SHELL = /[&|;<>$`(){}\n]|^\s*\w+=/;

/** The project's tests, told to say what fails in a form that can be read; null where there are none. */
export async function testProgram(look: Look, project: Project): Promise<Program | null> {
  const { folder, names, scripts } = project;
  const own = await ownRunner(project, scripts.test ?? scripts['test:unit'] ?? '');
  if (own) return { argv: own, folder };
  if (names.has('package.json')) return findVerification(look, folder).then(onlyTests);
  if (names.has('Cargo.toml'))
    return { argv: ['cargo', 'test', '--quiet', '--no-fail-fast', '--color', 'never'], folder };
  if (await usesPytest(project)) {
    const shape = [
      '-q',
      '--tb=line',
      '-rfE',
      '--color=no',
      '--continue-on-collection-errors',
      '-p',
      'no:cacheprovider',
    ];
    return { argv: [...(await pythonOf(project)), '-m', 'pytest', ...shape], folder };
  }
  return findVerification(look, folder).then(onlyTests);
}

/** A build says nothing of tests. */
function onlyTests(program: Program | null): Program | null {
  return program?.argv.some((word) => /^tests?\b|^unittest$|^rspec$|^check$/.test(word)) ? program : null;
}

/** The program that a simple script starts, with the reporter that can be read. Later options win over earlier ones. */
async function ownRunner(project: Project, script: string): Promise<string[] | null> {
  if (script.trim() === '' || NEEDS_SHELL.test(script)) return null;
  const [first = '', ...rest] = wordsOf(script);
  if (first === 'node' && rest.includes('--test')) return ['node', '--test-reporter=spec', ...rest];
  const program = ['mocha', 'jest', 'vitest'].includes(first) ? await project.installed(first) : null;
  if (!program) return null;
  const args = rest.filter((word) => !/^--?(?:watch(?:All)?|w)$/.test(word));
  if (first === 'mocha') return [...program, ...args, '--reporter', 'tap'];
  if (first === 'jest') return [...program, ...args, '--ci', '--colors=false'];
  return [...program, ...(args[0] === 'run' ? args : ['run', ...args]), '--reporter=github-actions'];
}

/** Words of a script without a shell: only quotes count. Pure. */
function wordsOf(script: string): string[] {
  return [...script.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
}
