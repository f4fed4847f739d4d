import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const BIOME = {
  root: true,
  vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
  formatter: { indentStyle: 'space', lineWidth: 100 },
  javascript: { formatter: { quoteStyle: 'single' } },
};

const parser = `/** Splits a text into its lines. */
export function parse(text) {
  let source = String(text)
  if (source.length == 0) return [];
  return source.split("\\n")
}

export function offsetOf(lines, line) {
  return lines.slice(0, line).reduce(function (sum, one) { return sum + one.length + 1 }, 0);
}
`;
const scheduler = `let now = 0;

/** Moves the clock on by one step. */
export function tick() {
  now += 1;
  return now;
}

export function advance(steps) {
  for (let i = 0; i < steps; i++) { tick() }
  return now
}
`;
const route = `import { advance } from "./scheduler.js"
import { offsetOf, parse } from './parser.js'

/** Where a walker is after some steps. */
export function walk(map, steps) {
  let lines = parse(map);
  let at = advance(steps) % lines.length;
  return { line: at, offset: offsetOf(lines, at) };
}
`;
const legend = `export const legend = {
  '~': "water",
  '^': 'hill', '.': "path"
}

export function nameOf(sign) {
  if (!!legend[sign]) {
    return legend[sign]
  }
  return 'nothing'
}
`;
const test = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOf } from '../src/legend.js';
import { walk } from '../src/route.js';
import { advance } from '../src/scheduler.js';

test('time stands still between steps', () => {
  assert.equal(advance(3), 3);
});

test('a walker comes to the next line', () => {
  assert.deepEqual(walk('~~\\n..\\n^^', 1), { line: 1, offset: 3 });
});

test('signs have names', () => {
  assert.deepEqual(['~', '^', '?'].map(nameOf), ['water', 'hill', 'nothing']);
});
`;
const ignored = 'node_modules/\n';

/** A page that names the digest of a script of its own, as pages of a content network do. */
const page = (digest: string) => `<!doctype html>
<title>atlas</title>
<script src="map.js" integrity="sha256-${digest}"></script>
`;
const map = `export function draw(lines) { return lines.join("\\n") }
`;
const integrity = `import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

test('the page names the digest of its script', () => {
  const site = new URL('../site/', import.meta.url);
  const read = (name) => readFileSync(new URL(name, site), 'utf8');
  const digest = createHash('sha256').update(read('map.js')).digest('base64');
  assert.ok(read('index.html').includes(digest), 'index.html names another digest');
});
`;

/**
 * A small project as people have them: sources with things to fix, Biome set up and installed, tests by node:test, on
 * a branch of a git repository. Its tests pass, before and after its fixer.
 */
export function makeLintedProject(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const pack = {
    name: 'atlas',
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { lint: 'biome check .', test: 'node --test' },
    devDependencies: { '@biomejs/biome': '2' },
  };
  write(folder, 'package.json', `${JSON.stringify(pack, null, 2)}\n`);
  write(folder, 'biome.json', `${JSON.stringify(BIOME, null, 2)}\n`);
  write(folder, '.gitignore', ignored);
  write(folder, 'README.md', '# atlas\n\nReads maps.\n');
  write(folder, 'src/parser.js', parser);
  write(folder, 'src/scheduler.js', scheduler);
  write(folder, 'src/route.js', route);
  write(folder, 'src/legend.js', legend);
  write(folder, 'test/atlas.test.js', test);
  installBiome(folder);
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'config', 'user.name', 'Ana');
  git(folder, 'config', 'user.email', 'ana@example.invalid');
  commit(folder, 'Read maps, and walk on them');
  git(folder, 'switch', '-qc', 'fix/lint');
}

/** From here on the project's fixer breaks one of its tests: it formats a script whose digest a page names. */
export function addSignedScript(folder: string): void {
  write(folder, 'site/map.js', map);
  write(folder, 'site/index.html', page(createHash('sha256').update(map).digest('base64')));
  write(folder, 'test/integrity.test.js', integrity);
  commit(folder, 'Name the digest of the script');
}

/** Everything in the folder, `.git` and ignored files included: each path with its kind, mode and bytes. */
export function everyByteOf(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, entry);
    const { mode } = lstatSync(file);
    const bytes = lstatSync(file).isFile()
      ? createHash('sha256').update(readFileSync(file)).digest('hex')
      : '';
    found.set(entry, `${mode.toString(8)} ${bytes}`);
  }
  return found;
}

export function commit(folder: string, subject: string): void {
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', subject);
}

export function git(folder: string, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8' }).trim();
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** Biome as npm would install it: its own files, nothing that leads out of the folder. */
function installBiome(folder: string): void {
  const scope = path.dirname(
    path.dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')),
  );
  const modules = path.join(folder, 'node_modules');
  cpSync(scope, path.join(modules, '@biomejs'), { recursive: true, dereference: true });
  mkdirSync(path.join(modules, '.bin'));
  rmSync(path.join(modules, '.bin', 'biome'), { force: true });
  symlinkSync('../@biomejs/biome/bin/biome', path.join(modules, '.bin', 'biome'));
}
