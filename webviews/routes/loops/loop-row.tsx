import type { Loop } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { useNow } from '../../data/use-now.ts';
import { to } from '../../model/location.ts';
import { actionsFor, fateOf, isClosed } from '../../model/loop-actions.ts';
import { filterToQuery, type LoopFilter } from '../../model/loop-filter.ts';
import { SOURCE_WORDS, STATUS_WORDS } from '../../model/words.ts';
import { IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu, type MenuItem } from '../../parts/menu.tsx';
import { Moment } from '../../parts/moment.tsx';
import { priorityItems } from './priority-items.ts';
import type { Loops } from './use-loops.ts';

interface Props {
  loop: Loop;
  filter: LoopFilter;
  chosen: boolean;
  /** Takes part in the Tab order. */
  entry: boolean;
  focused(): void;
  actions: Loops;
}

/** One thread: what it is, what is open about it, and what can be done with it. */
export function LoopRow({ loop, filter, chosen, entry, focused, actions }: Props) {
  const { host } = useSession();
  const now = useNow();
  const tabIndex = entry ? 0 : -1;
  const [first, ...rest] = actionsFor(loop, now);
  const run = ({ patch, done }: { patch: Parameters<Loops['change']>[1]; done: string }) =>
    actions.change(loop, patch, done);
  const items: MenuItem[] = [
    ...rest.map((action) => ({
      id: action.id,
      label: action.label,
      icon: action.icon,
      run: () => run(action),
    })),
    ...(isClosed(loop) ? [] : [askCouncil(() => host.navigation.go(fateOf(loop)))]),
    ...priorityItems(loop, actions),
  ];
  const status = STATUS_WORDS[loop.status];
  return (
    <li
      class={`loop-row ${chosen ? 'chosen' : ''}`}
      data-row={loop.id}
      aria-busy={actions.busy(loop.id)}
      onFocusIn={focused}
    >
      <span class="loop-icon" title={`From ${SOURCE_WORDS[loop.source].word}`}>
        <Icon name={SOURCE_WORDS[loop.source].icon} />
      </span>
      <div class="loop-text">
        <p class="loop-title">
          <Link
            to={to('loops', loop.id, filterToQuery(filter))}
            class="title"
            current={chosen}
            tabIndex={tabIndex}
          >
            <bdi>{loop.title}</bdi>
          </Link>
          {loop.facts.current && <span class="tag accent">current</span>}
          {loop.priority !== 'normal' && <span class="tag">{loop.priority}</span>}
          {loop.private && (
            <span class="tag">
              <Icon name="lock" /> private
            </span>
          )}
        </p>
        <p class="loop-summary">
          <bdi>{loop.summary}</bdi>
        </p>
        <p class="loop-meta">
          {status.word} · {SOURCE_WORDS[loop.source].word} · <Moment at={loop.touchedAt} />
          {loop.status === 'deferred' && loop.deferUntil !== null && (
            <>
              {' · back '}
              <Moment at={loop.deferUntil} />
            </>
          )}
        </p>
      </div>
      <div class="loop-buttons">
        {first && (
          <IconButton
            icon={first.icon}
            label={`${first.label}: ${loop.title}`}
            tabIndex={tabIndex}
            onClick={() => run(first)}
          />
        )}
        <Menu icon="ellipsis" label={`More for ${loop.title}`} tabIndex={tabIndex} items={items} />
      </div>
    </li>
  );
}

function askCouncil(run: () => void): MenuItem {
  return { id: 'fate', label: 'Ask the council…', icon: 'law', run };
}
