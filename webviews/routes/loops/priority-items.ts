import type { Loop } from '../../../companion/protocol/index.ts';
import { PRIORITY_WORDS } from '../../model/words.ts';
import type { MenuItem } from '../../parts/menu.tsx';
import type { Loops } from './use-loops.ts';

/** The menu's entries for priority and privacy, each checked where it is so. */
export function priorityItems(loop: Loop, actions: Loops): MenuItem[] {
  const priorities = (Object.entries(PRIORITY_WORDS) as [Loop['priority'], string][]).map(
    ([priority, word]): MenuItem => ({
      id: `priority-${priority}`,
      label: word,
      group: 'Priority',
      checked: loop.priority === priority,
      run: () => actions.change(loop, { priority }, `${word} priority`),
    }),
  );
  const privacy = [false, true].map(
    (hidden): MenuItem => ({
      id: hidden ? 'private' : 'shared',
      label: hidden ? 'Private: never leaves' : 'May be exported',
      group: 'Privacy',
      checked: loop.private === hidden,
      run: () => actions.change(loop, { private: hidden }, hidden ? 'Private' : 'May be exported'),
    }),
  );
  return [...priorities, ...privacy];
}
