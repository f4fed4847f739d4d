import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ProgenyError } from '../protocol/index.ts';

/** A file to fetch, and what it must be. */
export interface Wanted {
  readonly name: string;
  readonly url: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface FetchOptions {
  signal: AbortSignal;
  /** Bytes so far of all that were announced; null while nothing was. */
  progress(fraction: number | null, message: string): void;
  /** More than this is not fetched. Default: what the largest sentence model has. */
  readonly mostBytes?: number;
}

/** No sentence model that runs here is larger. */
const MOST_BYTES = 2_000_000_000;

/**
 * Fetches the files of a model into `folder`, which appears whole or not at all: each is compared with its checksum
 * before any is put in place. Called only on a person's word, with addresses that the person gave. Throws in words.
 */
export async function fetchModel(
  folder: string,
  wanted: readonly Wanted[],
  { signal, progress, mostBytes = MOST_BYTES }: FetchOptions,
): Promise<void> {
  const scratch = `${folder}.fetching`;
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    for (const [i, file] of wanted.entries()) {
      const told = (share: number | null) =>
        progress(share === null ? null : (i + share) / wanted.length, `Fetching ${file.name}`);
      await fetchFile(path.join(scratch, file.name), file, { signal, mostBytes, told });
    }
    await rm(folder, { recursive: true, force: true });
    await rename(scratch, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function fetchFile(
  target: string,
  { name, url, sha256 }: Wanted,
  {
    signal,
    mostBytes,
    told,
  }: { signal: AbortSignal; mostBytes: number; told: (share: number | null) => void },
): Promise<void> {
  const response = await fetch(url, { signal, redirect: 'follow' }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new ProgenyError('not_found', `${name}: ${url} cannot be reached (${reasonOf(error)}).`);
  });
  if (!response.ok || !response.body)
    throw new ProgenyError(
      'not_found',
      `${name}: ${url} answered ${response.status} ${response.statusText}.`,
    );
  const announced = Number(response.headers.get('content-length')) || null;
  const digest = createHash('sha256');
  let received = 0;
  const watched = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      received += chunk.byteLength;
      if (received > mostBytes)
        throw new ProgenyError('too_large', `${name}: more than ${mostBytes} bytes came from ${url}.`);
      digest.update(chunk);
      told(announced && Math.min(1, received / announced));
      yield chunk;
    }
  };
  await pipeline(
    Readable.fromWeb(response.body as never),
    watched,
    createWriteStream(target, { mode: 0o600 }),
    {
      signal,
    },
  );
  const found = digest.digest('hex');
  if (found !== sha256.toLowerCase())
    throw new ProgenyError(
      'conflict',
      `${name}: expected sha256 ${sha256}, received ${found} (${received} bytes). Nothing was put in place.`,
    );
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: Error };
  return cause?.message ?? message;
}
