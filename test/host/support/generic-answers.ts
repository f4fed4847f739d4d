import { getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract';
import type { implement } from '@orpc/server';
import type { z } from 'zod';
import { contract } from '../../../companion/protocol/index.ts';
import { sample } from '../../support/sample.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;
type Router = Parameters<Implementer['router']>[0];
/** A part of the contract, or of what implements it, by names. */
type Tree = { readonly [name: string]: Tree };
/** The part of a procedure's builder that is used here. */
interface Answerable {
  handler(answer: (asked: { signal?: AbortSignal }) => unknown): Tree;
}

/**
 * A whole router out of what a fake answers itself: whatever else there is in the contract is answered with the smallest
 * value that its own schema takes, and a stream with one such value. So a view that is new opens, and shows that there
 * is nothing yet.
 */
export function completeRouter(os: Implementer, own: object): Router {
  return complete(contract as unknown as Tree, os as unknown as Tree, own as Tree, []) as unknown as Router;
}

function complete(asked: Tree, os: Tree, own: Tree | undefined, at: readonly string[]): Tree {
  return Object.fromEntries(
    Object.entries(asked).map(([name, part]) => {
      const [mine, builder] = [own?.[name], os[name]];
      const place = [...at, name];
      if (!builder) throw new Error(`the contract has no ${place.join('.')}`);
      if (!isContractProcedure(part)) return [name, complete(part, builder, mine, place)];
      return [name, mine ?? generic(part, builder as unknown as Answerable, place.join('.'))];
    }),
  );
}

function generic(part: unknown, builder: Answerable, name: string): Tree {
  const { outputSchema } = (part as { '~orpc': { outputSchema: z.ZodType } })['~orpc'];
  const stream = getEventIteratorSchemaDetails(outputSchema);
  if (!stream) return builder.handler(() => sample(outputSchema, name));
  return builder.handler(async function* ({ signal }) {
    yield sample(stream.yields as unknown as z.ZodType, name);
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
  });
}
