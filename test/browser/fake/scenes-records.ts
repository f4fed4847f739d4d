import type { Scene } from './scenes.ts';

export const RECORD_SCENES: readonly Scene[] = [];
