import type { GlobePoint, GlobeTie } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import type { GlobeModel } from '../../model/globe/globe-model.ts';
import { kindWord } from '../../model/globe/globe-words.ts';
import type { Location } from '../../model/location.ts';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ShortTitle } from './short-title.tsx';
import { ToneMark } from './tone-mark.tsx';

interface Props {
  point: GlobePoint;
  model: GlobeModel;
  ties: readonly GlobeTie[];
  toPoint(id: string): Location;
}

interface Tied {
  readonly other: GlobePoint;
  readonly kind: 'fork' | 'files' | 'about';
  readonly words: string;
}

/** The arcs of a point as links, the strongest first, and what was noted about it. */
export function TiesPart({ point, model, ties, toPoint }: Props) {
  const all = tiedTo(point, model, ties);
  const { shown, more } = useFirst(all, 6);
  if (all.length === 0) return null;
  return (
    <section class="details-part">
      <h3>
        Tied to it <small>· arcs</small>
      </h3>
      <ul class="ties">
        {shown.map(({ other, kind, words }) => (
          <li key={`${kind} ${other.id}`}>
            <ToneMark tone={other.tone} said />
            <div>
              <Link to={toPoint(other.id)}>
                <ShortTitle title={other.title} most={80} />
              </Link>
              <p class="loop-meta">
                <Icon name={kind === 'fork' ? 'repo-forked' : kind === 'files' ? 'file' : 'comment'} />{' '}
                <bdi>{words}</bdi>
              </p>
            </div>
          </li>
        ))}
        {more && <li>{more}</li>}
      </ul>
    </section>
  );
}

function tiedTo(point: GlobePoint, model: GlobeModel, ties: readonly GlobeTie[]): Tied[] {
  const own = ties.flatMap(({ from, to, kind, words }): Tied[] => {
    if (from !== point.id && to !== point.id) return [];
    const other = model.find(from === point.id ? to : from);
    if (!other) return [];
    const said =
      kind === 'files' ? words : from === point.id ? 'split from this one' : 'this one was split from it';
    return [{ other, kind, words: said }];
  });
  const told = new Set(own.map(({ other }) => other.id));
  const about = model.points
    .filter(({ id, parent }) => parent === point.id && !told.has(id))
    .map((other): Tied => ({ other, kind: 'about', words: `${kindWord(other.kind)} about it` }));
  const parent = point.parent !== null && !told.has(point.parent) ? model.find(point.parent) : null;
  return [
    ...own,
    ...(parent ? [{ other: parent, kind: 'about' as const, words: 'the thread it is about' }] : []),
    ...about,
  ];
}
