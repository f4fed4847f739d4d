import { z } from 'zod';

/** A setting in minutes, up to a week. */
export const minutes = z
  .number()
  .min(0)
  .max(7 * 24 * 60);
