// npm run package: one progeny-<version>.vsix that runs on Linux, macOS and Windows without this project's node_modules.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { collectNatives } from './natives.ts';
import { root, runScript } from './runtime.mjs';

const limit = 40 * 1024 * 1024;
const stage = path.join(root, 'out', `vsix-${process.pid}`);
const required = [
  'package.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  '.vscodeignore',
  'dist/extension.cjs',
  'dist/companion.js',
  'dist/recall-worker.js',
  'dist/themes-worker.js',
  'dist/embedding-worker.js',
  'dist/language-process.js',
  'dist/ort-wasm-simd-threaded.wasm',
  'templates',
];
const optional = ['NOTICE.md', 'media'];

function layOut(): void {
  const missing = required.filter((file) => !existsSync(path.join(root, file)));
  if (missing.length > 0) throw new Error(`cannot package: ${missing.join(', ')} missing`);
  mkdirSync(stage, { recursive: true });
  const files = required.filter((file) => !file.startsWith('dist/'));
  for (const file of [...files, 'dist', ...optional]) {
    if (existsSync(path.join(root, file)))
      cpSync(path.join(root, file), path.join(stage, file), { recursive: true });
  }
  collectNatives(path.join(stage, 'dist', 'node_modules'));
}

/** What users get has no use for the build: `scripts`, `dependencies` and `devDependencies` stay behind. */
function writeManifest(): { version: string } {
  const { scripts, dependencies, devDependencies, ...manifest } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function packageExtension(): Promise<void> {
  if ((await runScript('esbuild.mjs', ['--if-stale'])) !== 0) throw new Error('the build failed');
  layOut();
  const { version } = writeManifest();
  const packagePath = path.join(root, `progeny-${version}.vsix`);
  const unfinished = path.join(stage, path.basename(packagePath));
  await createVSIX({
    cwd: stage,
    packagePath: unfinished,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  renameSync(unfinished, packagePath);
  const { size } = statSync(packagePath);
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  process.stderr.write(`${path.basename(packagePath)}: ${megabytes(size)} of at most ${megabytes(limit)}\n`);
  if (size > limit) throw new Error('the .vsix is too large; see what it holds with `unzip -lv`');
}

try {
  await packageExtension();
} catch (error) {
  process.stderr.write(`Could not package: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  rmSync(stage, { recursive: true, force: true });
}
