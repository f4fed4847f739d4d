import type { FolderSnapshots } from './agency/index.ts';
import { type Snapshots, shown, type TreeChanges, uncoveredInWords } from './snapshots/index.ts';

/** Snapshots as runs know them: by ids, with paths and reasons in words. Asks for `whole` with each call, which may throw. */
export function folderSnapshots(whole: () => Snapshots): FolderSnapshots {
  const both = async (root: string, before: string, after: string) =>
    [await whole().get(root, before), await whole().get(root, after)] as const;
  return {
    take: (root, why, run, signal) => whole().take(root, why, { run, ...(signal && { signal }) }),
    uncovered: async (root, id) => uncoveredInWords(await whole().get(root, id)),
    /** Of a repository's own state as `.git/HEAD`, folders with a slash at the end. */
    async differences(root, before, after) {
      return (await whole().changes(...(await both(root, before, after)))).flatMap(pathsOf);
    },
    async restore(root, before, after, { only, except, repository = true } = {}) {
      const [one, other] = await both(root, before, after);
      return await whole().restore(one, other, {
        ...(only && { only: new Set(only) }),
        ...(except && { except: new Set(except) }),
        repository,
      });
    },
  };
}

/** A path of a tree within its folder, control characters shown. */
export function below(at: string, path: string): string {
  return shown(at === '' ? path : `${at}/${path}`);
}

function pathsOf({ at, files, made, removed, modes, control }: TreeChanges): string[] {
  const folders = [...made, ...removed.map(({ path }) => path), ...modes.map(({ path }) => path)];
  return [
    ...files.map(({ path }) => below(at, path)),
    ...folders.map((path) => `${below(at, path)}/`),
    ...control.map(({ name }) => below(at, `.git/${name.replace(/^\d+\//, '')}`)),
  ];
}
