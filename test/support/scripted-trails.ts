import type { z } from 'zod';
import type { ThoughtTrail, thoughtTrailsInput } from '../../companion/protocol/index.ts';

/** Of these trails what fits the question, as a companion would tell it. */
export function trailsOf(
  trails: readonly ThoughtTrail[],
  { workspace, step, text, since, limit }: z.output<typeof thoughtTrailsInput>,
): ThoughtTrail[] {
  const words = text?.toLowerCase().split(/\s+/) ?? [];
  return trails
    .filter(({ turn }) => workspace === undefined || turn?.workspace === workspace)
    .map(({ turn, thoughts }) => ({
      turn,
      thoughts: thoughts.filter(
        (thought) =>
          (step === undefined || thought.step === step) &&
          (since === undefined || thought.at >= since) &&
          words.every((word) => `${thought.text}\n${turn?.question ?? ''}`.toLowerCase().includes(word)),
      ),
    }))
    .filter(({ thoughts }) => thoughts.length > 0)
    .slice(0, limit);
}
