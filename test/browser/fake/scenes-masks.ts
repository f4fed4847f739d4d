import type { Scene } from './scenes.ts';

export const MASKS_SCENES: readonly Scene[] = [];
