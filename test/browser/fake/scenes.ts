import type { Page } from 'playwright-core';
import { WIRE_ERRORS } from '../../../companion/protocol/index.ts';
import type { OpenOptions } from './app.ts';
import { NOW } from './fixtures.ts';
import { GLOBE_SCENES } from './scenes-globe.ts';
import { MASKS_SCENES } from './scenes-masks.ts';
import { MIND_SCENES } from './scenes-mind.ts';
import { OVERVIEW_SCENES } from './scenes-overview.ts';
import { RECORD_SCENES } from './scenes-records.ts';
import { STORY_SCENES } from './scenes-story.ts';
import { WHEEL_SCENES } from './scenes-wheel.ts';
import { CODE_ALONE, type FakeServer } from './server.ts';

/** A view in a state: how the companion stands, where to go, what then is there. */
export interface Scene {
  name: string;
  route: string;
  until: string;
  options?: OpenOptions;
  /** It stands for its view: looked at closely in every theme and width. Of another, two pictures tell enough. */
  pictures?: 'all';
  /** It draws with WebGL, which takes its time without a graphics card. */
  slow?: true;
  stage?(server: FakeServer): void;
  act?(page: Page, server: FakeServer): Promise<void>;
}

const warning = { subject: 'store', level: 'warning', at: NOW - 60_000 } as const;

