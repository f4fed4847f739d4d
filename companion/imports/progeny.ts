import { parseJson } from './json-value.ts';
import { fromExport } from './progeny-line.ts';
import { fromMarkdown, MARKDOWN_HEAD } from './progeny-markdown.ts';
import type { ImportedRecord } from './record.ts';
import { notOfFormat, quote, type Skip, type SourceFile } from './source-file.ts';
import { linesOf } from './text-lines.ts';

/** Whether the beginning of a file is that of an export, of either form. Pure. */
export function isProgeny(head: string): boolean {
  return isMarkdownExport(head) || fromExport(parseJson(head.split('\n', 1)[0] ?? '')) !== null;
}

function isMarkdownExport(head: string): boolean {
  return head.replaceAll('\r\n', '\n').startsWith(MARKDOWN_HEAD);
}

/**
 * What `memories.export` wrote: each record with its id, time, place in its session, tags and all else. Throws
 * `bad_input` where no record is in it.
 */
export async function* readProgeny(file: SourceFile, skip: Skip): AsyncGenerator<ImportedRecord> {
  let first = '';
  let records = 0;
  for await (const value of valuesOf(file, skip, (line) => {
    if (first === '') first = line;
  })) {
    const record = fromExport(value);
    if (record) {
      records++;
      yield record;
    } else skip(value === undefined ? 'a line that is no JSON' : 'a record of an unknown shape');
  }
  if (records === 0 && first !== '')
    throw notOfFormat(file, 'an export of Progeny (a record in JSON a line, or its Markdown)', quote(first));
}

async function* valuesOf(
  file: SourceFile,
  skip: Skip,
  seen: (line: string) => void,
): AsyncGenerator<unknown> {
  const head = await headOf(file);
  if (isMarkdownExport(head)) {
    // A CR belongs to the content, unless an editor has given one to every line.
    yield* fromMarkdown(linesOf(file.chunks(), skip, { keepCr: !head.startsWith('---\r') }));
    return;
  }
  for await (const line of linesOf(file.chunks(), skip)) {
    if (line.trim() === '') continue;
    seen(line);
    yield parseJson(line);
  }
}

async function headOf(file: SourceFile): Promise<string> {
  for await (const chunk of file.chunks()) return chunk.slice(0, 100);
  return '';
}
