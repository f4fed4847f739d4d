import type { GlobePoint, LoopStatus } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { kindWord, statusWord, toneSentence } from '../../model/globe/globe-words.ts';
import type { Location } from '../../model/location.ts';
import { Moment } from '../../parts/moment.tsx';
import { ShortTitle } from './short-title.tsx';
import { ToneMark } from './tone-mark.tsx';

interface Props {
  point: GlobePoint;
  /** At the time that is shown. */
  status: LoopStatus | null;
  theme: string | null;
  to: Location;
  chosen: boolean;
  /** Its place in the list, from 1, of how many. */
  position: number;
  size: number;
  top: number;
  entry: boolean;
  focused(): void;
}

/** One point as a row: what it is, its tone, when it was touched, its theme. */
export function GlobeRow({ point, status, theme, to, chosen, position, size, top, entry, focused }: Props) {
  return (
    <li
      class={`globe-row ${chosen ? 'chosen' : ''} ${point.endedAt === null ? '' : 'past'}`}
      style={{ top: `${top}px` }}
      aria-setsize={size}
      aria-posinset={position}
      data-row={point.id}
      onFocusIn={focused}
    >
      <span class="globe-row-mark" title={toneSentence(point)}>
        <ToneMark tone={point.tone} said />
      </span>
      <div class="globe-row-text">
        <Link to={to} class="title" current={chosen} tabIndex={entry ? 0 : -1}>
          <ShortTitle title={point.title} most={64} />
        </Link>
        <p class="loop-meta">
          <span>{kindWord(point.kind)}</span>
          {status !== null && <span>· {statusWord(status)}</span>}
          <span>
            · <Moment at={point.touchedAt} />
          </span>
          {point.drifting && <span>· drifting</span>}
          {theme !== null && (
            <span>
              · <bdi>{theme}</bdi>
            </span>
          )}
        </p>
      </div>
    </li>
  );
}
