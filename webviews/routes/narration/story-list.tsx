import { useRef } from 'preact/hooks';
import type { StoryLine } from '../../../companion/protocol/index.ts';
import { leadsTo } from '../../model/story/about.ts';
import { byPart, PART_WORDS } from '../../model/story/day.ts';
import { useRowFocus } from '../../parts/row-focus.ts';
import { StoryRow } from './story-row.tsx';
import type { Story } from './use-story-day.ts';

/** The lines of a day by its parts. Arrows move between those that lead somewhere. */
export function StoryList({ story, lines }: { story: Story; lines: readonly StoryLine[] }) {
  const list = useRef<HTMLDivElement>(null);
  const parts = byPart(lines, story.order, story.startsAt);
  const order = parts.flatMap((part) =>
    part.lines.filter((line) => leadsTo(line) !== null).map(({ id }) => id),
  );
  const focus = useRowFocus(list, order, null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div ref={list} class="story-day" onKeyDown={focus.onKeyDown}>
      {parts.map(({ part, lines: told }) => (
        <section key={part} aria-labelledby={`part-${part}`}>
          <h2 id={`part-${part}`}>{PART_WORDS[part]}</h2>
          <ol>
            {told.map((line) => (
              <StoryRow
                key={line.seq}
                line={line}
                fresh={story.fresh.has(line.seq)}
                entry={line.id === focus.entry}
                focused={() => focus.focused(line.id)}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
