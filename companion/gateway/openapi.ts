import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '../protocol/index.ts';

type Document = Awaited<ReturnType<OpenAPIGenerator['generate']>>;
let document: Promise<Document> | null = null;

/** The REST door as an OpenAPI 3.1 document; made from the contract once. */
export function openApiDocument(): Promise<Document> {
  document ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(
    contract,
    {
      info: {
        title: 'Progeny',
        version: '1',
        description:
          'The local companion. Every call but the login exchange needs the token of the discovery file.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  );
  return document;
}
