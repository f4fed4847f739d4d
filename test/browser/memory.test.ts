import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';
import { asWebview } from './fake/vscode.ts';

describe('memory', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const calls = (name: string) => app.companion.calls.filter((call) => call.name === name);
  const inputs = (name: string) => calls(name).map(({ input }) => input as Record<string, unknown>);
  const field = (page: Page) => page.locator('.search-field input');
  const rows = (page: Page) => page.locator('.memory-row');
  const more = async (page: Page, name: RegExp, item: string) => {
    await page.getByRole('button', { name }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const said = (page: Page, text: string) =>
    page.locator('[role="status"]', { hasText: text }).first().waitFor({ state: 'attached' });

  it('shows the newest where nothing is asked, with age, author, source and what sets each apart', async () => {
    await using opened = await app.open('#/memory', { until: '.memory-row' });
    const texts = await rows(opened.page).allInnerTexts();
    assert.equal(texts.length, 6);
    assert.match(texts[0] ?? '', /retry timer.*note · Dana · 3 days ago.*scheduler\.ts:91.*pinned/s);
    assert.match(texts[1] ?? '', /said 3 times/);
    assert.match(texts[3] ?? '', /LMDB.*then: The store is SQLite.*held until May 2025/s);
    assert.match(texts[4] ?? '', /private.*written by an agent/s);
    assert.match(texts[5] ?? '', /archived/);
    assert.equal(calls('memories.recall').length, 0);
    assert.deepEqual(opened.problems, []);
  });

  it('asks when typing rests, at once on Enter, and says how much was found', async () => {
    await using opened = await app.open('#/memory', { until: '.memory-row' });
    const { page } = opened;
    // In one turn of the page: between keys pressed from here, a busy machine rests as a person would.
    await field(page).evaluate((input: HTMLInputElement) => {
      for (const letter of 'frozen clock') {
        input.value += letter;
        input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      }
    });
    await page.waitForSelector('.why');
    assert.deepEqual(inputs('memories.recall'), [{ query: 'frozen clock', workspace: WORKSPACE, limit: 25 }]);
    await said(page, '3 memories found');
    await field(page).fill('carriage returns');
    await field(page).press('Enter');
    await page.getByText('1 memory found').first().waitFor();
    assert.match(page.url(), /text=carriage\+returns/);
    await page.goBack();
  });

  it('narrows by kind, by time and by folder, and keeps that in the address', async () => {
    await using opened = await app.open('#/memory?text=clock', { until: '.memory-row' });
    const { page } = opened;
    await page.getByLabel('Kind').selectOption('decision');
    await page.getByText('1 memory found').first().waitFor();
    await page.getByLabel('Where').selectOption('everywhere');
    await page.getByLabel('Since').selectOption('week');
    await page.waitForURL(/kind=decision.*since=week.*everywhere=true/);
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    const last = inputs('memories.recall').at(-1);
    assert.deepEqual(last?.kinds, ['decision']);
    assert.equal(last?.workspace, undefined);
    assert.equal(typeof last?.since, 'number');
  });

  it('tells why in words, and each reason in a sentence when it is opened', async () => {
    await using opened = await app.open('#/memory?text=clock', { until: '.why' });
    const why = opened.page.locator('.why').first();
    assert.match(await why.innerText(), /meaning.*your words.*said around it/s);
    await why.locator('summary').focus();
    await opened.page.keyboard.press('Enter');
    assert.match(await why.innerText(), /4\d %\s*It means something near to your question/);
    assert.doesNotMatch(await why.innerText(), /salience|tokens|neighbours/);
  });

  it('opens the line and the commit that it rests on', async () => {
    await using opened = await app.open('', {
      path: '/webview',
      theme: 'dark',
      viewport: { width: 320, height: 800 },
      prepare: (page) => asWebview(page, { workspace: WORKSPACE, route: 'memory?text=clock' }),
      until: '.memory-row',
    });
    const { page } = opened;
    await page.getByRole('button', { name: 'scheduler.ts:91' }).click();
    await page.getByRole('button', { name: 'a41c9e2' }).click();
    const asked = await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);
    const place = { type: 'open', workspace: WORKSPACE };
    assert.deepEqual(asked, [
      { ...place, target: { kind: 'file', file: 'src/core/scheduler.ts', line: 91 } },
      { ...place, target: { kind: 'commit', commit: 'a41c9e2f00b1' } },
    ]);
    assert.deepEqual(await faultsOf(page), []);
    assert.deepEqual(opened.problems, []);
  });

  it('takes a question from the editor, and gives the field the focus', async () => {
    await using opened = await app.open('', {
      path: '/webview',
      prepare: (page) => asWebview(page, { workspace: WORKSPACE, route: 'brief' }),
      until: '.flight',
    });
    const { page } = opened;
    await page.evaluate(
      (workspace) =>
        postMessage({ type: 'context', workspace, route: 'memory?text=frozen+clock&focus=search' }, '*'),
      WORKSPACE,
    );
    await page.waitForSelector('.why');
    assert.equal(await field(page).inputValue(), 'frozen clock');
    await page.keyboard.type('!');
    assert.notEqual(await field(page).inputValue(), 'frozen clock');
  });

  it('pins, and takes that back', async () => {
    await using opened = await app.open('#/memory?text=clock', { until: '.memory-row' });
    const { page } = opened;
    await page.getByRole('button', { name: /^Pin: Which clock/ }).click();
    await page.getByRole('button', { name: /^Unpin: Which clock/ }).waitFor();
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^Pin: Which clock/ }).waitFor();
    assert.deepEqual(inputs('memories.update'), [
      { id: 'mem_clock1', pinned: true },
      { id: 'mem_clock1', pinned: false },
    ]);
  });

  it('restores from the archive', async () => {
    await using opened = await app.open('#/memory', { until: '.memory-row' });
    const { page } = opened;
    await page.getByRole('button', { name: /^Restore from the archive: Add the scheduler/ }).click();
    await said(page, 'Restored from the archive');
    await page.getByText('archived', { exact: true }).waitFor({ state: 'detached' });
    assert.deepEqual(inputs('memories.restore'), [{ id: 'mem_old001' }]);
  });

  it('shows where else it was said, and comes back to its row', async () => {
    await using opened = await app.open('#/memory?text=clock', {
      until: '.memory-row',
      viewport: { width: 768, height: 900 },
    });
    const { page } = opened;
    await rows(page).nth(1).locator('.title').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Also said').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H2');
    assert.match(await page.locator('.details').innerText(), /c0ffee1.*Known about it.*50 of 100 now/s);
    await page.keyboard.press('Escape');
    await page.locator('.memory-row .title:focus').waitFor();
    assert.match(await page.locator('.memory-row:focus-within').innerText(), /Which clock/);
  });

  describe('forgetting', () => {
    it('shows what would go before it touches anything; Escape leaves it all', async () => {
      await using opened = await app.open('#/memory?text=clock', { until: '.memory-row' });
      const { page } = opened;
      await more(page, /^More for The fake clock/, 'Forget…');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 memory, and with it 1 note and 1 summary').waitFor();
      assert.match(await dialog.innerText(), /retry timer.*2 backups still hold it, until 20 Dec at most/s);
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Cancel');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      assert.match(
        (await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) ?? '',
        /^More for The fake clock/,
      );
      assert.deepEqual(inputs('memories.forget dry'), [{ select: { ids: ['mem_flake1'] }, dryRun: true }]);
      assert.equal(calls('memories.forget').length, 0);
      assert.equal(await rows(page).count(), 3);
    });

    it('forgets on a second word by the keyboard, says so, and goes on at the next row', async () => {
      await using opened = await app.open('#/memory?text=clock', { until: '.memory-row' });
      const { page } = opened;
      await rows(page).first().locator('.title').focus();
      await more(page, /^More for The fake clock/, 'Forget…');
      await page.getByRole('button', { name: 'Forget it' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await said(page, 'Forgotten: 1 memory, and with it 1 note and 1 summary.');
      await page.waitForFunction(() => document.querySelectorAll('.memory-row').length === 2);
      assert.deepEqual(inputs('memories.forget'), [{ select: { ids: ['mem_flake1'] }, dryRun: false }]);
      assert.match(await page.locator('.memory-row:focus-within').innerText(), /Which clock/);
      assert.equal(await page.locator('.toast').getByRole('button', { name: 'Undo' }).count(), 0);
    });

    it('leaves everything where it is when the companion refuses', async () => {
      app.companion.fail.set('memories.forget', ['read_only', 'The disk is full.']);
      await using opened = await app.open('#/memory/mem_flake1', { until: '.details .controls' });
      const { page } = opened;
      await page.locator('.details').getByRole('button', { name: 'Forget…' }).click();
      await page.getByRole('button', { name: 'Forget it' }).click();
      await page.getByText('Nothing was forgotten. The disk is full.').waitFor();
      assert.equal(await rows(page).count(), 6);
    });

    it('says why it cannot tell what would go, and offers no way to do it blindly', async () => {
      app.companion.fail.set('memories.forget dry', ['internal', 'It broke.']);
      await using opened = await app.open('#/memory', { until: '.memory-row' });
      await more(opened.page, /^More for The fake clock/, 'Forget…');
      await opened.page.getByText('What would go cannot be told. It broke.').waitFor();
      assert.equal(await opened.page.getByRole('button', { name: 'Forget it' }).count(), 0);
    });
  });

  describe('what is missing', () => {
    it('says that it found by words alone, and how to add a model', async () => {
      app.companion.means = { meaning: false, covered: 0, note: null };
      await using opened = await app.open('#/memory?text=clock', { until: '.strip' });
      await opened.page.getByText('How to find by meaning, too').click();
      assert.match(await opened.page.locator('.strip').innerText(), /words alone.*progeny\.memory\.model/s);
    });

    it('gives the companion’s own words for a model that cannot be used', async () => {
      const note = 'The sentence model in /m cannot be used: model.onnx is not there.';
      app.companion.means = { meaning: false, covered: 0, note };
      await using opened = await app.open('#/memory?text=clock', { until: '.strip.warning' });
      assert.match(await opened.page.locator('.strip').innerText(), /model\.onnx is not there/);
    });

    it('says how far the index is, and searches again when asked', async () => {
      app.companion.means = { meaning: true, covered: 0.614, note: null };
      await using opened = await app.open('#/memory?text=clock', { until: '.strip' });
      await opened.page.getByText('61 % of memory is read for its meaning').waitFor();
      app.companion.means = { meaning: true, covered: 1, note: null };
      await opened.page.getByRole('button', { name: 'Search again' }).click();
      await opened.page.locator('.strip').waitFor({ state: 'detached' });
    });

    it('leads on where nothing fits, and where nothing is remembered', async () => {
      await using opened = await app.open('#/memory?text=nowhere', { until: '.blank' });
      const { page } = opened;
      await page.getByRole('button', { name: 'Search everywhere' }).click();
      await page.waitForURL(/everywhere=true/);
      app.companion.memories = [];
      await page.evaluate(() => {
        location.hash = '#/memory';
      });
      await page.getByText('Nothing is remembered here yet').waitFor();
      await page.getByText('progeny import PATH').waitFor();
    });

    it('keeps what it has while the companion is away', async () => {
      await using opened = await app.open('#/memory?text=clock', { until: '.memory-row' });
      app.server.drop();
      await opened.page.waitForSelector('.strip.warning');
      assert.equal(await rows(opened.page).count(), 3);
    });
  });

  it('asks again for what concerns memory, and for nothing else', async () => {
    await using opened = await app.open('#/memory?text=clock', { until: '.memory-row' });
    const before = calls('memories.recall').length;
    app.companion.changed('loop.changed');
    await opened.page.waitForTimeout(1300);
    assert.equal(calls('memories.recall').length, before);
    app.companion.memories = app.companion.memories.slice(0, 2);
    app.companion.changed('memory.forgotten');
    await said(opened.page, '2 memories found');
  });
});
