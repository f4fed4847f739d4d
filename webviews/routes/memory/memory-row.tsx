import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { useNow } from '../../data/use-now.ts';
import { to } from '../../model/location.ts';
import type { Shown } from '../../model/memory-answer.ts';
import { type MemoryFilter, memoryQuery } from '../../model/memory-filter.ts';
import { KIND_WORDS, marksOf } from '../../model/memory-words.ts';
import { IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { Moment } from '../../parts/moment.tsx';
import { memoryItems } from './memory-items.ts';
import { MemoryText, Then } from './memory-text.tsx';
import { SourceLinks } from './source-links.tsx';
import type { Memories } from './use-memories.ts';
import { Why } from './why.tsx';

interface Props {
  shown: Shown;
  successor: MemoryRecord | null;
  filter: MemoryFilter;
  chosen: boolean;
  /** Takes part in the Tab order. */
  entry: boolean;
  focused(): void;
  memories: Memories;
  forget(): void;
}

/** One record: what it says, who said it when and where, and why it was found. */
export function MemoryRow({ shown, successor, filter, chosen, entry, focused, memories, forget }: Props) {
  const { host } = useSession();
  const now = useNow();
  const { record, parts } = shown;
  const tabIndex = entry ? 0 : -1;
  const { word, icon } = KIND_WORDS[record.kind];
  const marks = marksOf(record, now);
  const details = to('memory', record.id, memoryQuery(filter));
  const name = record.content.replace(/\s+/g, ' ').slice(0, 60);
  return (
    <li
      class={`loop-row memory-row ${chosen ? 'chosen' : ''} ${record.validTo !== null || record.archivedAt !== null ? 'past' : ''}`}
      data-row={record.id}
      aria-busy={memories.busy(record.id)}
      onFocusIn={focused}
    >
      <span class="loop-icon" title={word}>
        <Icon name={icon} />
      </span>
      <div class="loop-text">
        <MemoryText text={record.content} tabIndex={tabIndex}>
          {(text) => (
            <Link to={details} class="title" current={chosen} tabIndex={tabIndex}>
              <bdi>{text}</bdi>
            </Link>
          )}
        </MemoryText>
        {successor && <Then successor={successor} />}
        <p class="loop-meta memory-meta">
          <span>
            {word}
            {record.author !== null && (
              <>
                {' · '}
                <bdi>{record.author}</bdi>
              </>
            )}
            {' · '}
            <Moment at={record.happenedAt} />
          </span>
          <SourceLinks record={record} tabIndex={tabIndex} />
          {marks.map(({ id, icon: sign, text, hint }) => (
            <span key={id} class={`tag ${id === 'pinned' ? 'accent' : ''}`} title={hint}>
              {sign && <Icon name={sign} />} {text}
            </span>
          ))}
        </p>
        {parts && <Why parts={parts} tabIndex={tabIndex} />}
      </div>
      <div class="loop-buttons">
        {record.archivedAt !== null ? (
          <IconButton
            icon="refresh"
            label={`Restore from the archive: ${name}`}
            tabIndex={tabIndex}
            onClick={() => memories.restore(record)}
          />
        ) : (
          <IconButton
            icon={record.pinned ? 'pinned' : 'pin'}
            label={`${record.pinned ? 'Unpin' : 'Pin'}: ${name}`}
            tabIndex={tabIndex}
            onClick={() => memories.pin(record)}
          />
        )}
        <Menu
          icon="ellipsis"
          label={`More for ${name}`}
          tabIndex={tabIndex}
          items={memoryItems(record, memories, { show: () => host.navigation.go(details), forget })}
        />
      </div>
    </li>
  );
}
