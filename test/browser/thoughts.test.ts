import assert from 'node:assert/strict';
import type { TestApp } from './fake/app.ts';
import { freshApp } from './fake/shared.ts';

describe('thoughts', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });
  const inputs = (name: string) =>
    app.companion.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('[W1] by question, with steps, times and what the answer cites; both lead on', async () => {
    await using opened = await app.open('#/thoughts', { until: '.trail' });
    const { page } = opened;
    const cards = await page.locator('.trail').allInnerTexts();
    assert.equal(cards.length, 3);
    assert.match(
      cards[2]!.replace(/\s+/g, ' '),
      /^Why do the scheduler tests .*qwen3:4b.*Read the question .*Looked it up · 52 ms .*Laid out options · 4\.2 s .*Examined them .*Wrote the answer .*Cites/,
    );
    await page.locator('.cited a').first().click();
    await page.waitForFunction(() => location.hash === '#/loops/loop_clock1');
    await page.evaluate(() => history.back());
    await page.getByRole('link', { name: 'Where was I?' }).click();
    await page.waitForFunction(() => location.hash === '#/chat/conv_today1');
    assert.deepEqual(opened.problems, []);
  });

  it('[W1] is searched by words of the thought and of its question, by step and by time', async () => {
    await using opened = await app.open('#/thoughts', { until: '.trail' });
    const { page } = opened;
    await page.getByLabel('Step', { exact: true }).selectOption('critique');
    await page.waitForFunction(() => document.querySelectorAll('.trail').length === 1);
    assert.equal(await page.locator('.step-row').count(), 1);
    await page.getByLabel('Step', { exact: true }).selectOption('any');
    await page.locator('.search-field input').fill('frozen commit');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.trail').length === 1);
    await page.getByLabel('Since').selectOption('day');
    await page.getByText('No thought fits').waitFor();
    await page.getByRole('button', { name: 'Every thought' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.trail').length === 3);
    const last = inputs('thoughts.trails').at(-2) as { text: string; since: number };
    assert.equal(last.text, 'frozen commit');
    assert.ok(last.since > 0);
  });

  it('[W1] where they are off it says so, and one click keeps them again', async () => {
    app.companion.story.settings.language.thoughts = false;
    await using opened = await app.open('#/thoughts', { until: '.strip' });
    await opened.page.getByRole('button', { name: 'Keep thoughts' }).click();
    await opened.page.locator('.strip').waitFor({ state: 'detached' });
    assert.deepEqual(inputs('settings.update'), [{ language: { thoughts: true } }]);
  });

  it('[W1] goes with a conversation that is forgotten, and asks again for nothing else', async () => {
    await using opened = await app.open('#/thoughts', { until: '.trail' });
    const { page } = opened;
    // What is told of the connection while the view opens may ask a second time.
    await page.waitForTimeout(1_300);
    const before = inputs('thoughts.trails').length;
    app.companion.changed('loop.changed');
    await page.waitForTimeout(1_300);
    assert.equal(inputs('thoughts.trails').length, before);
    app.companion.mind.trails = app.companion.mind.trails.slice(1);
    app.companion.changed('conversation.forgotten');
    await page.waitForFunction(() => document.querySelectorAll('.trail').length === 2);
  });
});
