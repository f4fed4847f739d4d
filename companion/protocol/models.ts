import { z } from 'zod';

const remoteFile = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(4096),
  /** The file must have it; 64 hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-fA-F]{64}$/, 'a sha256 of 64 hexadecimal digits'),
});

/** Where a sentence model is fetched from. Only on a person's word; nothing is ever fetched otherwise. */
export const modelFetchInput = z.strictObject({ model: remoteFile, tokenizer: remoteFile });

export const modelState = z.strictObject({
  /** `none`: recall goes by words. `unusable`: `reason` says why. */
  state: z.enum(['none', 'opening', 'ready', 'unusable']),
  folder: z.string().nullable(),
  reason: z.string().nullable(),
  /** Records that have no vector yet. */
  waiting: z.number().int().nonnegative(),
  records: z.number().int().nonnegative(),
});
export type ModelState = z.infer<typeof modelState>;
