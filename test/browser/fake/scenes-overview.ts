import type { Scene } from './scenes.ts';

export const OVERVIEW_SCENES: readonly Scene[] = [];
