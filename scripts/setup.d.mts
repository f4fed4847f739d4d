import type { SpawnSyncOptions } from 'node:child_process';

export function setup(): void;
export function nodePackage(): string;
export function npm(args: readonly string[], options?: SpawnSyncOptions): void;
export function npmEnvironment(): NodeJS.ProcessEnv;
