import { useEffect, useRef } from 'preact/hooks';
import type { Axis, SelfMoment } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { changeOf, changeText, levelText, type Mark } from '../../model/overview/level-course.ts';
import { LEVELS } from '../../model/overview/level-words.ts';
import { RANGES, type Range } from '../../model/overview/range.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useAct } from '../council/use-council.ts';
import { CardBlank } from './card.tsx';
import { MarkMoment } from './mark-moment.tsx';

const SHOWN = 6;

interface Props {
  axis: Axis;
  history: readonly SelfMoment[];
  from: number;
  range: Range;
  /** The event of the move that was chosen in the chart. */
  picked: number | null;
  /** A mark came or went. */
  changed(): void;
}

/** What moved a level, the newest first, with the moments that the reader marked. */
export function Moves({ axis, history, from, range, picked, changed }: Props) {
  const within = history.filter(({ at }) => at >= from);
  const chosen = within.findIndex((moment) => moment.kind === 'move' && moment.seq === picked);
  const { shown, more } = useFirst(within, Math.max(SHOWN, chosen + 1));
  const row = useRef<HTMLLIElement>(null);
  const { announce } = useSession();
  useEffect(() => {
    row.current?.scrollIntoView({ block: 'nearest' });
    const moment = within[chosen];
    if (moment?.kind === 'move') announce(moment.words);
  }, [picked]);
  return (
    <section class="moves" aria-label={`What moved ${LEVELS[axis].name.toLowerCase()}`}>
      <div class="dash-head">
        <h3>What moved this</h3>
        <MarkMoment marked={changed} />
      </div>
      {within.length === 0 ? (
        <CardBlank>
          Nothing in the last {RANGES[range]}.{' '}
          {axis === 'trust'
            ? 'Delegate a piece of work and keep what it did: a checked outcome moves trust, talking never does.'
            : 'It moves with what you do: closing a thread, answering a tap, tests that turn green.'}
        </CardBlank>
      ) : (
        <ol class="move-list">
          {shown.map((moment) =>
            moment.kind === 'mark' ? (
              <MarkRow key={moment.id} mark={moment} gone={changed} />
            ) : (
              <li
                key={moment.seq}
                class={moment.seq === picked ? 'move picked' : 'move'}
                {...(moment.seq === picked && { ref: row, 'aria-current': 'true' as const })}
              >
                <span class="move-by">{changeText(changeOf(moment, axis))}</span>
                <span class="move-words">
                  <bdi>{shownText(moment.words)}</bdi>{' '}
                  <span class="quiet">to {levelText(changeOf(moment, axis).to)}</span>
                </span>
                <Moment at={moment.at} />
              </li>
            ),
          )}
        </ol>
      )}
      {more}
    </section>
  );
}

function MarkRow({ mark: { id, at, text }, gone }: { mark: Mark; gone(): void }) {
  const { client } = useSession();
  const { run } = useAct();
  return (
    <li class="move marked">
      <span class="move-by">
        <Icon name="bookmark" />
      </span>
      <span class="move-words">
        <bdi>{shownText(text)}</bdi>{' '}
        <button
          type="button"
          class="opens more-of"
          aria-label={`Take back: ${shownText(text)}`}
          onClick={() =>
            run(async () => {
              await client.api.self.unmark({ id });
              gone();
            }, 'The mark is gone, without a trace.')
          }
        >
          Take back
        </button>
      </span>
      <Moment at={at} />
    </li>
  );
}
