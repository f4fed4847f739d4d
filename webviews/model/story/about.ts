import type { StoryLine } from '../../../companion/protocol/index.ts';
import type { IconName } from '../../parts/icon-table.ts';
import { type Location, to } from '../location.ts';
import type { Target } from '../target.ts';

type Kind = NonNullable<StoryLine['about']>['kind'];

/** What a line tells of, in a word. */
export const ABOUT_WORDS: Readonly<Record<Kind, { readonly word: string; readonly icon: IconName }>> = {
  loop: { word: 'thread', icon: 'list-unordered' },
  commit: { word: 'commit', icon: 'git-commit' },
  memory: { word: 'decision', icon: 'law' },
  proposal: { word: 'question', icon: 'law' },
  mask: { word: 'adviser', icon: 'smiley' },
  offer: { word: 'offered adviser', icon: 'smiley' },
  guild: { word: 'panel', icon: 'organization' },
  run: { word: 'delegated work', icon: 'play-circle' },
  hypothesis: { word: 'belief', icon: 'checklist' },
  heritage: { word: 'what it knows', icon: 'notebook' },
  grants: { word: 'leave', icon: 'key' },
};

/** Where one click on a line leads: a view of the app, or the repository; null where there is nothing to open. */
export function leadsTo({ about }: Pick<StoryLine, 'about'>): { page: Location } | { target: Target } | null {
  if (about === null) return null;
  const { kind, id } = about;
  switch (kind) {
    case 'commit':
      return { target: { kind: 'commit', commit: id } };
    case 'loop':
      return { page: to('loops', id) };
    case 'memory':
      return { page: to('memory', id) };
    case 'proposal':
      return { page: to('council', id) };
    case 'mask':
      return { page: to('masks', id) };
    case 'offer':
      return { page: to('council', null, { show: 'masks' }) };
    case 'guild':
      return { page: to('guilds', id) };
    case 'run':
      return { page: to('wheel', id) };
    case 'hypothesis':
      return { page: to('review', null, { show: 'all' }) };
    case 'heritage':
      return { page: to('heritage') };
    case 'grants':
      return { page: to('grants') };
  }
}
