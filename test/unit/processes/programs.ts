import { systemClock, systemRandom } from '../../../companion/kernel/index.ts';
import {
  createPrograms,
  findBubblewrap,
  type ProgramRunner,
  type ProgramsOptions,
} from '../../../companion/processes/index.ts';

/** How this system contains programs, asked once; the reason where it cannot. */
export const BUBBLEWRAP = await findBubblewrap();

export const BARE = async () => ({ file: null, why: 'told so by the test' }) as const;

export function programs(options: Partial<ProgramsOptions> = {}): Promise<ProgramRunner> {
  return createPrograms({
    clock: systemClock,
    random: systemRandom,
    owner: `test${process.pid}`,
    secrets: [],
    limits: () => ({ ms: 20_000, processes: 40 }),
    ...options,
  });
}

export const never = (): AbortSignal => new AbortController().signal;
