import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';
import { asWebview } from './fake/vscode.ts';

describe('chat', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const inputs = (name: string) =>
    app.companion.calls
      .filter((call) => call.name === name)
      .map(({ input }) => input as Record<string, unknown>);
  const field = (page: Page) => page.getByLabel('Your question');
  const ask = async (page: Page, question: string) => {
    await field(page).fill(question);
    await page.keyboard.press('Enter');
  };
  const asked = (page: Page) => page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);
  const asView = (route: string, until: string) =>
    app.open('', {
      path: '/webview',
      theme: 'dark',
      viewport: { width: 360, height: 800 },
      prepare: (page) => asWebview(page, { workspace: WORKSPACE, route }),
      until,
    });
  const distance = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollHeight - innerHeight - scrollY);

  it('[C8] asks with Enter, streams the answer in order, and ends with sources that are numbered in the text', async () => {
    app.companion.mind.holdAfter = 12;
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    const { page } = opened;
    await ask(page, 'Where was I?');
    // What is there so far is the beginning of what will be there, and no source can be clicked yet.
    const writing = page.locator('.turn[aria-busy="true"] .answer-text');
    await writing.getByText('the scheduler tests run').waitFor();
    const half = await writing.innerText();
    assert.equal(half.trim(), 'You stopped on Friday at 18:40 in fix/clock: the scheduler tests run');
    assert.equal(await field(page).inputValue(), '');
    app.companion.mind.goOn();
    await page.locator('.sources').waitFor();
    const whole = await page.locator('.answer-text').innerText();
    assert.ok(whole.startsWith(half.trim()));
    assert.match(whole, /advance, which you use at/);
    const sources = await page.locator('.source').allInnerTexts();
    assert.equal(sources.length, 3);
    assert.match(sources[0] ?? '', /^1\b.*freeze time in scheduler tests.*commit.*a41c9e2/s);
    assert.match(sources[1] ?? '', /^2\b.*fix\/clock.*thread/s);
    assert.match(sources[2] ?? '', /^3\b.*scheduler\.ts, line 88.*scheduler\.ts:88/s);
    await page
      .locator('.turn-end', { hasText: 'Answered from memory and threads, without a model.' })
      .waitFor();
    assert.equal(await page.locator('button.cite, a.cite').count(), 3);
    // The conversation has an address now, and goes on there.
    assert.match(page.url(), /#\/chat\/conv_/);
    await ask(page, 'Why the frozen clock?');
    await page.locator('.turn').nth(1).locator('.sources').waitFor();
    assert.equal(inputs('chat.ask')[0]?.conversation, undefined);
    assert.equal(typeof inputs('chat.ask')[1]?.conversation, 'string');
    assert.deepEqual(opened.problems, []);
  });

  it('says what it is doing while there is nothing to see', async () => {
    app.companion.mind.holdAfter = 0;
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    await ask(opened.page, 'Where was I?');
    await opened.page.locator('.step', { hasText: 'Looking through what is remembered …' }).waitFor();
    app.companion.mind.goOn();
    await opened.page.locator('.sources').waitFor();
    assert.equal(await opened.page.locator('.step').count(), 0);
  });

  it('[C8] stops with Escape, and with the button; what was written stays', async () => {
    app.companion.mind.holdAfter = 12;
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    const { page } = opened;
    await ask(page, 'Where was I?');
    await page.getByText('the scheduler tests run').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Stopped. What was written so far stays.').first().waitFor();
    assert.match(
      await page.locator('.answer-text').innerText(),
      /18:40 in fix\/clock: the scheduler tests run\s*$/,
    );
    assert.equal(app.companion.mind.cancelled.length, 1);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');

    await ask(page, 'Where was I?');
    await page.locator('.turn[aria-busy="true"] .answer-text').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('.turn').nth(1).getByText('Stopped.').waitFor();
    assert.equal(app.companion.mind.cancelled.length, 2);
    await page.getByRole('button', { name: 'Ask', exact: true }).waitFor();
  });

  it('breaks a line with Shift+Enter, sends nothing blank, and leaves Enter to whoever composes characters', async () => {
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    const { page } = opened;
    await field(page).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Type a question first.').waitFor();
    await page.keyboard.type('Where');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('was I?');
    await field(page).evaluate((element) =>
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })),
    );
    assert.equal(await field(page).inputValue(), 'Where\nwas I?');
    assert.equal(inputs('chat.ask').length, 0);
    await page.keyboard.press('Enter');
    await page.locator('.turn').waitFor();
    assert.equal(inputs('chat.ask')[0]?.question, 'Where\nwas I?');
  });

  it('reads finished sentences to those who listen, each once, and no single words', async () => {
    app.companion.mind.holdAfter = 22;
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    const { page } = opened;
    await ask(page, 'Where was I?');
    const log = page.locator('[role="log"] p');
    await log.getByText('they were green.').waitFor({ state: 'attached' });
    assert.deepEqual(
      await log.allTextContents(),
      [
        'Reading your question …',
        'Looking through what is remembered …',
        'You stopped on Friday at 18:40 in fix/clock: the scheduler tests run with a frozen clock, and they were green.',
      ].slice(-(await log.count())),
    );
    app.companion.mind.goOn();
    await log.getByText('3 sources.').waitFor({ state: 'attached' });
    const said = (await log.allTextContents()).join('\n');
    assert.equal(said.match(/Two of its files are not committed yet/g)?.length, 1);
    assert.match(
      said,
      /which you use at\.\nAnswered from memory and threads, without a model\. 3 sources\.$/,
    );
    assert.doesNotMatch(said, /\[\d\]|`/);
  });

  it('[C8] opens what a source names: line, commit, memory, thread', async () => {
    await using opened = await asView('chat/conv_today1', '.sources');
    const { page } = opened;
    await page.getByRole('button', { name: 'Source 3: src/core/scheduler.ts, line 88' }).click();
    await page.getByRole('button', { name: 'a41c9e2' }).first().click();
    const place = { type: 'open', workspace: WORKSPACE };
    assert.deepEqual(await asked(page), [
      { ...place, target: { kind: 'file', file: 'src/core/scheduler.ts', line: 88 } },
      { ...place, target: { kind: 'commit', commit: 'a41c9e2f00b1' } },
    ]);
    await page.getByRole('link', { name: 'Source 2: fix/clock' }).first().click();
    await page.locator('.details h2', { hasText: 'fix/clock' }).waitFor();
    // The conversation is still there when one comes back.
    await page.getByRole('link', { name: 'Ask', exact: false }).first().click();
    await page.locator('.sources').first().waitFor();
    await page.evaluate(
      (workspace) => postMessage({ type: 'context', workspace, route: 'chat/conv_clock1' }, '*'),
      WORKSPACE,
    );
    await page.getByText('Written by qwen3:4b (Ollama, on this machine).').waitFor();
    await page.getByRole('link', { name: /^Source 1: Which clock/ }).click();
    await page.locator('.details .memory-whole').waitFor();
    assert.deepEqual(await faultsOf(page), []);
    assert.deepEqual(opened.problems, []);
  });

  it('[C8] asks about the file of the editor, follows it, and leaves it out when told', async () => {
    await using opened = await asView('chat?new=1', '.blank');
    const { page } = opened;
    const at = (place: unknown) =>
      page.evaluate((each) => postMessage({ type: 'place', place: each }, '*'), place);
    await at({ file: 'src/core/scheduler.ts', line: 88 });
    await page.locator('.place-chip', { hasText: 'scheduler.ts:88' }).waitFor();
    await at({ file: 'src/parser.ts', line: 41 });
    await page.locator('.place-chip', { hasText: 'parser.ts:41' }).waitFor();
    await ask(page, 'What is open in this file?');
    await page.locator('.sources').waitFor();
    assert.deepEqual(inputs('chat.ask')[0]?.place, { file: 'src/parser.ts', line: 41 });
    await page.getByRole('button', { name: 'Ask without parser.ts:41' }).click();
    await at({ file: 'src/parser.ts', line: 44 });
    await ask(page, 'Where was I?');
    await page.locator('.turn').nth(1).locator('.sources').waitFor();
    assert.deepEqual(inputs('chat.ask')[1]?.place, {});
    await at({ file: 'docs/storage.md' });
    await page.locator('.place-chip', { hasText: 'storage.md' }).waitFor();
  });

  it('takes a question about a selection from the editor', async () => {
    await using opened = await asView('brief', '.flight');
    const { page } = opened;
    await page.evaluate(
      (workspace) =>
        postMessage(
          {
            type: 'context',
            workspace,
            route: 'chat?new=1&file=src%2Fparser.ts&line=7&selection=const+a%3B%0Aconst+b%3B&focus=1',
          },
          '*',
        ),
      WORKSPACE,
    );
    await page.locator('.place-chip', { hasText: 'parser.ts:7, 2 lines selected' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await page.keyboard.type('Why is this so?');
    await page.keyboard.press('Enter');
    await page.locator('.sources').waitFor();
    assert.deepEqual(inputs('chat.ask')[0]?.place, {
      file: 'src/parser.ts',
      line: 7,
      selection: 'const a;\nconst b;',
    });
    // A selection is for one question.
    assert.equal(await page.getByText('2 lines selected').count(), 0);
  });

  it('[C8] goes on where the connection was lost in mid-answer: the whole answer appears by itself', async () => {
    app.companion.mind.holdAfter = 12;
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    const { page } = opened;
    await ask(page, 'Where was I?');
    await page.getByText('the scheduler tests run').first().waitFor();
    app.server.drop();
    await page.getByText('The connection was lost while this was written.').waitFor();
    await page.getByText('the scheduler tests run').first().waitFor();
    await page.getByText('Not connected.', { exact: false }).first().waitFor();
    app.server.up = true;
    await page.locator('.sources').waitFor();
    assert.equal(await page.locator('.turn').count(), 1);
    assert.match(await page.locator('.answer-text').innerText(), /renamed tick to advance/);
  });

  it('offers to ask again where nothing more came of a lost answer, and lets go of it', async () => {
    app.companion.mind.holdAfter = 12;
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    const { page } = opened;
    await ask(page, 'Where was I?');
    await page.getByText('the scheduler tests run').first().waitFor();
    app.server.drop();
    await page.getByText('The connection was lost').waitFor();
    // The companion has begun anew, and knows nothing of it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    app.companion.mind.turns = [];
    app.companion.mind.holdAfter = null;
    app.companion.mind.conversation = () => [];
    app.server.up = true;
    await page.getByText('Not connected.', { exact: false }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.locator('.sources').waitFor();
    assert.equal(inputs('chat.ask').length, 2);
  });

  it('keeps a question that was not taken, and says why', async () => {
    app.companion.fail.set('chat.ask', ['rate_limited', 'Thirty questions a minute. Try again in 20 s.']);
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    const { page } = opened;
    await ask(page, 'Where was I?');
    await page.getByText('Not asked. Thirty questions a minute. Try again in 20 s.').waitFor();
    assert.equal(await field(page).inputValue(), 'Where was I?');
    app.companion.fail.clear();
    await page.keyboard.press('Enter');
    await page.locator('.sources').waitFor();
  });

  it('stays at the end while an answer grows, unless the reader has scrolled up', async () => {
    app.companion.mind.holdAfter = 10;
    await using opened = await app.open('#/chat/conv_today1', {
      until: '.sources',
      viewport: { width: 600, height: 520 },
    });
    const { page } = opened;
    assert.ok((await distance(page)) < 3, 'it opens at its end');
    await ask(page, 'Where was I?');
    await page.locator('.turn[aria-busy="true"] .answer-text').waitFor();
    app.companion.mind.goOn();
    await page.locator('.turn').nth(2).locator('.sources').waitFor();
    await page.waitForFunction(() => document.documentElement.scrollHeight - innerHeight - scrollY < 3);
    app.companion.mind.holdAfter = 10;
    await ask(page, 'Where was I?');
    await page.locator('.turn[aria-busy="true"] .answer-text').waitFor();
    await page.mouse.move(300, 200);
    await page.mouse.wheel(0, -400);
    await page.getByRole('button', { name: 'To the end' }).waitFor();
    const before = await page.evaluate(() => scrollY);
    app.companion.mind.goOn();
    await page.locator('.turn').nth(3).locator('.sources').waitFor();
    assert.equal(await page.evaluate(() => scrollY), before);
    await page.getByRole('button', { name: 'To the end' }).click();
    assert.ok((await distance(page)) < 3);
    assert.equal(await page.getByRole('button', { name: 'To the end' }).count(), 0);
  });

  it('lists earlier conversations, opens one, begins a new one, and forgets one on a second word', async () => {
    await using opened = await app.open('#/chat?show=earlier', { until: '.loop-row' });
    const { page } = opened;
    assert.match(
      (await page.locator('.loop-row').allInnerTexts()).join('|'),
      /Where was I\?\s+2 questions.*\|.*Why do the scheduler/s,
    );
    await page.getByRole('link', { name: 'Why do the scheduler tests' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Written by qwen3:4b').waitFor();
    await page.getByRole('button', { name: 'New' }).click();
    await page.getByText('Ask about your work').waitFor();
    await page.getByRole('link', { name: 'Earlier' }).click();
    await page.getByRole('button', { name: 'Forget: Where was I?' }).click();
    await page.getByText('This goes:').waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(inputs('chat.forget'), []);
    await page.getByRole('button', { name: 'Forget: Where was I?' }).click();
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.getByText('Forgotten: Where was I?').first().waitFor();
    assert.deepEqual(inputs('chat.forget'), [{ id: 'conv_today1' }]);
    assert.equal(await page.locator('.loop-row').count(), 1);
  });

  it('goes on while the reader looks at another view, and finds the draft again', async () => {
    app.companion.mind.holdAfter = 12;
    await using opened = await app.open('#/chat?new=1', { until: '.blank' });
    const { page } = opened;
    await ask(page, 'Where was I?');
    await page.getByText('the scheduler tests run').first().waitFor();
    await field(page).fill('and then');
    await page.getByRole('link', { name: /Open threads/ }).click();
    await page.locator('.loop-row').first().waitFor();
    app.companion.mind.goOn();
    await page.getByRole('link', { name: /^.?\s*Ask/ }).click();
    await page.locator('.sources').waitFor();
    assert.equal(await field(page).inputValue(), 'and then');
  });

  it('shows what is hostile in a question, an answer and a source as what it is: text', async () => {
    const markup = '<img src=x onerror="document.title=\'owned\'">';
    const hostile = `${markup} [x](command:quit) \u202egnp.exe ${'a'.repeat(3000)}`;
    app.companion.mind.turns = app.companion.mind.turns.map((turn) => ({
      ...turn,
      question: hostile,
      answer: `${hostile} [1] [99] <script>document.title="owned"</script>`,
      note: hostile,
      citations: turn.citations.map((citation) => ({
        ...citation,
        title: hostile,
        excerpt: hostile,
        file: 'javascript:document.title="owned"',
      })),
    }));
    await using opened = await app.open('#/chat/conv_today1', {
      until: '.sources',
      viewport: { width: 360, height: 740 },
    });
    const { page } = opened;
    assert.deepEqual(await faultsOf(page), []);
    assert.doesNotMatch(await page.title(), /owned/);
    assert.equal(await page.locator('a[href^="javascript:"], .turn img, .turn script').count(), 0);
    // A number without a source is no link.
    assert.equal(await page.locator('span.cite', { hasText: '99' }).count(), 2);
    assert.deepEqual(opened.problems, []);
  });
});
