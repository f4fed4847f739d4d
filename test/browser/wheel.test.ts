import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { NOW, WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';
import { asWebview } from './fake/vscode.ts';

describe('delegated work', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const inputs = (name: string) =>
    app.companion.calls.filter((call) => call.name === name).map(({ input }) => input);
  const bar = (page: Page) => page.locator('.run-bar');
  const yes = (page: Page) => bar(page).getByRole('button', { name: /^Do it/ });
  const no = (page: Page) => bar(page).getByRole('button', { name: 'No, don’t' });
  const said = (page: Page, text: string | RegExp) =>
    page.locator('[role="status"]', { hasText: text }).first().waitFor({ state: 'attached' });
  const DIGEST = 'sha256:3f9a2c1be07744d2a1f0c9c2';

  it('lists runs by whose turn it is, and what can be delegated; what cannot says why', async () => {
    await using opened = await app.open('#/wheel', { until: '.recipe' });
    const { page } = opened;
    const heads = await page.locator('.group-head').allInnerTexts();
    assert.deepEqual(heads, [
      'Waiting for you',
      'Under way',
      'Done, can be undone',
      'Earlier',
      'What can be delegated here · recipes',
    ]);
    const rows = await page.locator('.loop-row').allInnerTexts();
    assert.match(rows[0] ?? '', /Fix 14 lint errors.*6 files, \+9 −9.*Waits for you.*asked by you/s);
    assert.match(rows[1] ?? '', /Being worked out.*claude-code \(an agent\)/s);
    assert.match(rows[2] ?? '', /Done.*undo until/s);
    await page.getByText('Not possible here (1)').click();
    await page.getByText('There is no CHANGELOG.md here.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Preview: Update the changelog' }).count(), 0);
    assert.deepEqual(opened.problems, []);
  });

  it('asks for what a recipe needs, by the keyboard alone, and leads to the preview', async () => {
    await using opened = await app.open('#/wheel', { until: '.recipe' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Preview: Apply a patch' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.dialog[open]').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('It needs an answer: Which file holds the patch?').waitFor();
    await page.keyboard.type('fix.patch');
    await page.keyboard.press('Enter');
    await yes(page).waitFor();
    assert.deepEqual(inputs('wheel.propose'), [
      { workspace: WORKSPACE, recipe: 'apply_patch', options: { file: 'fix.patch' } },
    ]);
    assert.match(page.url(), /#\/wheel\/run_new0$/);
  });

  it('keeps what was typed where it is refused', async () => {
    app.companion.fail.set('wheel.propose', ['conflict', 'The patch does not fit: src/a.ts, hunk 2.']);
    await using opened = await app.open('#/wheel', { until: '.recipe' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Preview: Apply a patch' }).click();
    await page.locator('.dialog[open] input').first().fill('fix.patch');
    await page.getByRole('button', { name: 'Show what it would do' }).click();
    await page.getByText('The patch does not fit: src/a.ts, hunk 2.').waitFor();
    assert.equal(await page.locator('.dialog input').first().inputValue(), 'fix.patch');
  });

  it('[A8] shows all that a yes is to: steps, files, programs, effects, containment, what undo leaves', async () => {
    await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
    const { page } = opened;
    const text = await page.locator('.run').innerText();
    assert.match(text, /Fix 14 lint errors in 6 files with eslint --fix\./);
    assert.match(text, /· fix\/lint, not committed/);
    assert.match(text, /At tier T0 nothing is changed without your yes\./);
    assert.match(text, /Runs npx eslint --fix \. on a copy tried on a copy/);
    assert.match(text, /Runs for real\s+npm test/);
    assert.match(text, /Makes the branch fix\/lint where HEAD stands/);
    assert.match(text, /contained by bubblewrap/);
    assert.match(text, /Undo does not cover\s+data\/big\.sqlite \(214 MB\)/);
    assert.match(text, /This preview\s+3f9a2c1b/);
    assert.match(await bar(page).innerText(), /exactly this preview: 3f9a2c1b/);
    assert.equal(await page.locator('.file').count(), 6);
    assert.deepEqual(opened.problems, []);
  });

  it('[A8] yes, countdown, report, undo: by the keyboard alone, each step said', async () => {
    await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
    const { page } = opened;
    await page.waitForFunction(
      () => document.querySelector('.run-bar .primary')?.getAttribute('aria-disabled') === 'false',
    );
    await yes(page).focus();
    await page.keyboard.press('Enter');
    await bar(page).getByText('Starts in').waitFor();
    assert.deepEqual(inputs('wheel.approve'), [{ id: 'run_lint01', digest: DIGEST }]);
    await said(page, 'It begins in 5 seconds, unless you say no.');
    assert.equal(await page.locator('.countdown strong').innerText(), '5 s');
    // The second press of an impatient key can only stop it.
    assert.match((await page.locator(':focus').innerText()).trim(), /No, don’t$/);
    await page.clock.setFixedTime(NOW + 1400);
    await page.locator('.countdown strong', { hasText: '4 s' }).waitFor();
    app.companion.wheel.change('run_lint01', { status: 'acting', countdown: null });
    await bar(page).getByRole('button', { name: 'Stop and roll back' }).waitFor();
    app.companion.wheel.finish('run_lint01');
    await page.locator('.run-report').waitFor();
    await said(page, /Done\. Fixed 14 lint errors/);
    const report = await page.locator('.run-report').innerText();
    assert.match(
      report,
      /Done\s+Fixed 14.*Where\s+fix\/lint, not committed.*Verified\s+npm test: 212 passed in 31 s.*Review\s+.*queue\.ts:57.*unused await/s,
    );
    assert.match(await bar(page).innerText(), /It can be undone until \d\d:\d\d \(in 60 min\)/);
    await bar(page).getByRole('button', { name: 'Undo all' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Left as it is, because it was changed since').waitFor();
    assert.match(
      await page.locator('.conflicts').innerText(),
      /src\/queue\.ts You changed it since \(line 60\)/,
    );
    assert.deepEqual(inputs('wheel.undo'), [{ id: 'run_lint01' }]);
    assert.match(await page.locator('.run-head').innerText(), /Undone/);
  });

  it('[A5] a no during the countdown leaves nothing', async () => {
    await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
    const { page } = opened;
    await yes(page).click();
    await no(page).click();
    await page.locator('.run-head').getByText('Stopped before it began').waitFor();
    assert.deepEqual(inputs('wheel.stop'), [{ id: 'run_lint01' }]);
    assert.equal(await bar(page).getByRole('button').count(), 0);
  });

  it('accepts only the files that are chosen; none is no yes', async () => {
    await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
    const { page } = opened;
    const boxes = page.locator('.file input');
    await boxes.nth(1).focus();
    await page.keyboard.press('Space');
    await page.getByLabel('Accept media/mark.png').uncheck();
    await bar(page).getByRole('button', { name: 'Do it in 4 of 6 files' }).click();
    await bar(page).getByText('Starts in').waitFor();
    assert.deepEqual(inputs('wheel.approve'), [
      {
        id: 'run_lint01',
        digest: DIGEST,
        files: ['src/queue.ts', 'src/core/scheduler.ts', 'src/legacy/shim.ts', 'docs/lint.md'],
      },
    ]);
  });

  it('takes no yes to no file', async () => {
    await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Choose none' }).click();
    await bar(page).getByText('No file is chosen.').waitFor();
    assert.equal(await bar(page).locator('.primary').getAttribute('aria-disabled'), 'true');
    await bar(page).locator('.primary').click({ force: true });
    assert.deepEqual(inputs('wheel.approve'), []);
  });

  it('[A6] a run that changes under the reader’s eyes cannot be consented to before it is shown anew', async () => {
    await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
    const { page } = opened;
    await page.waitForFunction(
      () => document.querySelector('.run-bar .primary')?.getAttribute('aria-disabled') === 'false',
    );
    const { wheel } = app.companion;
    const before = wheel.previews.run_lint01!;
    const digest = 'sha256:ffff0000aaaa';
    wheel.previews.run_lint01 = {
      ...before,
      digest,
      files: before.files.slice(0, 1),
      commands: [['curl', 'x']],
    };
    wheel.change('run_lint01', { digest });
    await bar(page).getByText('It was planned anew while you looked.').waitFor();
    assert.equal(await page.locator('.file').count(), 6, 'what is shown stays');
    await bar(page).locator('.primary').click({ force: true });
    assert.deepEqual(inputs('wheel.approve'), []);
    await bar(page).getByRole('button', { name: 'Show it as it is now' }).click();
    await page.getByText('curl x').waitFor();
    assert.equal(await page.locator('.file').count(), 1);
    await bar(page).getByRole('button', { name: 'Do it' }).click();
    await bar(page).getByText('Starts in').waitFor();
    assert.deepEqual(inputs('wheel.approve'), [{ id: 'run_lint01', digest }]);
  });

  it('[A6] after a reconnection it asks for the preview again, so that a yes is the word of who was shown it', async () => {
    await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
    const { page } = opened;
    app.server.drop();
    await bar(page).getByText('Not connected: a yes cannot be given now.').waitFor();
    const before = inputs('wheel.preview').length;
    app.server.up = true;
    await bar(page).getByText('exactly this preview').waitFor();
    await assertEventually(() => inputs('wheel.preview').length > before);
  });

  it('says why a yes was not taken', async () => {
    app.companion.fail.set('wheel.approve', [
      'conflict',
      'src/queue.ts was changed since. It is planned anew.',
    ]);
    await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
    await yes(opened.page).click();
    await opened.page.getByRole('alert').getByText('src/queue.ts was changed since.').waitFor();
  });

  it('shows how a file differs, beside each other or below, with the keyboard, long ones folded', async () => {
    const { wheel } = app.companion;
    const lines = Array.from({ length: 900 }, (_, i) => `line ${i}`).join('\n');
    wheel.sides.run_lint01 = { ...wheel.sides.run_lint01, 'docs/lint.md': [null, `${lines}\n`] };
    await using opened = await app.open('#/wheel/run_lint01', {
      until: '.file',
      viewport: { width: 1440, height: 900 },
    });
    const { page } = opened;
    await page.getByRole('button', { name: /src\/queue\.ts/ }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.diff.sides').waitFor();
    const cells = page.locator('.diff.sides .code');
    assert.ok((await cells.allInnerTexts()).includes('    const task = this.items.shift();'));
    assert.deepEqual(await page.locator('.diff mark').first().innerText(), 'let');
    assert.match(await page.locator('.diff .skipped').first().innerText(), /\d+ lines as before/);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator('.diff.unified').waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole('button', { name: /docs\/lint\.md/ }).click();
    await page.getByRole('button', { name: 'Show 600 more lines' }).click();
    await page.getByText('line 899').waitFor();
    await page.getByRole('button', { name: /media\/mark\.png/ }).click();
    await page.getByText('No text: 1,204 bytes.').waitFor();
    assert.deepEqual(opened.problems, []);
  });

  it('undoes only the files that are chosen, and keeps the rest', async () => {
    await using opened = await app.open('#/wheel/run_done01', { until: '.file' });
    const { page } = opened;
    await page.getByLabel('Undo docs/lint.md').check();
    await bar(page).getByRole('button', { name: 'Undo 1 file' }).click();
    await assertEventually(() => inputs('wheel.undo').length === 1);
    assert.deepEqual(inputs('wheel.undo'), [{ id: 'run_done01', files: ['docs/lint.md'] }]);
    await bar(page).getByRole('button', { name: 'Keep' }).click();
    await page.locator('.run-head').getByText('Done and kept').waitFor();
  });

  describe('[A5] where silence is consent', () => {
    const seen = () => inputs('wheel.seen') as { id: string; digest: string; visible: boolean }[];
    const silent = () => app.companion.wheel.count('run_lint01', 'silence', 30_000);

    it('claims to be seen once a second, for the preview that is shown, and no more when it is scrolled away', async () => {
      silent();
      await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
      const { page } = opened;
      await page.bringToFront();
      await bar(page).getByText('You granted that silence is consent here').waitFor();
      await assertEventually(() => seen().filter(({ visible }) => visible).length >= 2);
      assert.ok(seen().every(({ id, digest }) => id === 'run_lint01' && digest === DIGEST));
      // Out of sight: the bar stays with the page, so what it belongs to is moved off the screen.
      await page.evaluate(() => {
        document.querySelector<HTMLElement>('.run')!.style.marginInlineStart = '-3000px';
      });
      await assertEventually(() => seen().at(-1)?.visible === false);
      const told = seen().length;
      await page.waitForTimeout(1500);
      assert.equal(seen().length, told);
      await bar(page).getByText('Stands still at').waitFor({ state: 'attached' });
    });

    it('says that it is not seen when something lies over it, or the window has not the focus', async () => {
      silent();
      await using opened = await app.open('#/wheel/run_lint01', { until: '.file' });
      const { page } = opened;
      await page.bringToFront();
      await assertEventually(() => seen().at(-1)?.visible === true);
      await page.evaluate(() => {
        const over = document.createElement('div');
        over.id = 'over';
        over.style.cssText = 'position:fixed;inset:0;z-index:9';
        document.body.append(over);
      });
      await assertEventually(() => seen().at(-1)?.visible === false);
      await page.evaluate(() => document.getElementById('over')?.remove());
      await assertEventually(() => seen().at(-1)?.visible === true);
      await page.evaluate(() => {
        document.hasFocus = () => false;
        dispatchEvent(new Event('blur'));
      });
      await assertEventually(() => seen().at(-1)?.visible === false);
      const claimed = seen().length;
      await page.waitForTimeout(1500);
      assert.equal(seen().length, claimed);
    });

    it('tells the editor what is in sight, which knows whether its window has the focus, and claims nothing itself', async () => {
      silent();
      await using opened = await app.open('', {
        path: '/webview',
        theme: 'dark',
        viewport: { width: 360, height: 800 },
        prepare: (page) => asWebview(page, { workspace: WORKSPACE, route: 'wheel/run_lint01' }),
        until: '.file',
      });
      const { page } = opened;
      const told = () =>
        page.evaluate(() =>
          (window as unknown as { asked: { type: string; run?: string; digest?: string }[] }).asked.filter(
            ({ type }) => type === 'sees',
          ),
        );
      await page.evaluate(() => {
        document.hasFocus = () => false;
      });
      await assertEventually(async () => (await told()).length > 1);
      const { digest } = app.companion.wheel.previews.run_lint01!;
      assert.deepEqual((await told())[0], { type: 'sees', run: 'run_lint01', digest });
      await page.evaluate(() => {
        const over = document.createElement('div');
        over.style.cssText = 'position:fixed;inset:0;z-index:9';
        document.body.append(over);
      });
      const before = (await told()).length;
      await page.waitForTimeout(2500);
      assert.ok((await told()).length <= before + 1, 'what lies under something is not seen');
      assert.deepEqual(seen(), []);
      assert.deepEqual(await faultsOf(page), []);
    });
  });

  it('shows what is hostile as what it is: text, with what hides or turns it made visible', async () => {
    const { wheel } = app.companion;
    const hostile = `<img src=x onerror="document.title='owned'"> \u202egnp.exe ${'a'.repeat(500)}`;
    const before = wheel.previews.run_lint01!;
    const path = `src/\u202e${'b'.repeat(300)}.ts`;
    wheel.previews.run_lint01 = {
      ...before,
      files: [{ ...before.files[0]!, path, from: hostile }],
      commands: [['sh', '-c', hostile]],
      effects: [hostile],
      containment: hostile,
      uncovered: [hostile],
    };
    wheel.sides.run_lint01 = { [path]: [null, `if (a) {/*\u202e } \u2066if (admin)\u2069*/\n${hostile}\n`] };
    wheel.change('run_lint01', {
      sentence: hostile,
      destination: hostile,
      origin: { by: 'agent', name: hostile.slice(0, 190), why: hostile.slice(0, 490) },
      reason: hostile,
      steps: [{ tool: 'command', words: hostile, status: 'failed', note: `\u001b[31m${hostile}` }],
    });
    await using opened = await app.open('#/wheel/run_lint01', {
      until: '.file',
      viewport: { width: 360, height: 740 },
    });
    const { page } = opened;
    await page.locator('.file-title').click();
    await page.locator('.diff').waitFor();
    const text = await page.locator('.run').innerText();
    assert.doesNotMatch(text, /[\p{Cf}]|(?!\n|\t)\p{Cc}/u);
    assert.match(text, /‹U\+202E›/);
    assert.match(
      await page.locator('.diff').innerText(),
      /if \(a\) \{\/\*‹U\+202E› \} ‹U\+2066›if \(admin\)‹U\+2069›/,
    );
    assert.doesNotMatch(await page.title(), /owned/);
    assert.deepEqual(await faultsOf(page), []);
    assert.deepEqual(opened.problems, []);
  });

  it('is told of in every view, a click away', async () => {
    const { companion } = app;
    const sentence = 'Fix 14 lint errors in 6 files with eslint --fix.';
    companion.status = {
      ...companion.status,
      wheel: { run: 'run_lint01', sentence, status: 'previewed' },
    };
    await using opened = await app.open('#/brief', { until: '.flight' });
    await opened.page.getByRole('link', { name: 'Delegated: waits for you' }).click();
    await yes(opened.page).waitFor();
    assert.deepEqual(await faultsOf(opened.page), []);
  });

  it('stands still where motion is not wanted', async () => {
    app.companion.wheel.count('run_lint01', 'click', 5000);
    await using opened = await app.open('#/wheel/run_lint01', { until: '.countdown', reducedMotion: true });
    assert.equal(await opened.page.evaluate(() => document.getAnimations().length), 0);
  });

  describe('leave', () => {
    it('[A6] shows for what, where, until when, on silence or not, how often; and takes it back at once', async () => {
      await using opened = await app.open('#/grants', { until: '.card' });
      const { page } = opened;
      const cards = await page.locator('.card').allInnerTexts();
      assert.match(
        cards[0] ?? '',
        /Run a program.*the whole folder, only `npm run lint …`.*Never on silence.*used 7 times/s,
      );
      assert.match(
        cards[1] ?? '',
        /Edit files.*only below src, docs.*Silence is consent, while you see.*never used/s,
      );
      assert.match(cards[2] ?? '', /Branch and commit.*ended/s);
      await page.getByRole('button', { name: 'Revoke: Edit files' }).click();
      await page.getByText('Taken back: Edit files.').first().waitFor();
      assert.deepEqual(inputs('grants.revoke'), [{ id: 'grant_edit1' }]);
      await page.locator('.card.past', { hasText: 'Edit files' }).waitFor();
      assert.equal(await page.getByRole('button', { name: /^Revoke/ }).count(), 1);
    });

    it('tells what the tier allows and what the next would take', async () => {
      await using opened = await app.open('#/grants', { until: '.tiers' });
      const text = await opened.page.locator('.tiers').innerText();
      assert.match(text, /By now, it reads and suggests\./);
      assert.match(text, /Trust is \.54, \.06 short of T1/);
    });

    it('gives leave in words, with the program as it is read, by the keyboard alone', async () => {
      await using opened = await app.open('#/grants', { until: '.card' });
      const { page } = opened;
      await page.getByRole('button', { name: 'Give leave' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('.dialog[open]').waitFor();
      await page.getByLabel('For what').selectOption('command');
      await page.getByText('A program is arbitrary code.').waitFor();
      await page.getByRole('button', { name: 'Give leave' }).last().click();
      await page.getByText('It needs the program').waitFor();
      await page.locator('.dialog vscode-textfield input').focus();
      await page.keyboard.type('npm run "lint all"');
      assert.deepEqual(await page.locator('.argv code').allInnerTexts(), ['npm', 'run', 'lint all']);
      await page.locator('.dialog textarea').fill('src\n\n docs ');
      await page.getByLabel('For how long').selectOption('7');
      await page.getByRole('button', { name: 'Give leave' }).last().click();
      await page.getByText('Given for 7 days: Run a program').first().waitFor();
      assert.deepEqual(inputs('grants.give'), [
        {
          capability: 'command',
          workspace: WORKSPACE,
          paths: ['src', 'docs'],
          argv: ['npm', 'run', 'lint all'],
          silence: false,
          days: 7,
        },
      ]);
      await page.locator('.card', { hasText: 'npm run "lint all" …' }).waitFor();
    });
  });
});

async function assertEventually(holds: () => boolean | Promise<boolean>, ms = 8000): Promise<void> {
  const until = performance.now() + ms;
  while (!(await holds())) {
    assert.ok(performance.now() < until, `within ${ms} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
