import type { implement } from '@orpc/server';
import type { contract } from '../../../companion/protocol/index.ts';
import type { ScriptedGlobe } from '../../support/scripted-globe.ts';
import { type Around, plainly } from './fake-mind.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

/** A globe out of a script. */
export function globeAnswers(os: Implementer, globe: ScriptedGlobe, around: Around = plainly) {
  return {
    globe: {
      page: os.globe.page.handler(({ input, signal }) =>
        around('globe.page', input, () => globe.page(input), signal),
      ),
      points: os.globe.points.handler(({ input, signal }) =>
        around('globe.points', input, () => globe.some(input.ids), signal),
      ),
      arcs: os.globe.arcs.handler(({ input, signal }) =>
        around('globe.arcs', input, () => globe.ties, signal),
      ),
    },
  };
}
