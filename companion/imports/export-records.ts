import type { ExportFormat } from '../protocol/index.ts';
import { toExport } from './progeny-line.ts';
import { MARKDOWN_HEAD, toMarkdown } from './progeny-markdown.ts';

/** What an export reads: every record with all of its fields and its `origin`. */
export interface RecordSource {
  /** In the order in which they were recorded, or in which they happened. */
  all(order: 'recorded' | 'happened'): Iterable<Readonly<Record<string, unknown>>>;
}

/** In which order a format has its records: a mind made of JSON Lines ranks as the first one did. */
const ORDER = { jsonl: 'recorded', markdown: 'happened' } as const;

/**
 * Memory as the text of a file, a record at a time. Fields that the contract gains later come along by
 * themselves. Calls `onRecord` for each.
 */
export function* exportRecords(
  source: RecordSource,
  format: ExportFormat,
  onRecord: () => void = () => {},
): Generator<string> {
  let day: string | null = null;
  if (format === 'markdown') yield MARKDOWN_HEAD;
  for (const record of source.all(ORDER[format])) {
    onRecord();
    if (format === 'jsonl') yield `${JSON.stringify(toExport(record))}\n`;
    else {
      const made = toMarkdown(record, day);
      day = made.day;
      yield made.text;
    }
  }
}
