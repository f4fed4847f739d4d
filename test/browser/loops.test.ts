import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { screenshot, type TestApp } from './fake/app.ts';
import { axeFaults } from './fake/faults.ts';
import { WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';

const titles = (page: Page) => page.locator('.loop-row .title').allInnerTexts();

describe('open threads', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });
  const open = (route = '#/loops', until = '.loop-row') => app.open(route, { until });
  const updates = () =>
    app.companion.calls.filter(({ name }) => name === 'loops.update').map(({ input }) => input);

  it('filters by text, origin and status, sorts, and keeps it in the address', async () => {
    await using opened = await open();
    const { page } = opened;
    assert.equal((await titles(page)).length, 5);
    await page.getByRole('textbox', { name: 'Filter by text' }).fill('scheduler 88');
    await page.waitForFunction(() => document.querySelectorAll('.loop-row').length === 1);
    await page.getByRole('textbox', { name: 'Filter by text' }).fill('');
    await page.getByLabel('Origin').selectOption('todo');
    assert.deepEqual(await titles(page), ['TODO parser.ts:41 “handle CRLF”']);
    await page.getByLabel('Origin').selectOption('any');
    await page.getByLabel('Order').selectOption('title');
    assert.equal((await titles(page))[0], 'feature/import');
    await page.getByLabel('Status').selectOption('closed');
    await page.getByRole('link', { name: 'fix/encoding' }).waitFor();
    assert.match(page.url(), /scope=closed&order=title|order=title&scope=closed/);
    await page.reload();
    await page.getByRole('link', { name: 'fix/encoding' }).waitFor();
  });

  it('shows a change at once, takes it back when the companion refuses, and says why', async () => {
    await using opened = await open();
    const { page } = opened;
    app.companion.hang.add('loops.update');
    await page.getByRole('button', { name: 'Done: feature/import' }).click();
    assert.ok(!(await titles(page)).includes('feature/import'));
    await page.reload();
    await page.waitForSelector('.loop-row');
    app.companion.hang.clear();
    app.companion.fail.set('loops.update', ['read_only', 'The disk is full.']);
    await page.getByRole('button', { name: 'Done: feature/import' }).click();
    await page.getByText('Not changed: feature/import. The disk is full.').waitFor();
    assert.ok((await titles(page)).includes('feature/import'));
  });

  it('does what the buttons say, and takes it back', async () => {
    await using opened = await open('#/loops/loop_import', '.details h2');
    const { page } = opened;
    await page.getByRole('button', { name: 'Later, in a week' }).click();
    await page.getByText('Put off by a week: feature/import').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back: feature/import').waitFor();
    await page.getByRole('combobox', { name: 'Priority' }).selectOption('high');
    await page.getByText('High priority: feature/import').waitFor();
    await page.getByText('Private: never exported').click();
    await page.getByText('Private: feature/import').waitFor();
    await page.getByRole('button', { name: 'Drop', exact: true }).click();
    await page.getByText('Dropped: feature/import').waitFor();
    assert.deepEqual(
      updates().map((input) =>
        Object.fromEntries(Object.entries(input as object).filter(([key]) => key !== 'deferUntil')),
      ),
      [
        { id: 'loop_import', status: 'deferred' },
        { id: 'loop_import', status: 'open' },
        { id: 'loop_import', priority: 'high' },
        { id: 'loop_import', private: true },
        { id: 'loop_import', status: 'dropped' },
      ],
    );
  });

  it('says in the details how far a thread has gone beyond its scope, why, and since when; nothing of one without a rating', async () => {
    await using opened = await open('#/loops/loop_import', '.drift');
    const { page } = opened;
    const part = page.locator('.drift');
    const text = (await part.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /^Scope drift .*Volatile 46 %, fairly sure · 12 min ago/);
    assert.match(
      await part.locator('.drift-reasons li').first().innerText(),
      /^9 of 12 edited files lie outside of src\/import/,
    );
    assert.equal(
      await part.getByRole('img').getAttribute('aria-label'),
      '14 hours with work: from 2 % to 46 %',
    );
    assert.match(await part.innerText(), /Measured against its scope as it was learned/);
    assert.deepEqual(await axeFaults(page), []);
    await screenshot(page, 'loop-drift');
    const [newest] = app.companion.drift.loop_import!;
    app.companion.drift.loop_import = [
      { ...newest!, band: 'stable', rating: 0.05, reasons: ['The work keeps to src/import'] },
    ];
    app.companion.changed('drift.rated');
    await part.getByText('Within scope').waitFor();
    await page.evaluate(() => {
      location.hash = '#/loops/loop_clock1';
    });
    await page.getByRole('heading', { name: 'fix/clock' }).waitFor();
    assert.equal(await page.locator('.drift').count(), 0);
    assert.deepEqual(opened.problems, []);
  });

  it('is worked with the keyboard alone', async () => {
    await using opened = await open();
    const { page } = opened;
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      );
    await page.locator('.loop-row .title').first().focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'feature/import');
    await page.keyboard.press('End');
    assert.match(await focused(), /Write down why SQLite|Stash/);
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Done: fix/clock');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(), /Later, in a week/);
    await page.keyboard.press('Escape');
    assert.equal(await focused(), 'More for fix/clock');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Done: fix/clock').first().waitFor();
    assert.equal(await focused(), 'feature/import');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.details h2');
    assert.equal(await focused(), 'feature/import');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.details', { state: 'detached' });
    assert.equal(await focused(), 'feature/import');
  });

  it('opens a thread by hand', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByRole('button', { name: 'New thread' }).click();
    await page.keyboard.type('Ship the beta');
    await page
      .getByRole('textbox', { name: 'What should you know when you come back?' })
      .fill('Ask Bo first.');
    await page.getByRole('button', { name: 'Open thread' }).click();
    await page.getByRole('heading', { name: 'Ship the beta' }).waitFor();
    assert.deepEqual(app.companion.calls.findLast(({ name }) => name === 'loops.open')?.input, {
      workspace: WORKSPACE,
      title: 'Ship the beta',
      context: 'Ask Bo first.',
      priority: 'normal',
      anchors: [],
      private: false,
    });
  });

  it('adds a note to a thread, and one by its place', async () => {
    await using opened = await open('#/loops/loop_clock1', '.notes li');
    const { page } = opened;
    await page.getByRole('textbox', { name: 'Add a note' }).fill('Bo says yes.');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('.notes').getByText('Bo says yes.').waitFor();
    await page.getByRole('link', { name: 'All threads' }).click();
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.keyboard.type('CRLF breaks the offsets');
    await page.getByRole('textbox', { name: 'Where? (optional)' }).fill('src/parser.ts:41');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.waitForSelector('.details h2');
    assert.deepEqual(app.companion.calls.findLast(({ name }) => name === 'whispers.add')?.input, {
      workspace: WORKSPACE,
      text: 'CRLF breaks the offsets',
      file: 'src/parser.ts',
      line: 41,
    });
  });

  it('shows a thread that is closed, and one of any folder', async () => {
    await using opened = await open('#/loops/loop_done01', '.details h2');
    assert.match(await opened.page.locator('.details').innerText(), /Merged · from branch/);
    await opened.page.getByRole('link', { name: 'All threads' }).click();
    await opened.page.getByText('All folders').click();
    await opened.page.waitForFunction(() => location.hash.includes('everywhere=true'));
    const asksForAll = () => {
      const last = app.companion.calls.findLast(({ name }) => name === 'loops.list');
      return last !== undefined && !('workspace' in (last.input as object));
    };
    for (let tries = 0; tries < 100 && !asksForAll(); tries++) await opened.page.waitForTimeout(50);
    assert.ok(asksForAll());
  });
});