export const SCENES: readonly Scene[] = [
  { name: 'brief', route: '#/brief', until: '.flight', pictures: 'all' },
  { name: 'loops', route: '#/loops', until: '.loop-row', pictures: 'all' },
  { name: 'loop', route: '#/loops/loop_clock1', until: '.notes li', pictures: 'all' },
  { name: 'memory', route: '#/memory?text=the frozen clock', until: '.memory-row', pictures: 'all' },
  {
    name: 'memory-why',
    route: '#/memory?text=clock',
    until: '.memory-row',
    act: (page) => page.locator('.why summary').first().click(),
  },
  {
    name: 'memory-all',
    route: '#/memory?text=why',
    until: '.memory-row',
    stage({ companion }) {
      companion.means = { meaning: true, covered: 0.61, note: null };
    },
    act: (page) => page.getByRole('button', { name: 'Show all' }).click(),
  },
  ...MIND_SCENES,
  ...WHEEL_SCENES,
  ...GLOBE_SCENES,
  ...MASKS_SCENES,
  ...STORY_SCENES,
  ...OVERVIEW_SCENES,
  ...RECORD_SCENES,
  { name: 'memory-newest', route: '#/memory', until: '.memory-row' },
  { name: 'memory-details', route: '#/memory/mem_clock1?text=clock', until: '.notes li', pictures: 'all' },
  {
    name: 'memory-amnesia',
    route: '#/memory?text=clock',
    until: '.strip',
    stage({ companion }) {
      companion.means = { meaning: false, covered: 0, note: null };
    },
    act: (page) => page.getByText('How to find by meaning, too').click(),
  },
  {
    name: 'memory-empty',
    route: '#/memory',
    until: '.blank',
    stage({ companion }) {
      companion.memories = [];
    },
  },
  { name: 'memory-none', route: '#/memory?text=nowhere', until: '.blank' },
  {
    name: 'memory-loading',
    route: '#/memory?text=clock',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('memories.recall'),
  },
  { name: 'review', route: '#/review', until: '.review-row', pictures: 'all' },
  {
    name: 'review-evidence',
    route: '#/review',
    until: '.review-row',
    act: (page) => page.locator('.review-row .title').first().click(),
  },
  { name: 'review-all', route: '#/review?show=all', until: '.review-row', pictures: 'all' },
  {
    name: 'review-except',
    route: '#/review',
    until: '.review-row',
    pictures: 'all',
    act: (page) => page.getByRole('button', { name: 'Add context' }).first().click(),
  },
  {
    name: 'review-empty',
    route: '#/review',
    until: '.blank',
    stage({ companion }) {
      companion.beliefs = [];
      companion.moreBeliefs = 0;
    },
  },
  {
    name: 'review-loading',
    route: '#/review',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('review.queue'),
  },
  {
    name: 'review-problem',
    route: '#/review',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('review.queue', ['internal', 'It broke.']),
  },
  {
    name: 'forget',
    route: '#/memory?text=clock',
    until: '.memory-row',
    pictures: 'all',
    async act(page) {
      await page
        .getByLabel(/^More for The fake clock/)
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Forget…' }).click();
      await page.waitForSelector('.forget-preview');
    },
  },
  { name: 'convergence', route: '#/convergence', until: '.question', pictures: 'all' },
  {
    name: 'convergence-question',
    route: '#/convergence',
    until: 'progress',
    pictures: 'all',
    stage: ({ companion }) => companion.onboarding.say(1),
  },
  {
    name: 'convergence-choice',
    route: '#/convergence?at=overwhelm',
    until: '.options',
    pictures: 'all',
    stage: ({ companion }) => companion.onboarding.say(3),
  },
  {
    name: 'convergence-refused',
    route: '#/convergence?at=peakHours&form=short',
    until: 'progress',
    async act(page) {
      await page.locator('.answer input').fill('mornings');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('received "mornings"').waitFor();
    },
  },
  {
    name: 'convergence-mirror',
    route: '#/convergence',
    until: '.mirror',
    pictures: 'all',
    stage: ({ companion }) => companion.onboarding.say(8),
  },
  {
    name: 'convergence-correct',
    route: '#/convergence',
    until: '.mirror',
    stage: ({ companion }) => companion.onboarding.say(8),
    act: (page) => page.getByRole('button', { name: 'Change: What breaks it' }).click(),
  },
  {
    name: 'convergence-kept',
    route: '#/convergence',
    until: '.mirror',
    stage({ companion }) {
      companion.onboarding.say(8);
      companion.onboarding.finish();
    },
  },
  {
    name: 'convergence-skipped',
    route: '#/convergence',
    until: '.blank',
    stage: ({ companion }) => void companion.onboarding.skip(undefined),
  },
  { name: 'convergence-machine', route: '#/convergence?at=machine', until: '.findings', pictures: 'all' },
  {
    name: 'convergence-no-folder',
    route: '#/convergence',
    until: '.question',
    options: { code: CODE_ALONE },
    stage({ companion }) {
      companion.status = { ...companion.status, workspaces: [] };
    },
  },
  {
    name: 'board',
    route: '#/loops?scope=all',
    until: '.loop-row',
    async act(page) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.getByRole('button', { name: 'Show as a board' }).click();
    },
  },
  {
    name: 'brief-empty',
    route: '#/brief',
    until: '.blank',
    stage({ companion }) {
      companion.brief = {
        ...companion.brief,
        last: null,
        loops: [],
        openLoops: 0,
        away: [],
        next: [],
        awayMs: null,
      };
    },
  },
  {
    name: 'brief-scanning',
    route: '#/brief',
    until: '.strip',
    stage({ companion }) {
      companion.brief = {
        ...companion.brief,
        coverage: 'scanning',
        notes: ['2,400 of about 20,000 commits are read.'],
      };
    },
  },
  {
    name: 'brief-partial',
    route: '#/brief',
    until: '.strip.warning',
    stage({ companion }) {
      companion.brief = {
        ...companion.brief,
        coverage: 'partial',
        notes: ['The stashes could not be read: git is older than 2.25.', 'TODOs in vendor/ are left out.'],
      };
    },
  },
  {
    name: 'brief-loading',
    route: '#/brief',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('brief.get'),
  },
  {
    name: 'brief-gone',
    route: '#/brief',
    until: '.blank',
    stage: ({ companion }) =>
      companion.fail.set('brief.get', ['workspace_gone', WIRE_ERRORS.workspace_gone.meaning]),
  },
  {
    name: 'trouble',
    route: '#/brief',
    until: '.strip.error',
    stage({ companion }) {
      const full = 'The disk has 120 MB left, so nothing is written. Free some space.';
      const health = [
        { ...warning, message: 'The store was not closed cleanly; it has been checked and is whole.' },
        { ...warning, subject: 'disk', level: 'error' as const, message: full },
      ];
      companion.status = { ...companion.status, state: 'READ_ONLY', pausedUntil: NOW + 30 * 60_000, health };
    },
    act: (page) => page.locator('summary').click(),
  },
  {
    name: 'loops-empty',
    route: '#/loops',
    until: '.blank',
    stage({ companion }) {
      companion.loops = [];
      companion.status = { ...companion.status, mode: 'slumber' };
    },
  },
  { name: 'loops-none-match', route: '#/loops?text=nowhere', until: '.blank' },
  {
    name: 'new-thread',
    route: '#/loops',
    until: '.loop-row',
    async act(page) {
      await page.getByRole('button', { name: 'New thread' }).click();
      await page.getByRole('button', { name: 'Open thread' }).click();
    },
  },
  {
    name: 'row-menu',
    route: '#/loops',
    until: '.loop-row',
    act: (page) => page.getByLabel('More for fix/clock').first().click(),
  },
  {
    name: 'appearance',
    route: '#/brief',
    until: '.flight',
    act: (page) => page.getByLabel('Appearance').first().click(),
  },
  {
    name: 'notice',
    route: '#/loops',
    until: '.loop-row',
    act: (page) => page.getByRole('button', { name: 'Done: feature/import' }).click(),
  },
  {
    name: 'down',
    route: '#/brief',
    until: '.blank',
    stage(server) {
      server.up = false;
    },
  },
  { name: 'lost', route: '#/brief', until: '.flight', act: (page, server) => lose(page, server) },
  {
    name: 'incompatible',
    route: '#/brief',
    until: '.blank',
    stage: ({ companion }) =>
      companion.fail.set('system.hello', [
        'incompatible',
        'The companion speaks contract versions 2 to 2, this client 1 to 1. Update this client (the extension or the command line tool).',
      ]),
  },
  {
    name: 'no-folder',
    route: '#/brief',
    until: '.blank',
    options: { code: CODE_ALONE },
    stage({ companion }) {
      companion.status = { ...companion.status, workspaces: [] };
    },
  },
  { name: 'login', route: '', until: '.login', options: { code: null } },
];

async function lose(page: Page, server: FakeServer): Promise<void> {
  server.drop();
  await page.waitForSelector('.strip.warning');
}
