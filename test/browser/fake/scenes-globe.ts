import type { Scene } from './scenes.ts';

export const GLOBE_SCENES: readonly Scene[] = [];
