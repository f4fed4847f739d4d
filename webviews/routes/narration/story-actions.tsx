import { useSession } from '../../data/session.ts';
import { useStoryDesk } from '../../data/use-story.ts';
import { problemOf } from '../../model/problem.ts';
import { MUTE_WORDS } from '../../model/story/mute.ts';
import { Button } from '../../parts/button.tsx';
import { Menu, type MenuItem } from '../../parts/menu.tsx';
import type { Story } from './use-story-day.ts';

/** What can be done with the day, and how the story is told. */
export function StoryActions({ story: { markdown, day } }: { story: Pick<Story, 'markdown' | 'day'> }) {
  const { host, notify } = useSession();
  const copy = async () => {
    if (markdown === null) return;
    try {
      await navigator.clipboard.writeText(markdown);
      notify({ tone: 'done', text: 'The whole day is copied, as Markdown.' });
    } catch {
      notify({ tone: 'failed', text: 'Not copied: this place does not let the page copy. Save it instead.' });
    }
  };
  const save = async () => {
    if (markdown === null) return;
    const said = await host.save(`story-${day}.md`, markdown);
    if (said !== null) notify({ tone: 'done', text: said });
  };
  return (
    <div class="head-actions">
      <Button icon="copy" aria-disabled={markdown === null} onClick={() => void copy()}>
        Copy
      </Button>
      <Button icon="desktop-download" aria-disabled={markdown === null} onClick={() => void save()}>
        Save
      </Button>
      <TellingMenu />
    </div>
  );
}

const SPEAKERS = { both: 'Whom it concerns more', Cal: 'Cal, steady', Arty: 'Arty, provocative' } as const;

function TellingMenu() {
  const { notify } = useSession();
  const { desk, settings, mutedUntil } = useStoryDesk();
  const change = async (work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      notify({ tone: 'failed', text: `Not changed. ${problemOf(error).text}` });
    }
  };
  if (settings === null) return null;
  const { speaker, plain, overlay } = settings;
  const voices = (['both', 'Cal', 'Arty'] as const).map(
    (who): MenuItem => ({
      id: who,
      label: SPEAKERS[who],
      group: 'Who tells what is new',
      checked: !plain && speaker === who,
      run: () => void change(desk.update({ speaker: who, plain: false })),
    }),
  );
  const items: MenuItem[] = [
    ...voices,
    {
      id: 'plain',
      label: 'Nobody: plain words',
      group: 'Who tells what is new',
      checked: plain,
      run: () => void change(desk.update({ plain: true })),
    },
    {
      id: 'shown',
      label: 'Show for some seconds',
      group: 'As it happens, over the other views',
      checked: overlay && mutedUntil === null,
      run: () => void change(desk.unmute()),
    },
    ...(['hour', 'tomorrow', 'always'] as const).map(
      (how): MenuItem => ({
        id: how,
        label: how === 'always' ? 'Never show' : `Mute ${MUTE_WORDS[how].toLowerCase()}`,
        group: 'As it happens, over the other views',
        checked: how === 'always' && !overlay,
        run: () => void change(desk.mute(how)),
      }),
    ),
  ];
  return <Menu label="How the story is told" icon="settings-gear" items={items} />;
}
