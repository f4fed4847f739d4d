import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { sourceWords, targetsOfSource } from '../../model/memory-source.ts';
import { targetKey } from '../../model/target.ts';
import { EvidenceLink } from '../../parts/evidence-link.tsx';

/** Where a record comes from: a click opens the line, the commit or the page. */
export function SourceLinks({
  record,
  tabIndex,
}: {
  record: Pick<MemoryRecord, 'source' | 'workspace'>;
  tabIndex?: number;
}) {
  const { workspace } = useSession();
  const folder = record.workspace ?? workspace ?? '';
  const words = sourceWords(record.source);
  return (
    <>
      {targetsOfSource(record.source).map((target) => (
        <EvidenceLink
          key={targetKey(target)}
          workspace={folder}
          target={target}
          {...(tabIndex !== undefined && { tabIndex })}
        />
      ))}
      {words !== null && (
        <span class="tag" title={record.source.uri}>
          {words}
        </span>
      )}
    </>
  );
}
