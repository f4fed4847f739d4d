import { growCouncil } from './masks.ts';
import type { Scene } from './scenes.ts';
import type { FakeServer } from './server.ts';

const grown = ({ companion }: FakeServer) => growCouncil(companion.council);

/** The masks and panels of them, in their states. */
export const MASKS_SCENES: readonly Scene[] = [
  { name: 'masks', route: '#/masks', until: '.mask-card', pictures: 'all', stage: grown },
  { name: 'mask', route: '#/masks/mask_cal', until: '.mask-portrait', pictures: 'all', stage: grown },
  {
    name: 'masks-compare',
    route: '#/masks/mask_cal?with=mask_arty',
    until: '.compare-cares',
    pictures: 'all',
    stage: grown,
  },
  {
    name: 'mask-table',
    route: '#/masks/mask_linnet',
    until: '.mask-portrait',
    stage: grown,
    act: (page) => page.getByText('As a table').click(),
  },
  {
    name: 'mask-fork',
    route: '#/masks',
    until: '.mask-card',
    stage: grown,
    act: async (page) => {
      await page.getByRole('button', { name: 'More for Cal' }).click();
      await page.getByRole('menuitem', { name: /after it/ }).click();
      await page.getByRole('button', { name: 'Make the adviser' }).click();
    },
  },
  { name: 'masks-none', route: '#/masks?tone=weary&archetype=sage', until: '.blank' },
  { name: 'mask-gone', route: '#/masks/mask_gone', until: '.details .blank' },
  {
    name: 'masks-loading',
    route: '#/masks',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('advisers.list'),
  },
  {
    name: 'masks-error',
    route: '#/masks',
    until: '.blank',
    stage: ({ companion }) =>
      companion.fail.set('advisers.list', ['internal', 'The mind could not be read.']),
  },
  {
    name: 'guilds',
    route: '#/guilds',
    until: '.guild-members .mask-face',
    pictures: 'all',
    stage({ companion: { council } }) {
      growCouncil(council);
      council.createGuild('Storage', ['mask_linnet', 'mask_thrift', 'mask_needle', 'mask_maker', 'creator']);
    },
  },
  {
    name: 'guild-new',
    route: '#/guilds',
    until: '.card',
    act: (page) => page.getByRole('button', { name: 'New panel' }).click(),
  },
  {
    name: 'guild-change',
    route: '#/guilds',
    until: '.guild-members .mask-face',
    pictures: 'all',
    act: async (page) => {
      await page.getByRole('button', { name: 'More for Releases' }).click();
      await page.getByRole('menuitem', { name: /members/ }).click();
    },
  },
  {
    name: 'guilds-empty',
    route: '#/guilds',
    until: '.blank',
    stage({ companion }) {
      companion.council.guilds = [];
    },
  },
  {
    name: 'guilds-loading',
    route: '#/guilds',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('guilds.list'),
  },
];
