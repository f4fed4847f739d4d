import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { StoryLine } from '../../companion/protocol/index.ts';
import { sampleStoryLine } from '../fixtures/samples.ts';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { NOW, WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';
import { comingLines } from './fake/story-lines.ts';
import { asWebview } from './fake/vscode.ts';

/** Room enough beside what the brief lists. */
const WIDE = { width: 1440, height: 900 };
const HOSTILE = [
  '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">',
  'a'.repeat(10_000),
  '\u202egnp.exe \u2066rtl `code` **bold** [x](javascript:alert(1))',
  '🧑‍🚀 emoji \u0000 nul',
];

describe('the story', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const inputs = (name: string) =>
    app.companion.calls.filter((call) => call.name === name).map(({ input }) => input);
  const rows = (page: Page) => page.locator('.story-row');
  const notes = (page: Page) => page.locator('.story-note');
  const listening = async (n: number) => {
    for (let i = 0; i < 100 && app.companion.story.listening !== n; i++)
      await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(app.companion.story.listening, n);
  };
  const tell = async (...lines: StoryLine[]) => {
    await listening(1);
    for (const line of lines) app.companion.story.tell(line);
  };
  const coming = comingLines(NOW, WORKSPACE);
  const line = (seq: number, change: Partial<StoryLine> = {}) =>
    sampleStoryLine({ id: `story_${seq}`, seq, at: NOW, workspace: WORKSPACE, subject: 'x', ...change });
  /** Time goes on for the page; its timers do by themselves. */
  const later = async (page: Page, ms: number) => {
    await page.clock.setFixedTime(NOW + ms);
    await page.waitForTimeout(400);
  };

  it('[W1] today, newest first, and a day before from its morning on; by keyboard', async () => {
    await using opened = await app.open('#/narration', { until: '.story-row' });
    const { page } = opened;
    assert.match(
      (await rows(page).first().innerText()).replace(/\s+/g, ' '),
      /^09:06 .*Cal: On record: .* decision$/,
    );
    assert.equal(await rows(page).count(), 4);
    assert.match(await rows(page).last().innerText(), /late/);
    await page.getByRole('button', { name: 'The day before: Sunday 23 November' }).click();
    await page.getByText('Nothing was told on Sunday 23 November').waitFor();
    await page.getByLabel('Day', { exact: true }).fill('2025-11-21');
    await page.getByText('Friday 21 November · 8 lines').waitFor();
    assert.deepEqual(await page.locator('.story-day h2').allInnerTexts(), [
      'Morning',
      'Afternoon',
      'Evening',
    ]);
    assert.match(page.url(), /day=2025-11-21/);
    // The arrows go from line to line that leads somewhere; Enter follows it.
    await page.locator('.story-row .title').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#/wheel/run_done01');
    assert.deepEqual(opened.problems, []);
  });

  it('[W1] filters by speaker and importance, and says what is left out', async () => {
    await using opened = await app.open('#/narration?day=2025-11-21', { until: '.story-row' });
    const { page } = opened;
    await page.getByLabel('Speaker').selectOption('Arty');
    await page.getByText('3 of 8 lines').waitFor();
    await page.getByLabel('Importance').selectOption('important');
    await page.getByText('2 of 8 lines').waitFor();
    await page.getByRole('button', { name: 'Today' }).click();
    await page.getByText('No line of this day fits').waitFor();
    await page.getByRole('button', { name: 'Show every line' }).click();
    await rows(page).nth(3).waitFor();
  });

  it('[W1] in plain words nobody says it; who tells, and whether at all, can be changed here', async () => {
    await using opened = await app.open('#/narration', { until: '.story-row' });
    const { page } = opened;
    assert.equal(await page.locator('.story-row .mask-face').count(), 4);
    const choose = async (item: string) => {
      await page.getByRole('button', { name: 'How the story is told' }).click();
      await page.getByRole('menuitemradio', { name: item }).click();
    };
    await choose('Nobody: plain words');
    await page.getByText('Decided: Which clock do the tests use?').first().waitFor();
    assert.equal(await page.locator('.story-row .mask-face').count(), 0);
    await choose('Cal, steady');
    await choose('Never show');
    await page.getByText('over the other views they are muted').waitFor();
    await page.getByRole('button', { name: 'Show again' }).click();
    await page.getByText('over the other views they are muted').waitFor({ state: 'detached' });
    assert.deepEqual(inputs('settings.update'), [
      { narration: { plain: true } },
      { narration: { speaker: 'Cal', plain: false } },
      { narration: { overlay: false } },
      { narration: { overlay: true } },
    ]);
    app.companion.fail.set('settings.update', ['read_only', 'The disk is full.']);
    await choose('Never show');
    await page.getByText('Not changed. The disk is full.').first().waitFor();
  });

  it('[W1] switched off, it says so and is switched on again', async () => {
    app.companion.story.settings.narration.on = false;
    await using opened = await app.open('#/narration', { until: '.strip' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Tell it again' }).click();
    await page.locator('.strip').waitFor({ state: 'detached' });
    assert.deepEqual(inputs('settings.update'), [{ narration: { on: true } }]);
  });

  it('[W1] copies the day as Markdown, and saves it as a file', async () => {
    await using opened = await app.open('#/narration', {
      until: '.story-row',
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    const { page } = opened;
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('The whole day is copied').first().waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^# 2025-11-24\n\n- .*\n/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'story-2025-11-24.md');
    assert.deepEqual(opened.problems, []);
  });

  it('[W1] in the editor the extension is asked to save it', async () => {
    await using opened = await app.open('', {
      path: '/webview',
      viewport: { width: 800, height: 700 },
      prepare: (page) => asWebview(page, { workspace: WORKSPACE, route: 'narration' }),
      until: '.story-row',
    });
    await opened.page.getByRole('button', { name: 'Save' }).click();
    const asked = await opened.page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);
    assert.deepEqual(asked, [
      {
        type: 'save',
        name: 'story-2025-11-24.md',
        text: app.companion.story.day(undefined, undefined).markdown,
      },
    ]);
  });

  it('[W1] what is told while one looks slides in on top, is said once, and one stream serves both views', async () => {
    await using opened = await app.open('#/brief', { until: '.flight', viewport: WIDE });
    const { page } = opened;
    await listening(1);
    await page.evaluate(() => {
      location.hash = '#/narration';
    });
    await rows(page).first().waitFor();
    await tell(coming[0]!);
    const first = rows(page).first();
    await first.getByText('Green after red in atlas.').waitFor();
    const ms = await first.evaluate((row) => row.getAnimations()[0]?.effect?.getTiming().duration ?? 180);
    assert.ok(Number(ms) >= 120 && Number(ms) <= 200, String(ms));
    assert.equal(await notes(page).count(), 0);
    assert.equal(await page.getByRole('status').getByText('Cal: Green after red in atlas.').count(), 1);
    await listening(1);
  });

  it('[W1] over the other views: at most three, as long as it takes to read, held by a pointer', async () => {
    await using opened = await app.open('#/brief', { until: '.flight', viewport: WIDE });
    const { page } = opened;
    await tell(
      line(40, { importance: 0.4, text: 'A commit.' }),
      ...coming,
      line(44, { text: 'The fourth.' }),
    );
    await notes(page).nth(2).waitFor();
    assert.equal(await notes(page).count(), 3);
    await page.getByText('1 more').waitFor();
    assert.equal(await page.getByText('A commit.').count(), 0);
    await page
      .getByRole('status')
      .getByText('Cal: Green after red in atlas.', { exact: false })
      .waitFor({ state: 'attached' });
    await notes(page).first().hover();
    await later(page, 20_000);
    assert.equal(await notes(page).count(), 3);
    await page.mouse.move(300, 300);
    await page.waitForTimeout(300);
    await later(page, 27_000);
    assert.match(await page.locator('.story-over ol').innerText(), /The fourth/);
    await later(page, 40_000);
    assert.equal(await notes(page).count(), 0);
    assert.deepEqual(opened.problems, []);
  });

  it('[W1] is dismissed by keyboard, the focus goes on and comes back', async () => {
    await using opened = await app.open('#/brief', { until: '.flight', viewport: WIDE });
    const { page } = opened;
    await tell(...coming.slice(0, 2));
    await notes(page).nth(1).waitFor();
    const link = page.locator('.flight a').first();
    await link.focus();
    await page.getByRole('button', { name: 'Dismiss' }).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.story-note').length === 1);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Dismiss');
    // The focus holds it.
    await later(page, 25_000);
    assert.equal(await notes(page).count(), 1);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.story-note').length === 0);
    assert.ok(await link.evaluate((element) => element === document.activeElement));
  });

  it('[W1] is muted from where it comes, taken back at once, and silent while muted', async () => {
    await using opened = await app.open('#/brief', { until: '.flight', viewport: WIDE });
    const { page } = opened;
    await tell(coming[0]!);
    await notes(page).first().waitFor();
    await page.getByRole('button', { name: 'Mute the story' }).click();
    await page.getByRole('menuitem', { name: 'For an hour' }).click();
    await page.getByText('Muted for an hour').first().waitFor();
    await listening(0);
    assert.equal(await page.locator('.story-over').count(), 0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await tell(coming[1]!);
    await notes(page).first().waitFor();
    await page.getByRole('button', { name: 'Mute the story' }).click();
    await page.getByRole('menuitem', { name: 'Always' }).click();
    await listening(0);
    assert.deepEqual(inputs('settings.update'), [{ narration: { overlay: false } }]);
    // In the story itself it is told, and not said.
    await page.evaluate(() => {
      location.hash = '#/narration';
    });
    await tell(coming[2]!);
    await rows(page).getByText('is through').first().waitFor();
    assert.equal(await page.getByRole('status').getByText('is through').count(), 0);
  });

  it('[W1] lies on nothing that can be used, in every view, at every width', async function () {
    this.timeout(60_000);
    const routes = [
      '#/brief',
      '#/loops',
      '#/memory',
      '#/review',
      '#/chat/conv_today1',
      '#/council',
      '#/wheel/run_lint01',
    ];
    await using opened = await app.open('#/brief', { until: '.flight', viewport: WIDE, reducedMotion: true });
    const { page } = opened;
    await tell(...coming);
    await notes(page).nth(2).waitFor({ state: 'attached' });
    let seen = 0;
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      for (const route of routes) {
        await page.evaluate((hash) => {
          location.hash = hash;
        }, route);
        await page.waitForTimeout(600);
        await page.mouse.wheel(0, 120);
        await page.waitForTimeout(500);
        const covered = await page.evaluate(() => {
          const own = document.querySelector<HTMLElement>('.story-over');
          if (!own?.checkVisibility({ visibilityProperty: true })) return null;
          const box = own.getBoundingClientRect();
          const inside =
            box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
          const on = [
            ...document.querySelectorAll<HTMLElement>(
              'a[href], button, input, select, textarea, summary, vscode-textfield',
            ),
          ]
            .filter(
              (element) => !own.contains(element) && element.checkVisibility({ visibilityProperty: true }),
            )
            .filter((element) => {
              const each = element.getBoundingClientRect();
              return (
                each.left < box.right &&
                box.left < each.right &&
                each.top < box.bottom &&
                box.top < each.bottom
              );
            })
            .map((element) => element.outerHTML.slice(0, 80));
          return inside ? on : ['outside of the window'];
        });
        if (covered !== null) seen++;
        assert.deepEqual(covered ?? [], [], `${route} at ${width}`);
      }
    }
    assert.ok(seen >= 8, `shown in ${seen} of 21`);
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  });

  it('[W1] not before a dialog; not in low panes, nor in those as narrow as a side bar; nothing while hidden', async () => {
    await using opened = await app.open('#/loops', { until: '.loop-row' });
    const { page } = opened;
    await listening(1);
    await page.getByRole('button', { name: 'New thread' }).click();
    await page.locator('dialog[open]').waitFor();
    await tell(coming[0]!);
    await notes(page).first().waitFor({ state: 'attached' });
    assert.equal(await page.locator('.story-over').isVisible(), false);
    await page.keyboard.press('Escape');
    await page.locator('.story-over').waitFor({ state: 'visible' });
    await page.setViewportSize({ width: 1024, height: 320 });
    await listening(0);
    await page.setViewportSize({ width: 1024, height: 700 });
    await listening(1);
    const hide = (state: string) =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await hide('hidden');
    await listening(0);
    await hide('visible');
    await listening(1);
  });

  it('[W1] in a side bar of the editor nothing comes over the view', async () => {
    const loaded: string[] = [];
    await using opened = await app.open('', {
      path: '/webview',
      viewport: { width: 320, height: 800 },
      async prepare(page) {
        page.on('request', (request) => loaded.push(request.url()));
        await asWebview(page, { workspace: WORKSPACE, route: 'brief' });
      },
      until: '.flight',
    });
    await opened.page.waitForTimeout(800);
    app.companion.story.tell(coming[0]!);
    await opened.page.waitForTimeout(400);
    assert.equal(await notes(opened.page).count(), 0);
    assert.ok(loaded.some((name) => name.includes('brief-route')));
    assert.ok(!loaded.some((name) => name.includes('story-overlay')), 'not even its code');
  });

  it('[W6] shows hostile words as what they are: text', async () => {
    app.companion.story.lines = HOSTILE.map((text, i) =>
      line(i + 1, { text, plain: text, at: NOW - i * 60_000, about: { kind: 'loop', id: 'loop_clock1' } }),
    );
    app.companion.mind.trails = HOSTILE.map((text, i) => ({
      turn: {
        ...app.companion.mind.trails[0]!.turn!,
        id: `turn_bad${i}`,
        question: text,
        citations: [
          {
            n: 1,
            kind: 'file',
            id: null,
            title: text,
            excerpt: text,
            workspace: WORKSPACE,
            file: 'a.ts',
            at: NOW,
          },
        ],
      },
      thoughts: [
        { id: `thought_bad${i}`, turn: null, at: NOW, step: 'synthesis', text, answeredBy: null, ms: 1 },
      ],
    }));
    await using opened = await app.open('#/narration', {
      until: '.story-row',
      viewport: { width: 360, height: 740 },
    });
    const { page } = opened;
    const look = async () => {
      assert.doesNotMatch(await page.title(), /owned/);
      assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
      assert.deepEqual(await faultsOf(page), []);
    };
    await look();
    await page.evaluate(() => {
      location.hash = '#/thoughts';
    });
    await page.locator('.trail').first().waitFor();
    await look();
    await page.evaluate(() => {
      location.hash = '#/brief';
    });
    await page.locator('.flight').first().waitFor();
    await tell(line(90, { text: HOSTILE[0]!, plain: 'x' }), line(91, { text: HOSTILE[1]!, plain: 'x' }));
    await notes(page).nth(1).waitFor({ state: 'attached' });
    await page.waitForTimeout(600);
    await look();
    assert.deepEqual(opened.problems, []);
  });
});
