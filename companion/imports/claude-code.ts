import { z } from 'zod';
import { parseJson, timeOf } from './json-value.ts';
import { type ImportedRecord, recordsOf } from './record.ts';
import { notOfFormat, quote, type Skip, type SourceFile } from './source-file.ts';
import { linesOf } from './text-lines.ts';
import { withoutWrappers } from './tool-wrappers.ts';

/**
 * A line of a transcript, `~/.claude/projects/<folder>/<session>.jsonl`: an object with a `type`. Only `user` and
 * `assistant` lines hold something said; `system`, `summary`, `ai-title`, `attachment`, `queue-operation`,
 * `file-history-snapshot` and whatever comes later do not. One answer is spread over several lines, a block each.
 */
const entry = z.object({
  type: z.string(),
  uuid: z.string().min(1).max(200).optional(),
  sessionId: z.string().min(1).max(200).optional(),
  timestamp: z.string().optional(),
  cwd: z.string().optional(),
  /** What a sub-agent was told and said. */
  isSidechain: z.boolean().nullish(),
  /** Put in by the program, in the person's name. */
  isMeta: z.boolean().nullish(),
  isCompactSummary: z.boolean().nullish(),
  isVisibleInTranscriptOnly: z.boolean().nullish(),
  isApiErrorMessage: z.boolean().nullish(),
  message: z
    .object({
      model: z.string().nullish(),
      content: z.union([
        z.string(),
        z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
      ]),
    })
    .optional(),
});
type Entry = z.infer<typeof entry>;

const SYNTHETIC = '<synthetic>';

/**
 * What a person and Claude said in a transcript of Claude Code: text only, without tools and their results,
 * thinking, command wrappers, sub-agents and summaries. A message keeps its uuid when a session is resumed or
 * forked into another file, and is stored once. Throws `bad_input` where no line is a line of a transcript.
 */
export async function* readClaudeCode(file: SourceFile, skip: Skip): AsyncGenerator<ImportedRecord> {
  let first: string | null = null;
  let recognised = false;
  let at = file.modifiedAt;
  for await (const line of linesOf(file.chunks(), skip)) {
    if (line.trim() === '') continue;
    first ??= line;
    const found = entry.safeParse(parseJson(line));
    if (!found.success) {
      skip(parseJson(line) === undefined ? 'a line that is no JSON' : 'a line of an unknown shape');
      continue;
    }
    recognised ||= isTranscript(found.data);
    at = timeOf(found.data.timestamp) ?? at;
    yield* said(found.data, file, at);
  }
  if (first !== null && !recognised)
    throw notOfFormat(file, 'a transcript of Claude Code (lines with type and sessionId)', quote(first));
}

/** Whether the beginning of a file is that of a transcript. Pure. */
export function isClaudeCode(head: string): boolean {
  return head.split('\n', 50).some((line) => {
    const found = entry.safeParse(parseJson(line));
    return found.success && isTranscript(found.data);
  });
}

function isTranscript({ type, sessionId, message }: Entry): boolean {
  return (
    sessionId !== undefined || type === 'summary' || type === 'file-history-snapshot' || message !== undefined
  );
}

function said(line: Entry, file: SourceFile, happenedAt: number): ImportedRecord[] {
  const { type, uuid, message } = line;
  if ((type !== 'user' && type !== 'assistant') || !message || uuid === undefined) return [];
  if (line.isSidechain || line.isMeta || line.isCompactSummary || line.isVisibleInTranscriptOnly) return [];
  if (line.isApiErrorMessage || message.model === SYNTHETIC) return [];
  const blocks = typeof message.content === 'string' ? [message.content] : textsOf(message.content);
  const texts = type === 'user' ? blocks.map(withoutWrappers) : blocks;
  return recordsOf({
    origin: `claude-code:${uuid}`,
    content: texts.filter((text) => text.trim() !== '').join('\n\n'),
    author: type === 'assistant' ? 'Claude' : null,
    session: `claude-code:${line.sessionId ?? file.name}`,
    happenedAt,
    source: { uri: file.uri, message: uuid },
    tags: ['claude-code'],
    workspace: line.cwd ?? null,
  });
}

function textsOf(blocks: readonly { type: string; text?: string | undefined }[]): string[] {
  return blocks.flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : []));
}
