import type { Page } from 'playwright-core';
import type { Scene } from './scenes.ts';

async function askInPage(page: Page, question: string): Promise<void> {
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
}

/** Questions and answers, and the council, in their states. */
export const MIND_SCENES: readonly Scene[] = [
  { name: 'chat', route: '#/chat/conv_today1', until: '.sources', pictures: 'all' },
  { name: 'chat-by-model', route: '#/chat/conv_clock1', until: '.sources' },
  {
    name: 'chat-new',
    route: '#/chat?new=1',
    until: '.blank',
    pictures: 'all',
    act: async (page) => {
      await page.getByText('How to have one write the answers').click();
      await page.getByText('Nothing answers at 127.0.0.1:11434').waitFor();
    },
  },
  {
    name: 'chat-place',
    route: '#/chat?new=1&file=src/core/scheduler.ts&line=88&selection=one%0Atwo',
    until: '.place-chip',
  },
  {
    name: 'chat-step',
    route: '#/chat?new=1',
    until: '.blank',
    stage({ companion }) {
      companion.mind.holdAfter = 0;
    },
    act: async (page) => {
      await askInPage(page, 'Where was I?');
      await page.getByText('Looking through what is remembered').first().waitFor();
    },
  },
  {
    name: 'chat-writing',
    route: '#/chat?new=1',
    until: '.blank',
    pictures: 'all',
    stage({ companion }) {
      companion.mind.holdAfter = 30;
    },
    act: async (page) => {
      await askInPage(page, 'Where was I?');
      await page.getByText('not committed').first().waitFor();
    },
  },
  {
    name: 'chat-refused',
    route: '#/chat?new=1',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('chat.ask', ['read_only', 'The disk is full.']),
    act: async (page) => {
      await askInPage(page, 'Where was I?');
      await page.getByText('Not asked. The disk is full.').waitFor();
    },
  },
  { name: 'chat-earlier', route: '#/chat?show=earlier', until: '.loop-row', pictures: 'all' },
  {
    name: 'chat-forget',
    route: '#/chat?show=earlier',
    until: '.loop-row',
    act: (page) => page.getByRole('button', { name: 'Forget: Where was I?' }).click(),
  },
  {
    name: 'chat-none',
    route: '#/chat?show=earlier',
    until: '.blank',
    stage({ companion }) {
      companion.mind.turns = [];
    },
  },
  { name: 'chat-gone', route: '#/chat/conv_gone1', until: '.blank' },
  {
    name: 'chat-loading',
    route: '#/chat/conv_today1',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('chat.turns'),
  },
  { name: 'council', route: '#/council', until: '.loop-row', pictures: 'all' },
  { name: 'council-question', route: '#/council/prop_import1', until: '.ballot', pictures: 'all' },
  { name: 'council-decided', route: '#/council/prop_where01', until: '.decided' },
  {
    name: 'council-reason',
    route: '#/council/prop_import1',
    until: '.ballot',
    act: async (page) => {
      await page.getByRole('button', { name: 'fork' }).click();
      await page.getByRole('button', { name: 'Decide' }).click();
    },
  },
  {
    name: 'council-ask',
    route: '#/council?ask=1',
    until: '.dialog[open]',
    pictures: 'all',
    act: (page) => page.getByRole('button', { name: 'Ask', exact: true }).click(),
  },
  { name: 'council-fate', route: '#/council?fate=loop_import', until: '.dialog[open] bdi' },
  {
    name: 'council-empty',
    route: '#/council',
    until: '.blank',
    stage({ companion }) {
      companion.council.proposals = [];
    },
  },
  {
    name: 'council-loading',
    route: '#/council',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('council.list'),
  },
];
