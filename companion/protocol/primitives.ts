import { z } from 'zod';

/** What a caller is told of a text that has not the form it must have. */
export function mustBe(what: string, input: unknown): string {
  const received = String(input);
  return `expected ${what}; received "${received.length > 40 ? `${received.slice(0, 40)}…` : received}"`;
}

/** Milliseconds since the Unix epoch. */
export const time = z.number().int().nonnegative();
/** An id as `newId` makes it: a prefix naming the kind, an underscore, 16 characters. */
export const id = z
  .string()
  .max(64)
  .regex(/^[a-z]+_[0-9a-z]+$/, { error: ({ input }) => mustBe('an id such as "loop_01h…"', input) });
/** An absolute path of a folder on the companion's machine. */
export const workspacePath = z.string().min(1).max(4096);
/** A path relative to the workspace, forward slashes. */
export const relativeFile = z.string().min(1).max(4096);
/** A 1-based line. */
export const line = z.number().int().positive().max(10_000_000);
export const sha = z
  .string()
  .regex(/^[0-9a-f]{4,64}$/, { error: ({ input }) => mustBe('a commit id in hexadecimal', input) });

export const priority = z.enum(['low', 'normal', 'high']);

/** What a statement rests on: something that exists in the repository. Nothing else counts as evidence. */
export const evidence = z.union([
  z.strictObject({ commit: sha }),
  z.strictObject({ file: relativeFile, line }),
  z.strictObject({ branch: z.string().min(1) }),
]);
export type Evidence = z.infer<typeof evidence>;
