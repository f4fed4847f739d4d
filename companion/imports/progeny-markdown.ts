import { parseJson } from './json-value.ts';
import { toExport } from './progeny-line.ts';

/** The head of an export in Markdown; by it the file is known again. */
export const MARKDOWN_HEAD = '---\nprogeny: 1\n---\n';

const META = /^<!-- progeny (\{.*\}) -->$/;
const endOf = (id: string) => `<!-- /${id} -->`;

/**
 * A record to be read by a person, under a heading of its day where that is another than `day`. All that is not
 * its content stands in a comment, so that the file can be taken up again; the content stands as it is, up to a
 * comment with the record's id. Pure.
 */
export function toMarkdown(
  record: Readonly<Record<string, unknown>>,
  day: string | null,
): { text: string; day: string } {
  const { content, ...meta } = toExport(record);
  const at = new Date(Number(meta.happenedAt)).toISOString();
  const today = at.slice(0, 10);
  const title = [at.slice(11, 16), meta.kind, meta.author].filter(Boolean).join(' · ');
  // "--" ends a comment.
  const json = JSON.stringify(meta).replaceAll('-', '\\u002d').replaceAll('>', '\\u003e');
  const about = [sourceText(meta.source), ...tagTexts(meta.tags)].filter(Boolean).join(' · ');
  const lines = [
    ...(today === day ? [] : [`# ${today}`, '']),
    `## ${title}`,
    ...(about === '' ? [] : ['', about]),
    '',
    `<!-- progeny ${json} -->`,
    String(content),
    endOf(String(meta.id)),
    '',
  ];
  return { text: `\n${lines.join('\n')}`, day: today };
}

/**
 * The records of an export in Markdown, from its lines (ended by LF alone), as `fromExport` takes them. What
 * stands between them is for people and is passed over.
 */
export async function* fromMarkdown(lines: AsyncIterable<string>): AsyncGenerator<unknown> {
  let meta: Record<string, unknown> | null = null;
  let content: string[] = [];
  for await (const line of lines) {
    if (meta === null) {
      const found = META.exec(line)?.[1];
      const value = found === undefined ? undefined : parseJson(found);
      if (typeof value === 'object' && value !== null) meta = value as Record<string, unknown>;
    } else if (line === endOf(String(meta.id))) {
      yield { ...meta, content: content.join('\n') };
      meta = null;
      content = [];
    } else content.push(line);
  }
  // The file was cut off within a record.
  if (meta !== null) yield null;
}

function sourceText(source: unknown): string {
  const { file, line, commit, uri } = (source ?? {}) as Record<string, string | number | undefined>;
  if (file !== undefined) return `\`${file}${line === undefined ? '' : `:${line}`}\``;
  if (commit !== undefined) return `\`${String(commit).slice(0, 7)}\``;
  return uri === undefined ? '' : `<${uri}>`;
}

function tagTexts(tags: unknown): string[] {
  return Array.isArray(tags) ? tags.map((tag) => `#${String(tag).replace(/\s+/g, '-')}`) : [];
}
