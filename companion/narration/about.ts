import type { Event, StoryLine } from '../protocol/index.ts';
import type { StoryKind } from './kinds.ts';

type About = NonNullable<StoryLine['about']>['kind'];

/** What the subject of an event is, by what is told of it; null where it opens nothing, or only the facts know what. */
const ABOUT: Readonly<Record<StoryKind, About | null>> = {
  committed: 'commit',
  noted: null,
  opened: 'loop',
  landed: 'loop',
  resolved: 'loop',
  blessed: 'loop',
  dropped: 'loop',
  deferred: 'loop',
  stale: 'loop',
  'taken up': 'loop',
  drifting: 'loop',
  decided: null,
  recovered: null,
  stuck: null,
  'heavy hour': null,
  'left alone': null,
  thrash: null,
  'at risk': null,
  'back again': null,
  learned: 'hypothesis',
  dreamed: null,
  heritage: 'heritage',
  converged: 'heritage',
  forgot: null,
  restored: null,
  tier: 'grants',
  'agent asks': null,
  voted: 'proposal',
  contested: 'proposal',
  'no vote': 'proposal',
  ruled: 'proposal',
  'came out': 'proposal',
  'adviser offered': 'offer',
  'adviser made': 'mask',
  'adviser retired': 'mask',
  'panel made': 'guild',
  'panel dissolved': 'guild',
  'asks leave': 'run',
  ran: 'run',
  'took back': 'run',
  undid: 'run',
  'broke off': 'run',
};

/** What a click on a line opens, as far as its event says it. Pure. */
export function aboutOf(kind: StoryKind, { subject }: Pick<Event, 'subject'>): StoryLine['about'] {
  const about = ABOUT[kind];
  return about === null ? null : { kind: about, id: subject };
}
