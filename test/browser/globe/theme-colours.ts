import type { GlobeColours } from '../../../webviews/model/globe/globe-scene.ts';

export type SceneTheme = 'dark' | 'light' | 'contrast';

/** Colours of the browser's own themes, with tones told apart by colour-blind people. */
export const SCENE_COLOURS: Readonly<Record<SceneTheme, GlobeColours>> = {
  dark: {
    sea: '#0c1a29',
    graticule: 'rgb(140 180 220 / 0.16)',
    arc: '#7fb4e6',
    text: '#cccccc',
    focus: '#4daafc',
    tones: ['#2fc4b2', '#b08cff', '#4f9dff', '#f5b83d', '#ff6b6b', '#9aa7b4'],
  },
  light: {
    sea: '#e9f1f7',
    graticule: 'rgb(40 80 120 / 0.15)',
    arc: '#4a86b8',
    text: '#3b3b3b',
    focus: '#005fb8',
    tones: ['#0b8a7d', '#7b4fd0', '#1e66c9', '#b87503', '#cf3434', '#6b7682'],
  },
  contrast: {
    sea: '#000000',
    graticule: 'rgb(255 255 255 / 0.45)',
    arc: '#6fc3df',
    text: '#ffffff',
    focus: '#f38518',
    tones: ['#3fe0cc', '#c9adff', '#7ab8ff', '#ffcf5c', '#ff8f8f', '#d0d8e0'],
    outlined: true,
  },
};
