import { useRef } from 'preact/hooks';
import { useSession } from '../data/session.ts';
import { useStoryDesk } from '../data/use-story.ts';
import { to } from '../model/location.ts';
import { problemOf } from '../model/problem.ts';
import { MUTE_WORDS, type Mute } from '../model/story/mute.ts';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menu.tsx';
import { Link } from './link.tsx';
import { StoryNote } from './story-note.tsx';
import { useOverlayPlace } from './use-overlay-place.ts';
import { useOverlayQueue } from './use-overlay-queue.ts';

/** Lines of the story over the other views: at most three, each as long as it takes to read, over nothing that is used. */
export function StoryOverlay() {
  const box = useRef<HTMLElement>(null);
  const { queue, remove, rest, fit, setFit } = useOverlayQueue();
  useOverlayPlace(box, queue.shown, setFit);
  const more = queue.waiting.length + Math.max(0, queue.shown.length - fit);
  const back = useRef<Element | null>(null);
  if (queue.shown.length === 0) return null;

  const entered = ({ relatedTarget }: FocusEvent) => {
    if (!box.current?.contains(relatedTarget as Node | null)) back.current = relatedTarget as Element | null;
    rest('focus', true);
  };
  const dismiss = (seq: number) => {
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('.story-note:not(.waits)') ?? [])];
    const at = rows.findIndex(({ dataset }) => dataset.seq === String(seq));
    const focused = rows[at]?.contains(document.activeElement) ?? false;
    const next = rows[at + 1] ?? rows[at - 1];
    // The focus goes to the next line, and with the last one back to where it was.
    if (focused)
      (next?.querySelector<HTMLElement>('.icon-button') ?? (back.current as HTMLElement | null))?.focus();
    remove(seq);
  };
  return (
    <aside
      ref={box}
      class={`story-over ${fit === 0 ? 'nowhere' : ''}`}
      aria-label="Story, as it happens"
      onMouseEnter={() => rest('pointer', true)}
      onMouseLeave={() => rest('pointer', false)}
      onFocusIn={entered}
      onFocusOut={({ relatedTarget }) => {
        if (!box.current?.contains(relatedTarget as Node | null)) rest('focus', false);
      }}
    >
      <ol>
        {queue.shown.map(({ line }, i) => (
          <StoryNote key={line.seq} line={line} waits={i >= fit} dismiss={() => dismiss(line.seq)} />
        ))}
      </ol>
      <footer>
        <Link to={to('narration')} class="story-over-link">
          <Icon name="book" /> Story
        </Link>
        {more > 0 && <span class="quiet">{more} more</span>}
        <MuteMenu />
      </footer>
    </aside>
  );
}

function MuteMenu() {
  const { notify } = useSession();
  const { desk } = useStoryDesk();
  const mute = async (how: Mute) => {
    try {
      await desk.mute(how);
      notify({
        tone: 'done',
        text: `Muted${how === 'always' ? '' : ` ${MUTE_WORDS[how].toLowerCase()}`}. Lines are still told in the story.`,
        undo: () => void desk.unmute(),
      });
    } catch (error) {
      notify({ tone: 'failed', text: `Not muted. ${problemOf(error).text}` });
    }
  };
  return (
    <Menu
      label="Mute the story"
      icon="mute"
      items={(Object.keys(MUTE_WORDS) as Mute[]).map((how) => ({
        id: how,
        label: MUTE_WORDS[how],
        group: 'Mute',
        run: () => void mute(how),
      }))}
    />
  );
}
