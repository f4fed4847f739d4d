import { z } from 'zod';

/** Something that the web page's content security policy kept from loading or running. */
export const violation = z.strictObject({
  /** The rule that it broke, as `script-src-elem`. */
  directive: z.string().regex(/^[a-z-]{1,40}$/, 'the name of a directive'),
  /** An origin, a scheme with its colon, or what a browser calls what has no address: `inline`, `eval`. Never a path. */
  blocked: z.string().max(200),
  /** The last part of the address of the file that it comes from; null where there is none. */
  source: z.string().max(100).nullable(),
  /** 1-based; null where there is none. */
  line: z.number().int().positive().max(10_000_000).nullable(),
  /** How often this was seen since it was last told. */
  times: z.number().int().min(1).max(1_000_000),
});
export type Violation = z.infer<typeof violation>;
