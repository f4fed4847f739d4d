import type { GlobePoint, LoopStatus } from '../../../companion/protocol/index.ts';
import { kindWord, statusWord, toneSentence } from '../../model/globe/globe-words.ts';
import { Moment } from '../../parts/moment.tsx';
import { ShortTitle } from './short-title.tsx';
import { ToneMark } from './tone-mark.tsx';

interface Props {
  point: GlobePoint;
  theme: string | null;
  status: LoopStatus | null;
  /** Where the pointer is in the frame; null: it was reached by the keyboard. */
  at: { readonly x: number; readonly y: number } | null;
}

/** What is under the pointer: its name, its newest note, its tone and why. */
export function HoverCard({ point, theme, status, at }: Props) {
  const place = at && {
    left: `clamp(8px, ${Math.round(at.x) + 14}px, calc(100% - 288px))`,
    top: `${Math.round(at.y) + 14}px`,
  };
  return (
    <div
      class={`globe-card ${at ? '' : 'resting'} ${at && at.y > 260 ? 'above' : ''}`}
      {...(place && { style: place })}
    >
      <p class="globe-card-title">
        <ShortTitle title={point.title} most={100} />
      </p>
      {point.whisper !== null && (
        <p class="globe-card-note">
          <ShortTitle title={point.whisper} most={140} />
        </p>
      )}
      <p>
        <ToneMark tone={point.tone} /> {toneSentence(point)}
      </p>
      <p class="quiet">
        {kindWord(point.kind)}
        {status !== null && ` · ${statusWord(status)}`} · <Moment at={point.touchedAt} />
        {theme !== null && (
          <>
            {' · '}
            <bdi>{theme}</bdi>
          </>
        )}
      </p>
    </div>
  );
}
