import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import type { MenuItem } from '../../parts/menu.tsx';
import type { Memories } from './use-memories.ts';

/** All that can be done with a record. */
export function memoryItems(
  record: MemoryRecord,
  memories: Memories,
  { show, forget }: { show(): void; forget(): void },
): MenuItem[] {
  const { pinned, archivedAt } = record;
  return [
    { id: 'details', label: 'Details', icon: 'list-unordered', run: show },
    {
      id: 'pin',
      label: pinned ? 'Unpin' : 'Pin',
      icon: pinned ? 'pinned' : 'pin',
      run: () => memories.pin(record),
    },
    ...(archivedAt === null
      ? []
      : [
          {
            id: 'restore',
            label: 'Restore from the archive',
            icon: 'refresh' as const,
            run: () => memories.restore(record),
          },
        ]),
    {
      id: 'private',
      label: record.private ? 'Not private any more' : 'Keep private',
      icon: 'lock',
      run: () => memories.keepPrivate(record, !record.private),
    },
    { id: 'forget', label: 'Forget…', icon: 'trash', run: forget },
  ];
}
