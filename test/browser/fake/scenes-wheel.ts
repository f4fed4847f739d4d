import type { Scene } from './scenes.ts';

const LINT = '#/wheel/run_lint01';

/** Delegated work and the leave for it, in their states. */
export const WHEEL_SCENES: readonly Scene[] = [
  { name: 'wheel', route: '#/wheel', until: '.recipe', pictures: 'all' },
  {
    name: 'wheel-recipe',
    route: '#/wheel',
    until: '.recipe',
    act: (page) => page.getByRole('button', { name: 'Preview: Apply a patch' }).click(),
  },
  {
    name: 'wheel-empty',
    route: '#/wheel',
    until: '.recipe',
    stage({ companion }) {
      companion.wheel.runs = [];
    },
  },
  {
    name: 'wheel-loading',
    route: '#/wheel',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('wheel.list'),
  },
  {
    name: 'wheel-problem',
    route: '#/wheel',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('wheel.list', ['internal', 'It broke.']),
  },
  { name: 'wheel-preview', route: LINT, until: '.file', pictures: 'all' },
  {
    name: 'wheel-diff',
    route: LINT,
    until: '.file',
    pictures: 'all',
    async act(page) {
      await page.getByRole('button', { name: /src\/queue\.ts/ }).click();
      await page.locator('.diff').waitFor();
      await page.getByLabel('Accept media/mark.png').uncheck();
    },
  },
  {
    name: 'wheel-countdown',
    route: LINT,
    until: '.countdown',
    pictures: 'all',
    stage: ({ companion }) => void companion.wheel.count('run_lint01', 'click', 4000),
  },
  {
    name: 'wheel-silence',
    route: LINT,
    until: '.countdown.still',
    stage({ companion }) {
      companion.wheel.count('run_lint01', 'silence', 27_000);
      companion.fail.set('wheel.seen', ['conflict', 'Not now.']);
    },
  },
  {
    name: 'wheel-changed',
    route: LINT,
    until: '.file',
    async act(page, { companion }) {
      companion.wheel.change('run_lint01', { digest: 'sha256:ffff' });
      await page.getByText('It was planned anew').waitFor();
    },
  },
  {
    name: 'wheel-acting',
    route: LINT,
    until: '.file',
    stage({ companion: { wheel } }) {
      const [first, second, third] = wheel.get('run_lint01').steps;
      wheel.change('run_lint01', {
        status: 'acting',
        reason: null,
        steps: [{ ...first!, status: 'done' }, { ...second!, status: 'running' }, third!],
      });
    },
  },
  { name: 'wheel-done', route: '#/wheel/run_done01', until: '.file', pictures: 'all' },
  {
    name: 'wheel-undone',
    route: '#/wheel/run_done01',
    until: '.conflicts',
    stage: ({ companion }) => void companion.wheel.undo('run_done01', undefined),
  },
  { name: 'wheel-rolled-back', route: '#/wheel/run_back01', until: '.run-report' },
  { name: 'wheel-agent', route: '#/wheel/run_agent1', until: '.run-bar' },
  { name: 'wheel-gone', route: '#/wheel/run_gone1', until: '.blank' },
  {
    name: 'wheel-lost',
    route: LINT,
    until: '.file',
    async act(page, server) {
      server.drop();
      await page.getByText('a yes cannot be given now').waitFor();
    },
  },
  { name: 'grants', route: '#/grants', until: '.card', pictures: 'all' },
  {
    name: 'grants-give',
    route: '#/grants',
    until: '.card',
    async act(page) {
      await page.getByRole('button', { name: 'Give leave' }).click();
      await page.getByLabel('For what').selectOption('command');
      await page.locator('.dialog vscode-textfield input').fill('npm run "lint all"');
    },
  },
  {
    name: 'grants-empty',
    route: '#/grants',
    until: '.blank',
    stage({ companion }) {
      companion.wheel.grants = [];
    },
  },
  {
    name: 'grants-loading',
    route: '#/grants',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('grants.list'),
  },
];
