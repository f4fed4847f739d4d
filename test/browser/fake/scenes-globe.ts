import type { Scene } from './scenes.ts';

const drawn = '.globe-labels .globe-label';

const SCENES: readonly Scene[] = [
  { name: 'globe', route: '#/globe?view=both', until: drawn, pictures: 'all' },
  {
    name: 'globe-point',
    route: '#/globe/loop_clock1?view=both',
    until: '.details .notes li',
    pictures: 'all',
  },
  { name: 'globe-list', route: '#/globe?view=list', until: '.globe-row' },
  { name: 'globe-past', route: '#/globe?view=both&at=1760000000000', until: drawn },
  {
    name: 'globe-themed',
    route: '#/globe?view=both&theme=cluster_parser&tones=tense+weary',
    until: '.globe-row',
  },
  { name: 'globe-none', route: '#/globe?view=both&text=nowhere', until: '.blank' },
  {
    name: 'globe-empty',
    route: '#/globe',
    until: '.blank',
    stage({ companion }) {
      companion.globe.points = [];
    },
  },
  {
    name: 'globe-loading',
    route: '#/globe',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('globe.page'),
  },
  {
    name: 'globe-failed',
    route: '#/globe',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('globe.page', ['internal', 'It broke.']),
  },
  {
    name: 'globe-amnesia',
    route: '#/globe?view=both',
    until: '.strip',
    stage({ companion }) {
      companion.status = { ...companion.status, state: 'AMNESIA' };
      companion.globe.clusters = [];
      companion.globe.points = companion.globe.points.map((point) => ({ ...point, cluster: null }));
    },
  },
];

export const GLOBE_SCENES: readonly Scene[] = SCENES.map((scene) => ({ ...scene, slow: true }));
