import { type Gathered, once } from './gather.ts';
import type { Knowledge } from './knowledge.ts';
import { matching } from './match.ts';
import { settlePlaces } from './settle-places.ts';
import type { Source } from './source.ts';
import type { Extract } from './statement.ts';
import type { Asked } from './what-is-asked.ts';

const MOST = 12;
const [NEAREST, RECALLED] = [6, 4];

/** What a model gets to see: what the search answer rests on, what else speaks to it, what memory thinks best. */
export async function poolOf(
  asked: Asked,
  knowledge: Knowledge,
  gathered: Gathered,
  found: Extract,
): Promise<Source[]> {
  const near = matching([...gathered.sources, ...gathered.history], asked.words, {
    names: asked.perception.entities,
    now: asked.now,
  });
  const all = [
    ...found.statements.flatMap(({ sources }) => sources),
    ...near.slice(0, NEAREST).map(({ source }) => source),
    ...gathered.recalled.slice(0, RECALLED),
    ...near.slice(NEAREST).map(({ source }) => source),
  ];
  const chosen = once(all).slice(0, MOST);
  const settled = await settlePlaces(chosen, knowledge);
  return chosen.flatMap((source) => settled.get(source) ?? []);
}
