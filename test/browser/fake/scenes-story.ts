import { NOW, WORKSPACE } from './fixtures.ts';
import type { Scene } from './scenes.ts';
import type { FakeServer } from './server.ts';
import { comingLines } from './story-lines.ts';

const FRIDAY = '2025-11-21';

/** Lines come while the page is looked at; `n` of them are over it. */
async function tell({ companion }: FakeServer, n = 3): Promise<void> {
  for (let i = 0; i < 100 && companion.story.listening === 0; i++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  for (const line of comingLines(NOW, WORKSPACE).slice(0, n)) companion.story.tell(line);
}

/** The story in its states, its lines over other views, and what was thought on the way to answers. */
export const STORY_SCENES: readonly Scene[] = [
  { name: 'story', route: '#/narration', until: '.story-row', pictures: 'all' },
  {
    name: 'story-day',
    route: `#/narration?day=${FRIDAY}`,
    until: '.story-row',
    pictures: 'all',
  },
  {
    name: 'story-plain',
    route: `#/narration?day=${FRIDAY}`,
    until: '.story-row',
    stage({ companion: { story } }) {
      story.settings.narration.plain = true;
    },
  },
  {
    name: 'story-menu',
    route: '#/narration',
    until: '.story-row',
    act: (page) => page.getByRole('button', { name: 'How the story is told' }).click(),
  },
  {
    name: 'story-live',
    route: '#/narration',
    until: '.story-row',
    async act(page, server) {
      await tell(server);
      await page.locator('.story-row', { hasText: 'is through' }).waitFor();
    },
  },
  {
    name: 'story-none-fits',
    route: '#/narration?speaker=Arty&from=important',
    until: '.blank',
  },
  { name: 'story-empty-day', route: '#/narration?day=2025-11-04', until: '.blank .button' },
  {
    name: 'story-empty',
    route: '#/narration',
    until: '.blank a',
    stage({ companion: { story } }) {
      story.lines = [];
    },
  },
  {
    name: 'story-off',
    route: '#/narration',
    until: '.strip',
    stage({ companion: { story } }) {
      story.settings.narration.on = false;
    },
  },
  {
    name: 'story-loading',
    route: '#/narration',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('story.day'),
  },
  {
    name: 'story-problem',
    route: '#/narration',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('story.day', ['internal', 'It broke.']),
  },
  {
    name: 'overlay',
    route: '#/brief',
    until: '.flight',
    pictures: 'all',
    async act(page, server) {
      await tell(server);
      await page.locator('.story-note').nth(2).waitFor({ state: 'attached' });
    },
  },
  {
    name: 'overlay-loops',
    route: '#/loops',
    until: '.loop-row',
    async act(page, server) {
      await tell(server, 1);
      await page.locator('.story-note').first().waitFor({ state: 'attached' });
    },
  },
  {
    name: 'overlay-chat',
    route: '#/chat/conv_today1',
    until: '.sources',
    async act(page, server) {
      await tell(server, 2);
      await page.locator('.story-note').nth(1).waitFor({ state: 'attached' });
    },
  },
  { name: 'thoughts', route: '#/thoughts', until: '.trail', pictures: 'all' },
  { name: 'thoughts-found', route: '#/thoughts?text=clock&step=critique', until: '.trail' },
  { name: 'thoughts-none-fits', route: '#/thoughts?text=nowhere', until: '.blank' },
  {
    name: 'thoughts-empty',
    route: '#/thoughts',
    until: '.blank',
    stage({ companion }) {
      companion.mind.trails = [];
    },
  },
  {
    name: 'thoughts-off',
    route: '#/thoughts',
    until: '.strip',
    stage({ companion: { story } }) {
      story.settings.language.thoughts = false;
    },
  },
  {
    name: 'thoughts-loading',
    route: '#/thoughts',
    until: '.skeleton',
    stage: ({ companion }) => companion.hang.add('thoughts.trails'),
  },
  {
    name: 'thoughts-problem',
    route: '#/thoughts',
    until: '.blank',
    stage: ({ companion }) => companion.fail.set('thoughts.trails', ['internal', 'It broke.']),
  },
];
