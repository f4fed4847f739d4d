import type { Scene } from './scenes.ts';

export const STORY_SCENES: readonly Scene[] = [];
