/** What a note says of itself at its head. */
export interface FrontMatter {
  readonly title: string | null;
  /** As it is written. */
  readonly date: string | null;
  readonly tags: readonly string[];
  /** Anything else, by name, in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  /** The first line after it, from 0; 0 where there is none. */
  readonly end: number;
}

const DATES = ['date', 'created', 'created_at', 'createdat', 'published'];

/**
 * The YAML front matter of a Markdown file, as far as notes use it: scalars, `[a, b]` and `- a` lists of tags.
 * Anything deeper is passed over. Pure.
 */
export function frontMatter(lines: readonly string[]): FrontMatter {
  const fields = new Map<string, string>();
  const close =
    lines[0]?.trimEnd() === '---'
      ? lines.findIndex((line, i) => i > 0 && /^(?:---|\.\.\.)\s*$/.test(line))
      : -1;
  if (close === -1) return { title: null, date: null, tags: [], fields, end: 0 };
  const tags: string[] = [];
  let key = '';
  for (const line of lines.slice(1, close)) {
    const field = /^([\w-]+):(?:\s+(.*))?$/.exec(line);
    const item = /^\s*-\s+(.*)$/.exec(line)?.[1];
    if (field) {
      key = (field[1] as string).toLowerCase();
      fields.set(key, scalar(field[2] ?? ''));
    } else if (item !== undefined && (key === 'tags' || key === 'tag')) tags.push(item);
  }
  const listed = (fields.get('tags') ?? fields.get('tag') ?? '').replace(/^\[|\]$/g, '');
  const all = [...listed.split(','), ...tags].map((tag) => scalar(tag).replace(/^#/, ''));
  const date = DATES.map((name) => fields.get(name)).find((value) => value !== undefined && value !== '');
  return {
    title: fields.get('title') || null,
    date: date ?? null,
    tags: all.filter((tag) => tag !== ''),
    fields,
    end: close + 1,
  };
}

function scalar(text: string): string {
  const plain = text.trim();
  return /^(["'])(.*)\1$/.exec(plain)?.[2] ?? plain;
}
