import { stat } from 'node:fs/promises';
import path from 'node:path';
import { shortName } from './head.ts';
import { invoke } from './invoke.ts';
import type { Repository } from './repository.ts';
import { readFirstLine } from './small-file.ts';

/** Something that git has begun in this work tree and waits for the user to finish. */
export type Operation =
  | {
      readonly kind: 'rebase';
      readonly branch: string | null;
      readonly step: number | null;
      readonly steps: number | null;
    }
  | { readonly kind: 'apply-mailbox' | 'merge' | 'cherry-pick' | 'revert' | 'bisect' };

/** The operation in progress, or null. A rebase stands above the pick or merge that it is made of. */
export async function readOperation(repository: Repository, signal?: AbortSignal): Promise<Operation | null> {
  const { gitDir } = repository;
  const has = (name: string): Promise<boolean> =>
    stat(path.join(gitDir, name)).then(
      () => true,
      () => false,
    );
  if (await has('rebase-merge')) return readRebase(path.join(gitDir, 'rebase-merge'), 'msgnum', 'end');
  if (await has('rebase-apply')) {
    if (await has('rebase-apply/applying')) return { kind: 'apply-mailbox' };
    return readRebase(path.join(gitDir, 'rebase-apply'), 'next', 'last');
  }
  if (await has('MERGE_HEAD')) return { kind: 'merge' };
  if (await hasPseudoRef(repository, 'CHERRY_PICK_HEAD', has, signal)) return { kind: 'cherry-pick' };
  if (await hasPseudoRef(repository, 'REVERT_HEAD', has, signal)) return { kind: 'revert' };
  if (await has('BISECT_LOG')) return { kind: 'bisect' };
  return null;
}

async function readRebase(folder: string, step: string, steps: string): Promise<Operation> {
  const [name, at, of] = await Promise.all(
    ['head-name', step, steps].map((file) => readFirstLine(path.join(folder, file))),
  );
  const branch = name?.startsWith('refs/heads/') ? shortName(name) : null;
  return { kind: 'rebase', branch, step: positive(at), steps: positive(of) };
}

function positive(text: string | null | undefined): number | null {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : null;
}

/** These two are refs: files of the file format, and in the table of a reftable. */
async function hasPseudoRef(
  repository: Repository,
  name: string,
  has: (name: string) => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (repository.refFormat === 'files') return has(name);
  const { code } = await invoke(repository, ['rev-parse', '-q', '--verify', name], {
    signal,
    accept: [0, 1],
  });
  return code === 0;
}
