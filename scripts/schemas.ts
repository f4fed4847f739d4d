// node scripts/schemas.ts: writes the JSON Schemas of the heritage files, by which editors help to edit them.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { heritageFiles } from '../companion/protocol/index.ts';

const FOLDER = path.join(import.meta.dirname, '..', 'media', 'schemas');

/** Each schema by the name of its file. */
export function schemas(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(heritageFiles).map(([file, schema]) => [
      `heritage-${file}.schema.json`,
      withSchemaKey({
        title: `Progeny: ${file}`,
        ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }),
      }),
    ]),
  );
}

/** A file may name its schema. */
function withSchemaKey(schema: object & { properties?: object }): object {
  return { ...schema, properties: { $schema: { type: 'string' }, ...schema.properties } };
}

if (import.meta.main) {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, schema] of Object.entries(schemas()))
    writeFileSync(path.join(FOLDER, name), `${JSON.stringify(schema, null, 2)}\n`);
}
