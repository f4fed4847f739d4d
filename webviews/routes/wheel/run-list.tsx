import { useRef } from 'preact/hooks';
import type { WheelRun } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import {
  WHEEL_STATUS_WORDS,
  wheelOriginWords,
  wheelPhase,
  wheelSizeWords,
} from '../../../companion/protocol/wheel-words.ts';
import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { groupsOf, STATUS_ICONS } from '../../model/wheel-view.ts';
import { Coded } from '../../parts/coded.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useRowFocus } from '../../parts/row-focus.ts';

/** What was delegated, what waits for the reader first. */
export function RunList({ runs }: { runs: readonly WheelRun[] }) {
  const list = useRef<HTMLDivElement>(null);
  const groups = groupsOf(runs);
  const order = groups.flatMap((group) => group.runs.map(({ id }) => id));
  const focus = useRowFocus(list, order, null);
  if (runs.length === 0)
    return (
      <p class="none-yet">
        Nothing was delegated in this folder yet. Choose something below: you see all that it would change,
        and nothing is done before you say so.
      </p>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div ref={list} onKeyDown={focus.onKeyDown}>
      {groups.map(({ phase, title, runs: those }) => (
        <section key={phase} aria-labelledby={`runs-${phase}`}>
          <h2 class="group-head" id={`runs-${phase}`}>
            {title}
          </h2>
          <ul>
            {those.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                entry={run.id === focus.entry}
                focused={() => focus.focused(run.id)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function RunRow({ run, entry, focused }: { run: WheelRun; entry: boolean; focused(): void }) {
  const { id, status, sentence, destination, origin, undoUntil, changedAt } = run;
  const phase = wheelPhase(status);
  return (
    <li class={`loop-row ${phase === 'settled' ? 'past' : ''}`} data-row={id} onFocusIn={focused}>
      <span class="loop-icon">
        <Icon name={STATUS_ICONS[status]} />
      </span>
      <div class="loop-text">
        <p class="loop-title">
          <Link to={to('wheel', id)} class="title" tabIndex={entry ? 0 : -1}>
            <Coded text={sentence} />
          </Link>
        </p>
        <p class="loop-summary">
          <bdi>{visibleLine(destination)}</bdi> · {wheelSizeWords(run)}
        </p>
        <p class="loop-meta memory-meta">
          <span class={`tag ${phase === 'waiting' ? 'accent' : ''}`}>{WHEEL_STATUS_WORDS[status]}</span>
          <span>
            asked by <bdi>{visibleLine(wheelOriginWords(origin))}</bdi> · <Moment at={changedAt} />
          </span>
          {phase === 'done' && undoUntil !== null && (
            <span>
              undo until <Moment at={undoUntil} as="stamp" />
            </span>
          )}
        </p>
      </div>
    </li>
  );
}
