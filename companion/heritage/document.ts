import { type HeritageContents, type HeritageFile, heritageFiles } from '../protocol/index.ts';

export const FILES = ['core', 'preferences', 'learned'] as const satisfies readonly HeritageFile[];

/** What holds before anything was said. */
export function emptyContent<F extends HeritageFile>(file: F): HeritageContents[F] {
  return heritageFiles[file].parse({ version: 1 }) as HeritageContents[F];
}

/** The text of a file: the same content gives the same text. */
export function render<F extends HeritageFile>(file: F, content: HeritageContents[F]): string {
  // Parsing puts the fields into the order of the schema.
  return `${JSON.stringify(heritageFiles[file].parse(content), null, 2)}\n`;
}

/** Content as it is stored, back. */
export function parseStored<F extends HeritageFile>(file: F, text: string): HeritageContents[F] {
  return heritageFiles[file].parse(JSON.parse(text)) as HeritageContents[F];
}
