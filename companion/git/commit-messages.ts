import { emptyWhereUnborn } from './commits.ts';
import { invoke, invokeFields } from './invoke.ts';
import type { Repository } from './repository.ts';
import { isObjectName, toMilliseconds } from './revision.ts';
import type { RunLimits } from './run.ts';
import { cleanText, decodeLossily } from './text.ts';

/** What somebody wrote to a commit. */
export interface CommitMessage {
  readonly commit: string;
  /** As `.mailmap` maps it. */
  readonly author: string;
  /** Ms since the epoch. */
  readonly authoredAt: number;
  /** First paragraph of the message in one line, at most 500 characters. */
  readonly subject: string;
  /** The rest, with its line ends; at most 64 KiB. */
  readonly body: string;
}

/** The commits of HEAD, to be read one after the other. */
export interface CommitMessages {
  /** What HEAD is; null where there is no commit. */
  readonly head: string | null;
  readonly count: number;
  /** Oldest first, without merges. Throws `GitError`. */
  read(signal?: AbortSignal): AsyncGenerator<CommitMessage>;
}

/** With `-z`, a NUL ends the commit and with it the last field. */
const FORMAT = '--format=%H%x00%aN%x00%at%x00%s%x00%b';
const FIELDS = 5;
const PAGE = 500;
const TIMEOUT_MS = 180_000;
const MAX_BYTES = 1024 ** 3;

/**
 * The messages of a whole history, in memory bounded by the names of its commits. A reader may take its time:
 * git runs for a page at a time. Throws `GitError`.
 */
export async function readCommitMessages(
  repository: Repository,
  { signal }: Pick<RunLimits, 'signal'> = {},
): Promise<CommitMessages> {
  const limits = { signal, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES };
  const listed = await invoke(
    repository,
    ['rev-list', '--reverse', '--topo-order', '--no-merges', 'HEAD', '--'],
    limits,
  ).catch(emptyWhereUnborn('HEAD'));
  const names = listed ? listed.output.toString('latin1').split('\n').filter(isObjectName) : [];
  const tip = listed ? await invoke(repository, ['rev-parse', '--verify', 'HEAD'], { signal }) : null;
  return {
    head: tip?.output.toString('latin1').trim() ?? null,
    count: names.length,
    async *read(signal) {
      for (let i = 0; i < names.length; i += PAGE)
        yield* await readPage(repository, names.slice(i, i + PAGE), signal);
    },
  };
}

async function readPage(
  repository: Repository,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<CommitMessage[]> {
  const messages: CommitMessage[] = [];
  let fields: Buffer[] = [];
  const onField = (field: Buffer): undefined => {
    fields.push(Buffer.from(field));
    if (fields.length < FIELDS) return;
    messages.push(parse(fields));
    fields = [];
  };
  const args = ['-z', FORMAT, '--no-walk=unsorted', '--stdin'] as const;
  const input = Buffer.from(`${names.join('\n')}\n`);
  await invokeFields(repository, ['log', ...args], onField, { input, signal, timeoutMs: TIMEOUT_MS });
  return messages.filter(({ commit }) => isObjectName(commit));
}

function parse(fields: readonly Buffer[]): CommitMessage {
  return {
    commit: fields[0]!.toString('latin1'),
    author: cleanText(fields[1]!, 200),
    authoredAt: toMilliseconds(fields[2]!.toString('latin1')),
    subject: cleanText(fields[3]!),
    body: decodeLossily(fields[4]!).trim(),
  };
}
