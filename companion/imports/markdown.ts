import { createHash } from 'node:crypto';
import { type FrontMatter, frontMatter } from './front-matter.ts';
import { timeOf } from './json-value.ts';
import { sectionsOf } from './markdown-sections.ts';
import { cleanContent, type Draft, type ImportedRecord, recordsOf } from './record.ts';
import { notOfFormat, quote, type Skip, type SourceFile, wholeText } from './source-file.ts';
import { turnsOf } from './transcript.ts';

/** Larger than any text that somebody writes. */
const LARGEST = 64 * 1024 * 1024;

/** Names that are none: whoever owns this mind. */
const PERSON = /^(?:user|you|human|me)$/i;

export function isMarkdownFile(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}

/**
 * Notes, cut at their headings, with title, date and tags of the front matter; or, where a file is a conversation
 * with speakers, its turns. A section that is edited comes in anew, beside what it was: its origin is its text.
 * The time is that of the front matter, of the file's name (`2026-03-02.md`), or of the file. Throws `bad_input`
 * for what is no text.
 */
export async function* readMarkdown(file: SourceFile, skip: Skip): AsyncGenerator<ImportedRecord> {
  const text = await wholeText(file, LARGEST);
  if (isBinary(text)) throw notOfFormat(file, 'Markdown (text in UTF-8)', quote(text));
  const lines = cleanContentLines(text);
  const head = frontMatter(lines);
  if (head.date !== null && timeOf(head.date) === null) skip('a date in a front matter that cannot be read');
  const origins = new Map<string, number>();
  for (const each of draftsOf(lines, head, file)) {
    const times = (origins.get(each.origin) ?? 0) + 1;
    origins.set(each.origin, times);
    yield* recordsOf(times === 1 ? each : { ...each, origin: `${each.origin}.${times}` });
  }
}

function draftsOf(lines: readonly string[], head: FrontMatter, file: SourceFile): Draft[] {
  const place = { file: file.name, uri: file.uri };
  const common = {
    happenedAt: timeOf(head.date) ?? timeOf(/\d{4}-\d\d-\d\d/.exec(file.name)?.[0]) ?? file.modifiedAt,
    tags: ['markdown', ...head.tags],
  };
  const turns = turnsOf(lines, head.end);
  if (turns)
    return turns.map(({ speaker, line, text }) => ({
      ...common,
      origin: originOf(file, `${speaker}\n${text}`),
      content: text,
      author: PERSON.test(speaker) ? null : speaker,
      session: `markdown:${nameOf(file)}:${digest(file.uri)}`,
      source: { ...place, line },
    }));
  return sectionsOf(lines, head.end).map(({ trail, line, text }) => {
    const titles = head.title !== null && trail[0] !== head.title ? [head.title, ...trail] : trail;
    const content = titles.length === 0 ? text : `${titles.join(' › ')}\n\n${text}`;
    return {
      ...common,
      kind: 'observation',
      origin: originOf(file, cleanContent(content)),
      content,
      source: { ...place, line },
    };
  });
}

/** The same text in a file of the same name is the same thing, wherever the folder has moved. */
function originOf(file: SourceFile, text: string): string {
  return `markdown:${nameOf(file)}:${digest(text)}`;
}

function nameOf({ name }: SourceFile): string {
  return name.slice(name.lastIndexOf('/') + 1).slice(0, 200);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function cleanContentLines(text: string): string[] {
  return text.replaceAll('\0', '').replace(/\r\n?/g, '\n').split('\n');
}

/** NUL now and then is damage; a lot of it, or of replacements, is another kind of file. */
function isBinary(text: string): boolean {
  const head = text.slice(0, 8192);
  const odd = head.match(/[\0\ufffd]/g)?.length ?? 0;
  return odd > 16 && odd > head.length / 20;
}
