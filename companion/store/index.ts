export type { NewEvent } from './event-log.ts';
export { glance } from './glance.ts';
export { Hub, type Intent } from './hub.ts';
export { takeLock } from './lock.ts';
export type { Mind, Transaction } from './mind.ts';
export { openReader } from './open-reader.ts';
export type { Reader, SqlValue, Writer } from './sqlite.ts';
export { Store, type StoreOptions } from './store.ts';
export { workspaceId, workspacePaths } from './workspace-id.ts';
