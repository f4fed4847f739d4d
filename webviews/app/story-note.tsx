import type { StoryLine } from '../../companion/protocol/index.ts';
import { IconButton } from '../parts/button.tsx';
import { StoryLink } from '../parts/story-link.tsx';
import { StorySayer } from '../parts/story-sayer.tsx';

/** One line over the other views; `waits` where there is no room for it yet. */
export function StoryNote({ line, waits, dismiss }: { line: StoryLine; waits: boolean; dismiss(): void }) {
  return (
    <li class={`story-note ${waits ? 'waits' : ''}`} data-seq={line.seq}>
      <StorySayer line={line} />
      <p>
        <StoryLink line={line} class="text" />
      </p>
      <IconButton icon="close" label="Dismiss" onClick={dismiss} />
    </li>
  );
}
