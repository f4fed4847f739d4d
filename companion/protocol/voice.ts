import { z } from 'zod';

/**
 * How a voice should sound and which recordings it was measured on. `templates/voice/profile.json` is one with
 * nothing measured yet.
 */
export const voiceProfile = z.strictObject({
  version: z.literal(1),
  name: z.string().trim().min(1).max(100),
  /** A language tag such as "en-GB". */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a language tag such as "en-GB"'),
  /** Factors of the voice's own rate, pitch and energy; 1 leaves it as it is. */
  prosody: z.strictObject({
    rate: z.number().min(0.8).max(1.2),
    pitch: z.number().min(0.8).max(1.2),
    energy: z.number().min(0.8).max(1.2),
  }),
  /** Calibration recordings, in the order of the guide; paths are relative to the profile. */
  samples: z
    .array(
      z.strictObject({
        file: z.string().min(1).max(500),
        /** What was read aloud. */
        text: z.string().min(1).max(1000),
      }),
    )
    .max(50),
});
export type VoiceProfile = z.infer<typeof voiceProfile>;
