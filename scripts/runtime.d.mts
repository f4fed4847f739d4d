import type { SpawnOptions } from 'node:child_process';

export const root: string;
export const pinnedNode: string;
export const pinnedNodePath: string;
export function findNode(): string | undefined;
export function runScript(script: string, args?: readonly string[], options?: SpawnOptions): Promise<number>;
export function run(command: string, args: readonly string[], options?: SpawnOptions): Promise<number>;
