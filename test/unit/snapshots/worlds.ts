import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Random } from '../../../companion/kernel/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';

/** All that lies below a folder: kind, permission bits and bytes, by path. Knows nothing of the product. */
export function everythingBelow(
  root: string,
  { objects = false, times = false }: { objects?: boolean; times?: boolean } = {},
): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (folder: Buffer, below: string) => {
    for (const name of readdirSync(folder, { encoding: 'buffer' })) {
      const at = Buffer.concat([folder, Buffer.from('/'), name]);
      const shown = below === '' ? name.toString('latin1') : `${below}/${name.toString('latin1')}`;
      if (!objects && /(?:^|\/)\.git\/(?:.*\/)?objects$/.test(shown)) continue;
      const facts = lstatSync(at);
      const mode = (facts.mode & 0o7777).toString(8);
      const time = times ? ` ${facts.mtimeMs} ${facts.ino}` : '';
      if (facts.isDirectory()) {
        // git makes and leaves empty folders under .git as it likes.
        if (times || !/(?:^|\/)\.git(?:\/|$)/.test(shown)) found.set(shown, `folder ${mode}${time}`);
        walk(at, shown);
      } else if (facts.isSymbolicLink()) found.set(shown, `link ${readlinkSync(at)}${time}`);
      else
        found.set(shown, `file ${mode} ${createHash('sha1').update(readFileSync(at)).digest('hex')}${time}`);
    }
  };
  walk(Buffer.from(root), '');
  return found;
}

export function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => one.get(name) !== other.get(name))
    .map((name) => `${name}: ${one.get(name) ?? 'nothing'} -> ${other.get(name) ?? 'nothing'}`)
    .sort();
}

const pick = <T>(random: Random, some: readonly T[]): T => some[Math.floor(random.next() * some.length)]!;
const chance = (random: Random, p: number) => random.next() < p;

const NAMES = [
  'a.ts',
  'b c.md',
  'ü-ñ.txt',
  'emoji🦊',
  "quo'te",
  '-rf',
  'UPPER',
  'x"y',
  'tab\there',
  '#1',
  '[a]*',
];
const FOLDERS = ['', 'src', 'src/deep', 'docs', 'weird [x]', 'ünï'];

function content(random: Random): string | Buffer {
  const kind = random.next();
  if (kind < 0.15) return Buffer.from(Array.from({ length: 64 }, () => Math.floor(random.next() * 256)));
  if (kind < 0.35) return `one\r\ntwo ${random.next()}\r\n`;
  if (kind < 0.4) return '';
  return `line ${random.next()}\n$Id$\nsecond\n`;
}

/** A repository with all that makes undoing hard; some are no repository at all. */
export async function randomWorld(random: Random): Promise<{ repository: TestRepository; isGit: boolean }> {
  const repository = await makeRepository();
  const { root } = repository;
  const isGit = !chance(random, 0.12);
  repository.write({
    'README.md': 'read me\n',
    '.gitignore': 'out/\n*.log\nnode_modules/\n',
    'src/index.ts': 'export const one = 1;\n',
    'run.sh': '#!/bin/sh\necho hi\n',
  });
  chmodSync(path.join(root, 'run.sh'), 0o755);
  if (chance(random, 0.5))
    repository.write({ '.gitattributes': '* text=auto\n*.ts ident\n*.bin filter=shout\n*.md eol=crlf\n' });
  if (chance(random, 0.3)) {
    repository.run('config', 'filter.shout.clean', 'tr a-z A-Z');
    repository.run('config', 'filter.shout.smudge', 'tr A-Z a-z');
  }
  for (let i = 0; i < 8; i++) scribble(random, root);
  repository.run('add', '-A');
  repository.run('commit', '-q', '-m', 'first', '--allow-empty');
  for (let i = 0; i < 3; i++) scribble(random, root);
  if (chance(random, 0.7)) repository.tryRun('commit', '-q', '-am', 'second');
  if (chance(random, 0.4)) {
    repository.run('branch', 'side');
    repository.run('tag', 'v1');
  }
  if (chance(random, 0.3)) {
    scribble(random, root);
    repository.tryRun('stash', '-u', '-q');
  }
  if (chance(random, 0.5))
    repository.write({ 'build.log': 'log\n', 'out/made.js': 'made\n', 'node_modules/x/i.js': 'x\n' });
  if (chance(random, 0.4)) mkdirSync(path.join(root, 'empty/inner'), { recursive: true });
  if (chance(random, 0.3)) symlinkSync('README.md', path.join(root, 'link'));
  if (chance(random, 0.2)) symlinkSync('nowhere/at all', path.join(root, 'broken'));
  if (chance(random, 0.25)) nest(repository, 'vendor/inner');
  for (let i = 0; i < 3; i++) scribble(random, root);
  if (chance(random, 0.5)) repository.tryRun('add', '-A');
  if (!isGit) rmSync(path.join(root, '.git'), { recursive: true });
  return { repository, isGit };
}

function nest(repository: TestRepository, place: string): void {
  const at = path.join(repository.root, place);
  mkdirSync(at, { recursive: true });
  repository.run('init', '-q', place);
  writeFileSync(path.join(at, 'inner.txt'), 'inner\n');
  repository.run('-C', place, 'add', '-A');
  repository.run('-C', place, 'commit', '-q', '-m', 'inner');
}

