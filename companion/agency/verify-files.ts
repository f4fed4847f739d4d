import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { WheelConflict } from '../protocol/index.ts';
import type { Program } from './types.ts';

/** Files that say what a test command runs, and its digest when the preview was made; null: there was none. */
export type VerifyFiles = Readonly<Record<string, string | null>>;

/** Where projects say what "test", "check" or "build" means. */
const SAYING = [
  ...['package.json', 'Makefile', 'makefile', 'GNUmakefile', 'Cargo.toml', 'pyproject.toml', 'setup.cfg'],
  ...['tox.ini', 'pytest.ini', 'noxfile.py', 'Rakefile', 'Gemfile', '.rspec', 'composer.json', 'deno.json'],
  ...['justfile', 'Taskfile.yml', 'build.gradle', 'build.gradle.kts', 'pom.xml'],
];

/** How the files stand that say what a program does, those that its arguments name among them. */
export async function verifyFiles(root: string, program: Program | null): Promise<VerifyFiles> {
  if (program === null) return {};
  const folders = [...new Set(['', program.folder])];
  const named = program.argv.filter((part) => part !== '' && !part.startsWith('-') && part.length < 1000);
  const files = new Set(
    folders.flatMap((folder) =>
      [...SAYING, ...named].map((name) => path.posix.normalize(path.posix.join(folder, name))),
    ),
  );
  const found: Record<string, string | null> = {};
  for (const file of files)
    if (!path.isAbsolute(file) && file !== '..' && !file.startsWith('../'))
      found[file] = await digestAt(path.join(root, file));
  return found;
}

/** Those that say something else by now, but for what the run itself changes, which was shown. */
export async function changedVerifyFiles(
  root: string,
  program: Program | null,
  shown: VerifyFiles,
  own: readonly string[],
): Promise<WheelConflict[]> {
  const now = await verifyFiles(root, program);
  return Object.keys(now)
    .filter((file) => now[file] !== (shown[file] ?? null) && !own.includes(file))
    .map((file) => ({
      path: file,
      why: 'It says what the verification runs, and it was changed since the preview.',
    }));
}

async function digestAt(at: string): Promise<string | null> {
  // No file, or nothing that can be read: then it says nothing.
  const bytes = await readFile(at).catch(() => null);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
