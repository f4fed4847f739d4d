export { type DoorChange, WorkspaceDoors } from './doors.ts';
export { keepScan } from './keep-scan.ts';
export { readTextFile } from './text-file.ts';
export { type ScanDepth, type Sensing, Workspace, type WorkspaceChange } from './workspace.ts';
export { Workspaces, type WorkspacesOptions } from './workspaces.ts';
