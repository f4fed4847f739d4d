import type { Page } from 'playwright-core';
import { NOW } from './fixtures.ts';
import { aJob } from './overview-samples.ts';
import type { Scene } from './scenes.ts';

const drawn = '.chart-canvas canvas';

/** Makes the page as tall as what it shows, so that one picture has all of it. */
async function whole(page: Page): Promise<void> {
  await page.waitForSelector(drawn);
  await page.evaluate(() => document.fonts.ready);
}

/** The dashboard and the view of jobs, in every state. */
export const OVERVIEW_SCENES: readonly Scene[] = [
  { name: 'dashboard', route: '#/dashboard', until: drawn, act: whole, pictures: 'all' },
  { name: 'dashboard-half-year', route: '#/dashboard?range=180&level=arousal', until: drawn, act: whole },
  {
    name: 'dashboard-week-picked',
    route: '#/dashboard?range=7',
    until: drawn,
    async act(page) {
      await page.getByRole('slider', { name: /^Trust/ }).press('ArrowLeft');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.move.picked');
      await page.getByText('As a table').first().click();
    },
  },
  {
    name: 'dashboard-doctor',
    route: '#/dashboard',
    until: drawn,
    stage({ companion }) {
      const message = 'Only 900 MB of disk are free.';
      const health = [{ subject: 'disk', level: 'warning' as const, message, at: NOW - 60_000 }];
      companion.status = { ...companion.status, state: 'AMNESIA', health };
    },
    async act(page) {
      await page.getByRole('button', { name: 'Check everything' }).click();
      await page.locator('.doctor .checks').waitFor();
      await page.locator('.doctor').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'dashboard-empty',
    route: '#/dashboard',
    until: '.dash-blank',
    stage({ companion }) {
      const { overview } = companion;
      overview.history = [];
      overview.drift = [];
      overview.jobs = [];
      overview.backups = [];
      overview.taps = [];
      overview.loops = () => ({ step: 'day', until: NOW, spans: [] });
      overview.growth = () => ({ step: 'day', until: NOW, before: 0, total: 0, spans: [] });
      const { stats } = overview;
      overview.stats = {
        ...stats,
        ...{ shown: 0, engaged: 0, dismissed: 0, ignored: 0, medianResponseMs: null },
        ...{ byMoment: [], byKind: [], silences: [], adapted: [] },
        budget: { ...stats.budget, today: 0, nextAt: null },
      };
      companion.council.masks = [];
    },
  },
  {
    name: 'dashboard-loading',
    route: '#/dashboard',
    until: '.skeleton',
    stage({ companion }) {
      for (const name of [
        'self.state',
        'loops.history',
        'memories.growth',
        'interruptions.stats',
        'advisers.list',
      ])
        companion.hang.add(name);
    },
  },
  {
    name: 'dashboard-problems',
    route: '#/dashboard',
    until: '.dash-problem',
    stage({ companion }) {
      companion.fail.set('memories.growth', ['internal', 'The thread that reads was lost.']);
      companion.fail.set('self.history', ['internal', 'It broke.']);
      companion.fail.set('jobs.watch', ['rate_limited', 'Too many at once; again in 3 s.']);
    },
  },
  { name: 'jobs', route: '#/jobs', until: '.job-row', pictures: 'all' },
  {
    name: 'jobs-cancel',
    route: '#/jobs',
    until: '.job-row',
    async act(page) {
      await page
        .getByRole('button', { name: 'Cancel: Taking up an archive, /home/dev/archives/chats.jsonl' })
        .click();
      await page.getByText('What was taken up stays').waitFor();
    },
  },
  {
    name: 'jobs-quiet',
    route: '#/jobs',
    until: '.job-ended',
    stage({ companion: { overview } }) {
      overview.jobs = [aJob({ id: 'job_1' })];
      overview.dreams = [];
      overview.backups = [];
    },
  },
  {
    name: 'jobs-empty',
    route: '#/jobs',
    until: '.blank',
    stage({ companion: { overview } }) {
      overview.jobs = [];
      overview.dreams = [];
    },
  },
  {
    name: 'jobs-loading',
    route: '#/jobs',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('jobs.watch'),
  },
  {
    name: 'jobs-problem',
    route: '#/jobs',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('jobs.watch', ['internal', 'It broke.']),
  },
];
