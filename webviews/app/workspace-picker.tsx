import type { Status } from '../../companion/protocol/index.ts';
import { useSession } from '../data/session.ts';
import { Select } from '../parts/fields-native.tsx';

/** The folder that the views are about, and the way to another that the companion has open. */
export function WorkspacePicker({ status }: { status: Status | null }) {
  const { host, workspace } = useSession();
  const folders = status?.workspaces ?? [];
  if (workspace === null) return <strong class="workspace">Progeny</strong>;
  const known = folders.some(({ path }) => path === workspace);
  if (known && folders.length > 1) {
    return (
      <Select
        bare
        label="Folder"
        value={workspace}
        options={namesOf(folders)}
        onChange={(path) => host.choose(path)}
      />
    );
  }
  return (
    <strong class="workspace" title={workspace}>
      <bdi>{folders.find(({ path }) => path === workspace)?.name ?? lastPart(workspace)}</bdi>
    </strong>
  );
}

/** Each folder by its name; with its path where two share one. */
function namesOf(folders: Status['workspaces']): Map<string, string> {
  const shared = (name: string) => folders.filter((folder) => folder.name === name).length > 1;
  return new Map(folders.map(({ path, name }) => [path, shared(name) ? `${name} (${path})` : name]));
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
