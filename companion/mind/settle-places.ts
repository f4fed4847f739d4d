import type { Knowledge } from './knowledge.ts';
import type { Source } from './source.ts';
import type { Extract } from './statement.ts';

/**
 * Sources as they resolve now: a line that is not there any more goes, and so does the file, and what was nothing but
 * that file goes whole.
 */
export async function settlePlaces(
  sources: readonly Source[],
  knowledge: Knowledge,
): Promise<Map<Source, Source | null>> {
  const looked = new Map<string, ReturnType<Knowledge['standing']>>();
  const settled = await Promise.all(
    sources.map(async (source): Promise<[Source, Source | null]> => {
      const { file, line, ...rest } = source;
      const folder = source.workspace ?? knowledge.workspace;
      if (file === undefined || folder === null) return [source, source];
      const key = `${folder} ${file}:${line ?? ''}`;
      const known = looked.get(key) ?? knowledge.standing(folder, file, line);
      looked.set(key, known);
      const place = await known;
      if (place) return [source, { ...rest, ...place }];
      return [source, source.kind === 'file' ? null : rest];
    }),
  );
  return new Map(settled);
}

/** An answer whose sources all resolve. What rested on nothing but one that is gone is not said. */
export async function settleExtract(extract: Extract, knowledge: Knowledge): Promise<Extract> {
  const all = [...new Set(extract.statements.flatMap(({ sources }) => sources))];
  const settled = await settlePlaces(all, knowledge);
  const statements = extract.statements.flatMap(({ text, sources }) => {
    const left = sources.flatMap((source) => settled.get(source) ?? []);
    return sources.length > 0 && left.length === 0 ? [] : [{ text, sources: left }];
  });
  return { ...extract, statements };
}
