import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { cleanPath, isWithin } from './clean-environment.ts';

export interface ProgramPlace {
  /** What is started: absolute where it was looked up, as it was written where it names a place. */
  readonly file: string;
  /** Absolute folder in which it runs. */
  readonly folder: string;
}
export interface LookOptions {
  /** Absolute, links resolved. */
  readonly root: string;
  /** The folder that `root` stands for; what lies there may be started as well. */
  readonly of?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** Longest argument vector that is tried: systems refuse more than 128 KiB an argument and about 2 MiB together. */
const MOST_BYTES = 1_500_000;

/**
 * Finds what an argument vector starts. A bare name is looked up in the PATH, never in the workspace; what lies in the
 * workspace is named by its place (`./x`, `node_modules/.bin/x`), and lies there by its real path.
 * Answers with the reason, in words, where it is not started.
 */
export async function findProgram(
  { argv, folder }: { readonly argv: readonly string[]; readonly folder: string },
  options: LookOptions,
): Promise<ProgramPlace | string> {
  const wrong = whyNotArguments(argv, folder);
  if (wrong !== null) return wrong;
  const at = await realpath(path.join(options.root, folder)).catch(() => null);
  if (at === null || !(await stat(at)).isDirectory())
    return `The folder ${JSON.stringify(folder)} is not there. Name a folder below the workspace.`;
  if (!isWithin(options.root, at))
    return `The folder ${JSON.stringify(folder)} leads out of the workspace. Name a folder below it.`;
  const name = argv[0]!;
  const found = /[\\/]/.test(name) ? await named(name, at, options) : await lookedUp(name, options);
  return 'why' in found ? found.why : { file: found.file, folder: at };
}

/** Why these arguments are given to nobody, in words; null where they can be. */
export function whyNotArguments(argv: readonly string[], folder: string): string | null {
  const name = argv[0];
  if (name === undefined || name.trim() === '') return 'No program is named. The first argument is its name.';
  if (name.startsWith('-')) return `${JSON.stringify(name)} is an option and no program.`;
  if (argv.some((each) => each.includes('\0')))
    return 'An argument holds a NUL character, which no program can be given.';
  if (argv.reduce((sum, each) => sum + Buffer.byteLength(each) + 1, 0) > MOST_BYTES)
    return `The arguments are longer than ${MOST_BYTES} bytes. Give them in a file.`;
  if (folder.includes('\0') || path.isAbsolute(folder) || folder.split(/[\\/]/).includes('..'))
    return `The folder ${JSON.stringify(folder)} is not below the workspace. Name it relative to the workspace, without "..".`;
  return null;
}

type Found = { readonly file: string } | { readonly why: string };

async function named(name: string, at: string, { root, of }: LookOptions): Promise<Found> {
  const place = path.resolve(at, name);
  const real = await realpath(place).catch(() => null);
  if (real === null)
    return { why: `There is no program ${JSON.stringify(name)}. Install it, or check its place.` };
  const absolute = path.isAbsolute(name);
  if (!absolute && !isWithin(root, real) && !(of !== undefined && isWithin(of, real)))
    return {
      why: `${JSON.stringify(name)} leads out of the workspace by a link. Name the program by its own place.`,
    };
  if (!(await isProgram(real))) return { why: `${JSON.stringify(name)} is not a file that can be started.` };
  return { file: absolute ? name : place };
}

async function lookedUp(name: string, { root, of, environment }: LookOptions): Promise<Found> {
  const inside = of === undefined ? [root] : [root, of];
  const endings = process.platform === 'win32' && path.extname(name) === '' ? ['.exe', '.com'] : [''];
  for (const folder of cleanPath(environment, inside)) {
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      const real = await realpath(file).catch(() => null);
      if (real === null || inside.some((each) => isWithin(each, real)) || !(await isProgram(real))) continue;
      return { file };
    }
  }
  const hint =
    process.platform === 'win32'
      ? ' A batch file (.cmd, .bat) cannot be started without a shell: name the program that it starts.'
      : '';
  return {
    why: `${JSON.stringify(name)} was not found on the PATH outside of the workspace. Install it, or name its place ("./…").${hint}`,
  };
}

async function isProgram(file: string): Promise<boolean> {
  if (!(await stat(file)).isFile()) return false;
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
