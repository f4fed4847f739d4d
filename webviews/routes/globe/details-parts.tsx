import { useLive } from '../../data/use-live.ts';
import { targetOf, targetOfAnchor } from '../../model/target.ts';
import { EvidenceList } from '../../parts/evidence-link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { LoopDrift } from '../loops/loop-drift.tsx';
import { MemoryText } from '../memory/memory-text.tsx';
import { SourceLinks } from '../memory/source-links.tsx';
import { concernsMemory } from '../memory/use-memories.ts';
import { ShortTitle } from './short-title.tsx';

const NOTES = 5;
const concernsLoops = ({ type }: { type: string }) => type.startsWith('loop.') || type.startsWith('whisper.');

/** What is open about a thread, its newest notes, where it lies, and how far it drifted. */
export function LoopPart({ id }: { id: string }) {
  const loop = useLive(`loop ${id}`, (api, signal) => api.loops.get({ id }, { signal }), concernsLoops).data;
  const notes = useLive(
    `globe notes ${id}`,
    (api, signal) => api.whispers.list({ loopId: id, limit: NOTES }, { signal }),
    concernsLoops,
  ).data;
  return (
    <>
      {loop && loop.summary !== '' && (
        <p>
          <bdi>{loop.summary}</bdi>
        </p>
      )}
      {loop && (
        <EvidenceList
          workspace={loop.workspace}
          targets={[...loop.anchors.map(targetOfAnchor), ...loop.evidence.map(targetOf)]}
        />
      )}
      {notes && notes.length > 0 && (
        <section class="details-part">
          <h3>
            Newest notes <small>· whispers</small>
          </h3>
          <ul class="notes">
            {notes.map((note) => (
              <li key={note.id}>
                <p>
                  <ShortTitle title={note.text} most={240} />
                </p>
                <p class="loop-meta">
                  <Moment at={note.at} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <LoopDrift id={id} />
    </>
  );
}

/** What a record says, and where it comes from. */
export function RecordPart({ id }: { id: string }) {
  const { data } = useLive(
    `memory ${id}`,
    (api, signal) => api.memories.trace({ id }, { signal }),
    concernsMemory,
  );
  if (!data) return null;
  const { record } = data;
  return (
    <section class="details-part">
      <MemoryText text={record.content} tabIndex={0}>
        {(text) => <bdi>{text}</bdi>}
      </MemoryText>
      <p class="loop-meta memory-meta">
        {record.author !== null && <bdi>{record.author}</bdi>}
        <SourceLinks record={record} />
      </p>
    </section>
  );
}
