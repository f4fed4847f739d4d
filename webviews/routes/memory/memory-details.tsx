import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import { useLive } from '../../data/use-live.ts';
import { useNow } from '../../data/use-now.ts';
import { to } from '../../model/location.ts';
import { type MemoryFilter, memoryQuery } from '../../model/memory-filter.ts';
import { KIND_WORDS, marksOf } from '../../model/memory-words.ts';
import { reasonsOf } from '../../model/why.ts';
import { Button } from '../../parts/button.tsx';
import { Checkbox } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { DetailsPanel } from '../details-panel.tsx';
import { MemoryTraceParts } from './memory-trace.tsx';
import { SourceLinks } from './source-links.tsx';
import { concernsMemory, type Memories } from './use-memories.ts';
import { WhyList } from './why.tsx';

interface Props {
  id: string;
  filter: MemoryFilter;
  memories: Memories;
  forget(record: MemoryRecord): void;
}

/** One record, whole: beside the list where there is room, instead of it where there is not. */
export function MemoryDetails({ id, filter, memories, forget }: Props) {
  const live = useLive(
    `memory ${id}`,
    (api, signal) => api.memories.trace({ id }, { signal }),
    concernsMemory,
  );
  const listed = memories.answer?.shown.find(({ record }) => record.id === id);
  const record = listed?.record ?? live.data?.record ?? null;
  const back = to('memory', null, memoryQuery(filter));

  const heading = record && (
    <>
      {KIND_WORDS[record.kind].word.replace(/^./, (first) => first.toUpperCase())}
      {record.author !== null && (
        <>
          {' of '}
          <bdi>{record.author}</bdi>
        </>
      )}
    </>
  );
  return (
    <DetailsPanel label="Memory" back={back} backWords="All memories" live={live} heading={heading}>
      {record && (
        <>
          <Origin record={record} />
          <p class="memory-whole">
            <bdi>{record.content}</bdi>
          </p>
          <Controls record={record} memories={memories} forget={forget} />
          {listed?.parts && (
            <section class="details-part">
              <h3>Why it was found</h3>
              <WhyList reasons={reasonsOf(listed.parts)} />
            </section>
          )}
          {live.data && <MemoryTraceParts trace={live.data} filter={filter} />}
        </>
      )}
    </DetailsPanel>
  );
}

function Origin({ record }: { record: MemoryRecord }) {
  const marks = marksOf(record, useNow());
  return (
    <p class="loop-meta memory-meta">
      <Moment at={record.happenedAt} />
      <SourceLinks record={record} />
      {marks.map(({ id, icon, text, hint }) => (
        <span key={id} class={`tag ${id === 'pinned' ? 'accent' : ''}`} title={hint}>
          {icon && <Icon name={icon} />} {text}
        </span>
      ))}
    </p>
  );
}

function Controls({
  record,
  memories,
  forget,
}: Pick<Props, 'memories' | 'forget'> & { record: MemoryRecord }) {
  const busy = memories.busy(record.id);
  return (
    <div class="controls" aria-busy={busy}>
      <div class="control-row">
        {record.archivedAt !== null && (
          <Button icon="refresh" aria-disabled={busy} onClick={() => memories.restore(record)}>
            Restore from the archive
          </Button>
        )}
        <Button
          icon={record.pinned ? 'pinned' : 'pin'}
          aria-disabled={busy}
          onClick={() => memories.pin(record)}
        >
          {record.pinned ? 'Unpin' : 'Pin'}
        </Button>
        <Button icon="trash" onClick={() => forget(record)}>
          Forget…
        </Button>
      </div>
      <Checkbox
        label="Private: never shown to agents"
        checked={record.private}
        onChange={(hidden) => memories.keepPrivate(record, hidden)}
      />
    </div>
  );
}
