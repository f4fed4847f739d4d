import { type Snapshot, shown, type Uncovered } from './snapshot.ts';

const MOST = 20;
const WHY: Readonly<Record<Uncovered['why'], string>> = {
  large: 'too large to keep',
  'too many': 'there are too many ignored files',
  unreadable: 'cannot be read',
  special: 'no file',
};

/** What of a folder a snapshot does not hold, a line each; the rest counted. Pure. */
export function uncoveredInWords({ trees }: Pick<Snapshot, 'trees'>): string[] {
  const below = (at: string, path: string) => shown(at === '' ? path : `${at}/${path}`);
  const lines = trees.flatMap(({ at, uncovered, skipped }) => [
    ...skipped.map((folder) => `${below(at, folder)}/: nothing below it is kept`),
    ...uncovered.map(({ path, bytes, why }) => {
      const size = bytes > 0 ? ` (${inWords(bytes)})` : '';
      return `${below(at, path)}${size}: ${WHY[why]}`;
    }),
  ]);
  const more = lines.length - MOST;
  return more > 0 ? [...lines.slice(0, MOST), `and ${more} more`] : lines;
}

/** "12 KB", "3.4 MB". */
export function inWords(bytes: number): string {
  const [KB, MB, GB] = [1024, 1024 ** 2, 1024 ** 3];
  if (bytes < KB) return `${bytes} B`;
  if (bytes < MB) return `${Math.round(bytes / KB)} KB`;
  const [size, unit] = bytes < GB ? [bytes / MB, 'MB'] : [bytes / GB, 'GB'];
  return `${size.toFixed(size < 10 ? 1 : 0)} ${unit}`;
}
