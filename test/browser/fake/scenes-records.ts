import type { Scene } from './scenes.ts';
import { CODE_ALONE } from './server.ts';

/** What is known of the user, and its versions. */
export const RECORD_SCENES: readonly Scene[] = [
  { name: 'heritage', route: '#/heritage', until: '.heritage-part', pictures: 'all' },
  {
    name: 'heritage-edit',
    route: '#/heritage',
    until: '.heritage-part',
    async act(page) {
      await page.getByRole('button', { name: 'Change: What must never happen' }).click();
      await page.locator('.heritage .answer textarea').waitFor();
    },
  },
  {
    name: 'heritage-refused',
    route: '#/heritage',
    until: '.heritage-part',
    stage: ({ companion }) => companion.fail.set('heritage.update', ['read_only', 'The disk is full.']),
    async act(page) {
      await page.getByRole('button', { name: 'Change: Name' }).click();
      await page.locator('.heritage .answer input').fill('Ana');
      await page.keyboard.press('Enter');
      await page.getByText('Not changed. The disk is full.').waitFor();
    },
  },
  {
    name: 'heritage-empty',
    route: '#/heritage',
    until: '.strip',
    pictures: 'all',
    stage({ companion }) {
      companion.heritage.versions = { core: [], preferences: [], learned: [] };
    },
  },
  {
    name: 'heritage-no-folder',
    route: '#/heritage',
    until: '.heritage-part',
    options: { code: CODE_ALONE },
    stage({ companion }) {
      companion.status = { ...companion.status, workspaces: [] };
    },
  },
  {
    name: 'heritage-loading',
    route: '#/heritage',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('heritage.get'),
  },
  {
    name: 'heritage-problem',
    route: '#/heritage',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('heritage.get', ['internal', 'It broke.']),
  },
  { name: 'heritage-versions', route: '#/heritage/core', until: '.diff', pictures: 'all' },
  { name: 'heritage-diff', route: '#/heritage/core?from=1&to=4', until: '.diff' },
  { name: 'heritage-versions-learned', route: '#/heritage/learned', until: '.diff' },
  {
    name: 'heritage-versions-empty',
    route: '#/heritage/core',
    until: '.blank',
    stage({ companion }) {
      companion.heritage.versions.core = [];
    },
  },
  {
    name: 'heritage-versions-problem',
    route: '#/heritage/core',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('heritage.versions', ['internal', 'It broke.']),
  },
  {
    name: 'heritage-restore',
    route: '#/heritage/core',
    until: '.diff',
    async act(page) {
      await page.getByRole('button', { name: 'Restore version 2…' }).click();
      await page.locator('.dialog .change-words').waitFor();
    },
  },
  {
    name: 'heritage-forget',
    route: '#/heritage/core',
    until: '.diff',
    async act(page) {
      await page.getByRole('button', { name: 'Forget old versions…' }).click();
      await page.locator('.forget-backups').waitFor();
    },
  },
];
