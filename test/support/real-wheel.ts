import { createHash } from 'node:crypto';
import { findGit } from '../../companion/git/index.ts';
import { systemClock, systemRandom } from '../../companion/kernel/index.ts';
import { createPrograms } from '../../companion/processes/index.ts';
import { recipes as named } from '../../companion/recipes/index.ts';
import type { WheelSideOptions } from '../../companion/wheel-side.ts';
import { givenSteps } from './wheel-doubles.ts';

export interface RealWheelOptions {
  /** Programs as on a system without bubblewrap. */
  readonly bare?: boolean;
  /** Processes that a program may have at once. */
  readonly processes?: number;
}

/** Delegated work as the product builds it, and one recipe more: it plans the steps that it is given. */
export async function realWheel(
  dataDirectory: string,
  { bare = false, processes }: RealWheelOptions = {},
): Promise<WheelSideOptions['parts']> {
  const git = findGit();
  const recipes = [...named({ git: () => git, openThreads: () => [] }), givenSteps()];
  if (!bare && processes === undefined) return { recipes };
  const programs = await createPrograms({
    clock: systemClock,
    random: systemRandom,
    owner: ownerOf(dataDirectory),
    secrets: [dataDirectory],
    ...(processes !== undefined && { limits: () => ({ processes }) }),
    ...(bare && { look: async () => ({ file: null, why: 'this test does without bubblewrap' }) }),
  });
  return { recipes, programs };
}

/** As the companion itself names the programs of a data directory (`delegating.ts`). */
function ownerOf(dataDirectory: string): string {
  return createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
}
