// node esbuild.mjs [--watch] [--if-stale]: builds scripts/bundles.ts. Needs the pinned Node; `npm run build` sees to that.
// Speaks on stderr only, because `npm start -- --json` builds too.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundles, copies, natives, sources } from './scripts/bundles.ts';
import { withLock } from './scripts/cache.ts';
import { vscodeOnce } from './scripts/vscode-once.ts';
import { webviewBuild } from './webviews/build.ts';

const { values: flags } = parseArgs({
  options: { watch: { type: 'boolean' }, 'if-stale': { type: 'boolean' } },
});
const root = import.meta.dirname;
const stampFile = path.join(root, 'dist', '.built');
const say = (line) => process.stderr.write(`${line}\n`);

/** ESM bundles of CommonJS packages call `require`; ESM has none of its own. */
const requireBanner =
  "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);";

function optionsFor({ entry, out, kind, program }) {
  if (kind === 'browser')
    return { ...webviewBuild(root, path.join(root, path.dirname(out))), minify: !flags.watch };
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'warning',
    platform: 'node',
    format: kind === 'host' ? 'cjs' : 'esm',
    target: 'node22',
    charset: 'utf8',
    // Its UMD build hides its parts from a bundler.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    external: ['mocha', ...natives],
    ...(kind === 'host' && {
      plugins: [vscodeOnce(root)],
      minifyWhitespace: !flags.watch,
      minifySyntax: !flags.watch,
    }),
    ...(kind === 'node' && {
      banner: { js: program ? `#!/usr/bin/env node\n${requireBanner}` : requireBanner },
    }),
  };
}

function copy() {
  for (const { from, out } of copies) {
    mkdirSync(path.join(root, path.dirname(out)), { recursive: true });
    copyFileSync(path.join(root, from), path.join(root, out));
  }
}

async function build() {
  copy();
  const esbuild = await import('esbuild');
  const present = bundles.filter(({ entry }) => existsSync(path.join(root, entry)));
  for (const { entry } of bundles.filter((bundle) => !present.includes(bundle)))
    say(`  skipped ${entry}: no such file yet`);
  if (flags.watch) {
    for (const bundle of present)
      await (await esbuild.context({ ...optionsFor(bundle), logLevel: 'info' })).watch();
    return;
  }
  const results = await Promise.all(present.map((bundle) => esbuild.build(optionsFor(bundle))));
  for (const [name, bytes] of sizes(results))
    say(`  ${name.padEnd(28)} ${(bytes / 1024).toFixed(0).padStart(6)} KB`);
  for (const { out } of present.filter(({ program }) => program)) chmodSync(path.join(root, out), 0o755);
}

/** Bytes of what was built, by name; the web UI's files are one. */
function sizes(results) {
  const sizes = new Map();
  for (const [out, { bytes }] of results.flatMap(({ metafile }) => Object.entries(metafile.outputs))) {
    if (out.endsWith('.map')) continue;
    const name = out.startsWith('dist/webview/') ? 'dist/webview' : out;
    sizes.set(name, (sizes.get(name) ?? 0) + bytes);
  }
  return sizes;
}

/** A digest of every source file's name, size and time: equal digests, equal build. */
function stamp() {
  const digest = createHash('sha256').update(process.version);
  for (const source of sources) {
    for (const file of [source, ...globSync(`${source}/**`, { cwd: root })].sort()) {
      const stat = statSync(path.join(root, file), { throwIfNoEntry: false });
      if (stat?.isFile()) digest.update(`${file} ${stat.size} ${stat.mtimeMs}\n`);
    }
  }
  return digest.digest('hex');
}

async function buildIfWanted() {
  const current = stamp();
  const built = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (flags['if-stale'] && built === current) return;
  const started = Date.now();
  rmSync(stampFile, { force: true });
  say(flags.watch ? 'Building, then watching for changes (Ctrl-C ends) ...' : 'Building ...');
  // Chunks carry a hash in their names: those of the build before would stay.
  rmSync(path.join(root, 'dist', 'webview'), { recursive: true, force: true });
  await build();
  if (flags.watch) return;
  writeFileSync(stampFile, current);
  say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

try {
  // Two builds at once would write into each other's files.
  const name = `build-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  await withLock(name, (owner) => say(`Waiting for the build of process ${owner} ...`), buildIfWanted);
} catch (error) {
  // esbuild has printed its own errors, with the place of each.
  say(error.errors ? 'Build failed.' : `Build failed: ${error.stack}`);
  process.exitCode = 1;
}
