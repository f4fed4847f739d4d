import { ago, clip } from '../kernel/index.ts';
import {
  type MemoryKind,
  type MemoryRecord,
  memoryKind,
  type Recalled,
  type RecallOutput,
} from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { type Arguments, parsePlace, text, UsageError, wholeNumber } from './options.ts';
import { paint } from './output.ts';
import { workspaceFolder } from './session.ts';

const SHOWN = 160;

export const memoryCommands: Readonly<Record<string, Command>> = {
  remember: {
    usage: 'remember TEXT [--kind KIND] [--author NAME] [--at FILE:LINE] [--tag TAG ...] [--workspace DIR]',
    summary: 'Remember something, with where it comes from',
    options: {
      kind: { type: 'string' },
      author: { type: 'string' },
      at: { type: 'string' },
      tag: { type: 'string', multiple: true },
    },
    starts: true,
    async run(args, output, api) {
      const content = args.words.join(' ').trim();
      if (content === '')
        throw new UsageError('remember: expected what is to be remembered; received nothing');
      const { path } = await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) });
      const [author, place] = [text(args, 'author'), text(args, 'at')];
      const record = await api.memories.remember({
        workspace: path,
        content,
        kind: kindOf(args) ?? 'observation',
        tags: (args.values.tag as unknown as string[] | undefined) ?? [],
        ...(author && { author }),
        ...(place && { source: parsePlace(place) }),
      });
      output.result(record, () => `Remembered (${record.id}).`);
    },
  },
  recall: {
    usage: 'recall QUERY [--kind KIND] [--limit N] [--all] [--workspace DIR]',
    summary: 'What is remembered that speaks to a question, best first, and why',
    options: { kind: { type: 'string' }, limit: { type: 'string' }, all: { type: 'boolean' } },
    starts: true,
    async run(args, output, api) {
      const query = args.words.join(' ').trim();
      if (query === '') throw new UsageError('recall: expected a question; received nothing');
      const kind = kindOf(args);
      const { path } = await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) });
      const answer = await api.memories.recall({
        query,
        limit: wholeNumber(args, 'limit', { to: 100, otherwise: 10 }),
        ...(kind && { kinds: [kind] }),
        ...(!args.values.all && { workspace: path }),
      });
      const { found } = answer;
      output.result(answer, () => {
        const lines = found.map((each, i) => recalledText(each, i + 1, Date.now()));
        if (lines.length === 0)
          lines.push('Nothing that is remembered here speaks to that. `--all` looks beyond this folder.');
        return [...lines, paint('dim', meansText(answer))].join('\n');
      });
    },
  },
};

/** By what means it was found. */
function meansText({ meaning, covered, note }: RecallOutput): string {
  if (note !== null) return `By words alone (AMNESIA): ${note}`;
  if (!meaning) return 'By words alone (AMNESIA: there is no sentence model).';
  return covered < 1
    ? `By words and meaning; ${Math.floor(covered * 100)} % of memory is read so far.`
    : 'By words and meaning.';
}

function recalledText({ record, parts }: Recalled, number: number, now: number): string {
  const speaking = Object.entries(parts).filter(([, part]) => part > 0);
  const total = speaking.reduce((sum, [, part]) => sum + part, 0);
  const why = speaking
    .map(([name, part]) => [name, Math.round((100 * part) / total)] as const)
    .filter(([, share]) => share > 0)
    .map(([name, share]) => `${name} ${share} %`)
    .join(', ');
  return recordText(record, number, now, ` (${why})`);
}

/** A record in two lines: what it says; when, what and where it is. */
export function recordText(record: MemoryRecord, number: number, now: number, why = ''): string {
  const until =
    record.validTo === null ? null : `until ${new Date(record.validTo).toISOString().slice(0, 10)}`;
  const head = [ago(record.happenedAt, now), record.kind, record.author, placeOf(record), until, record.id];
  const content = clip(record.content.replace(/\s+/g, ' ').trim(), SHOWN);
  const about = head.filter(Boolean).join(' · ');
  return `${String(number).padStart(3)}  ${content}\n     ${paint('dim', `${about} ${why}`.trimEnd())}`;
}

function placeOf({ source }: MemoryRecord): string | null {
  if (source.file !== undefined)
    return source.line === undefined ? source.file : `${source.file}:${source.line}`;
  return source.commit?.slice(0, 7) ?? null;
}

function kindOf(args: Arguments): MemoryKind | undefined {
  const given = text(args, 'kind');
  if (given === undefined) return undefined;
  const kind = memoryKind.safeParse(given);
  if (kind.success) return kind.data;
  throw new UsageError(`--kind: expected ${memoryKind.options.join(', ')}; received "${given}"`);
}