function scribble(random: Random, root: string): void {
  const folder = path.join(root, pick(random, FOLDERS));
  const at = path.join(folder, pick(random, NAMES));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(at, content(random));
  } catch {
    // A file stands where the folder would be, or the other way round.
  }
}

function someFile(random: Random, root: string): string | null {
  const files = [...everythingBelow(root)]
    .filter(([name, what]) => !/(?:^|\/)\.git(?:\/|$)/.test(name) && !what.startsWith('folder'))
    .map(([name]) => Buffer.from(name, 'latin1').toString('utf8'));
  return files.length > 0 ? pick(random, files) : null;
}

/** What a careless program might do, its own git commands included. */
export const ACTS: Readonly<Record<string, (random: Random, repository: TestRepository) => void>> = {
  write: (random, { root }) => scribble(random, root),
  append(random, { root }) {
    const file = someFile(random, root);
    if (file && lstatSync(path.join(root, file)).isFile()) appendFileSync(path.join(root, file), 'more\n');
  },
  delete(random, { root }) {
    const file = someFile(random, root);
    if (file) rmSync(path.join(root, file));
  },
  rename(random, { root }) {
    const file = someFile(random, root);
    if (file) renameSync(path.join(root, file), path.join(root, `${file}.moved`));
  },
  caseRename(random, { root }) {
    const file = someFile(random, root);
    if (file && file !== file.toUpperCase() && !file.includes('/'))
      renameSync(path.join(root, file), path.join(root, file.toUpperCase()));
  },
  chmod(random, { root }) {
    const file = someFile(random, root);
    if (file && !lstatSync(path.join(root, file)).isSymbolicLink())
      chmodSync(path.join(root, file), pick(random, [0o755, 0o600, 0o644, 0o444]));
  },
  link(random, { root }) {
    const at = path.join(root, `link-${Math.floor(random.next() * 3)}`);
    rmSync(at, { force: true, recursive: true });
    symlinkSync(pick(random, ['src', 'README.md', '../outside']), at);
  },
  folder(random, { root }) {
    const at = path.join(root, `made-${Math.floor(random.next() * 3)}/deep/er`);
    mkdirSync(at, { recursive: true });
    if (chance(random, 0.5)) writeFileSync(path.join(at, 'in.txt'), 'in\n');
  },
  removeFolder(random, { root }) {
    rmSync(path.join(root, pick(random, ['src/deep', 'docs', 'empty', 'out'])), {
      recursive: true,
      force: true,
    });
  },
  fileForFolder(_random, { root }) {
    rmSync(path.join(root, 'src'), { recursive: true, force: true });
    writeFileSync(path.join(root, 'src'), 'a file now\n');
  },
  folderForFile(_random, { root }) {
    rmSync(path.join(root, 'README.md'), { recursive: true, force: true });
    mkdirSync(path.join(root, 'README.md/inside'), { recursive: true });
    writeFileSync(path.join(root, 'README.md/inside/x'), 'x');
  },
  ignored: (_random, repository) =>
    repository.write({ 'build.log': 'other\n', 'out/made.js': 'other\n', 'out/new.js': 'n\n' }),
  ignoreMore: (_random, { root }) => appendFileSync(path.join(root, '.gitignore'), '*.md\n'),
  gitAdd: (_random, repository) => void repository.tryRun('add', '-A'),
  gitCommit: (_random, repository) =>
    void repository.tryRun('commit', '-q', '-am', 'by the run', '--allow-empty'),
  gitStash: (_random, repository) => void repository.tryRun('stash', '-u', '-q'),
  gitStashDrop: (_random, repository) => void repository.tryRun('stash', 'drop', '-q'),
  gitBranch: (_random, repository) => void repository.tryRun('checkout', '-q', '-b', 'of-the-run'),
  gitDeep: (_random, repository) => void repository.tryRun('branch', 'of/the/run'),
  gitDelete: (_random, repository) => void repository.tryRun('branch', '-D', 'side'),
  gitTag: (_random, repository) => void repository.tryRun('tag', '-d', 'v1'),
  gitReset: (_random, repository) => void repository.tryRun('reset', '-q', '--hard', 'HEAD~1'),
  gitClean: (_random, repository) => void repository.tryRun('clean', '-fdq'),
  gitPack: (_random, repository) => void repository.tryRun('pack-refs', '--all'),
  gitConfig: (_random, repository) => void repository.tryRun('config', 'user.name', 'Mallory'),
  hook(_random, { root }) {
    if (!existsSync(path.join(root, '.git'))) return;
    mkdirSync(path.join(root, '.git/hooks'), { recursive: true });
    writeFileSync(path.join(root, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  },
  inner(_random, repository) {
    if (!existsSync(path.join(repository.root, 'vendor/inner/.git'))) return;
    writeFileSync(path.join(repository.root, 'vendor/inner/inner.txt'), 'changed\n');
    repository.tryRun('-C', 'vendor/inner', 'commit', '-q', '-am', 'inner by the run');
  },
};

export { chance, pick };
