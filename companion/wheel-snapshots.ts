import type { FolderSnapshots } from './agency/index.ts';
import { type Snapshots, shown, type TreeChanges } from './snapshots/index.ts';

const WHY = {
  large: 'is large',
  'too many': 'is one of too many',
  unreadable: 'cannot be read',
  special: 'is no plain file',
};
const MOST_WORDS = 100;

/** Snapshots as runs know them: by ids, with paths and reasons in words. */
export function folderSnapshots(snapshots: Snapshots): FolderSnapshots {
  const both = async (root: string, before: string, after: string) =>
    [await snapshots.get(root, before), await snapshots.get(root, after)] as const;
  return {
    take: (root, why, run, signal) => snapshots.take(root, why, { run, ...(signal && { signal }) }),
    async uncovered(root, id) {
      const { trees } = await snapshots.get(root, id);
      return trees
        .flatMap(({ at, uncovered, skipped }) => [
          ...uncovered.map(({ path, why }) => `${below(at, path)} ${WHY[why]} and ignored`),
          ...skipped.map((path) => `${below(at, path)}/ is ignored and can be made again`),
        ])
        .slice(0, MOST_WORDS);
    },
    async differences(root, before, after) {
      return (await snapshots.changes(...(await both(root, before, after)))).flatMap(pathsOf);
    },
    async restore(root, before, after, { only, except, repository = true } = {}) {
      const [one, other] = await both(root, before, after);
      return await snapshots.restore(one, other, {
        ...(only && { only: new Set(only) }),
        ...(except && { except: new Set(except) }),
        repository,
      });
    },
  };
}

function pathsOf({ at, files, made, removed, modes, control }: TreeChanges): string[] {
  const folders = [...made, ...removed.map(({ path }) => path), ...modes.map(({ path }) => path)];
  return [
    ...files.map(({ path }) => below(at, path)),
    ...folders.map((path) => `${below(at, path)}/`),
    ...control.map(({ name }) => below(at, `.git/${name.replace(/^\d+\//, '')}`)),
  ];
}

function below(at: string, path: string): string {
  return shown(at === '' ? path : `${at}/${path}`);
}
