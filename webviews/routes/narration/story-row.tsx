import type { StoryLine } from '../../../companion/protocol/index.ts';
import { ABOUT_WORDS } from '../../model/story/about.ts';
import { IMPORTANCES } from '../../model/story/filter.ts';
import { sayerOf } from '../../model/story/speakers.ts';
import { exact } from '../../model/time.ts';
import { Icon } from '../../parts/icon.tsx';
import { StoryLink } from '../../parts/story-link.tsx';
import { StorySayer } from '../../parts/story-sayer.tsx';

interface Props {
  line: StoryLine;
  /** It came while one looked. */
  fresh: boolean;
  /** Takes part in the Tab order. */
  entry: boolean;
  focused(): void;
}

const LATE = 'It came too late to be told as it happened';

/** One line: when, who says it, what happened, and what it is about. */
export function StoryRow({ line, fresh, entry, focused }: Props) {
  const { at, about, importance, live } = line;
  const rank =
    importance >= IMPORTANCES.important.least
      ? 'important'
      : importance < IMPORTANCES.notable.least
        ? 'routine'
        : '';
  const sign = about === null ? null : ABOUT_WORDS[about.kind];
  return (
    <li class={`loop-row story-row ${rank} ${fresh ? 'fresh' : ''}`} data-row={line.id} onFocusIn={focused}>
      <time dateTime={new Date(at).toISOString()} title={exact(at)}>
        {clock(at)}
      </time>
      <StorySayer line={line} />
      <p class="story-text">
        <StoryLink line={line} class="title" tabIndex={entry ? 0 : -1} />
      </p>
      <p class="story-marks">
        {!live && (
          <span class="tag" title={LATE}>
            <Icon name="history" /> late
          </span>
        )}
        {sign && (
          <span class="tag">
            {sayerOf(line) !== null && <Icon name={sign.icon} />} {sign.word}
          </span>
        )}
      </p>
    </li>
  );
}

function clock(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
}
