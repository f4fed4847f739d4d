import assert from 'node:assert/strict';
import { getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract';
import type { z } from 'zod';
import { contract } from '../../companion/protocol/index.ts';
import { sample } from '../support/sample.ts';

type Tree = { readonly [name: string]: Tree };

/** Every procedure of the contract by its path, with what it answers. */
function answers(tree: Tree, at = ''): [name: string, schema: z.ZodType][] {
  return Object.entries(tree).flatMap(([name, part]) => {
    const place = at === '' ? name : `${at}.${name}`;
    if (!isContractProcedure(part)) return answers(part, place);
    const { outputSchema } = (part as unknown as { '~orpc': { outputSchema: z.ZodType } })['~orpc'];
    const stream = getEventIteratorSchemaDetails(outputSchema);
    return [[place, (stream?.yields ?? outputSchema) as unknown as z.ZodType]];
  });
}

describe('a fake that answers by the contract alone', () => {
  for (const [name, schema] of answers(contract as unknown as Tree))
    it(`has an answer to ${name} that its schema takes`, () => {
      const value = sample(schema, name);
      assert.ok(schema.safeParse(value).success, JSON.stringify(value));
    });
});
