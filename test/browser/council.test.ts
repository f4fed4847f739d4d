import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { sampleDrift } from '../fixtures/samples.ts';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';
import { asWebview } from './fake/vscode.ts';

describe('council', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const inputs = (name: string) =>
    app.companion.calls.filter((call) => call.name === name).map(({ input }) => input);
  const details = (page: Page) => page.locator('.details');
  const said = (page: Page, text: string) =>
    page.locator('[role="status"]', { hasText: text }).first().waitFor({ state: 'attached' });

  it('lists what was asked with its outcome and the user’s word', async () => {
    await using opened = await app.open('#/council', { until: '.loop-row' });
    const texts = await opened.page.locator('.loop-row').allInnerTexts();
    assert.equal(texts.length, 2);
    assert.match(
      texts[0] ?? '',
      /Keep or drop.*Contested: 66 % of the vote decides, and preserve has \d\d %.*your call/s,
    );
    assert.match(
      texts[1] ?? '',
      /Decided: In SQLite \(100 % of the vote\).*you chose In files, against the council/s,
    );
    assert.deepEqual(opened.problems, []);
  });

  it('[C8] shows every vote: who, what, how much it counts, why, on what, by whom, and the record behind it', async () => {
    await using opened = await app.open('', {
      path: '/webview',
      theme: 'dark',
      viewport: { width: 360, height: 800 },
      prepare: (page) => asWebview(page, { workspace: WORKSPACE, route: 'council/prop_import1' }),
      until: '.ballot',
    });
    const { page } = opened;
    const votes = await page.locator('.ballot').allInnerTexts();
    assert.match(
      votes[0] ?? '',
      /Cal votes preserve.*All 5 commits pass.*by rules · counts 1\.4 times · right 7 of 9 times, 1 vote still open/s,
    );
    assert.match(votes[2] ?? '', /Sage votes fork.*no vote borne out yet/s);
    const shares = await page.locator('.shares > div').allInnerTexts();
    assert.equal(shares.length, 3);
    assert.equal(
      shares.reduce((sum, text) => sum + Number(/(\d+) %/.exec(text)?.[1]), 0),
      100,
    );
    assert.match(await page.locator('.details .facts').innerText(), /Untouched\s+19 days/);
    await page.getByRole('button', { name: 'reader.ts:12' }).first().click();
    const asked = await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);
    assert.deepEqual(asked, [
      {
        type: 'open',
        workspace: WORKSPACE,
        target: { kind: 'file', file: 'src/import/reader.ts', line: 12 },
      },
    ]);
    assert.deepEqual(await faultsOf(page), []);
  });

  it('tells an abstention, and a model that argued', async () => {
    const [first, second] = app.companion.council.proposals;
    const ballots = second!.rounds[0]!.ballots.map((ballot) => ({
      ...ballot,
      answeredBy: { provider: 'ollama' as const, model: 'qwen3:4b' },
    }));
    app.companion.council.proposals = [first!, { ...second!, rounds: [{ ...second!.rounds[0]!, ballots }] }];
    await using opened = await app.open('#/council/prop_where01', { until: '.ballot' });
    const text = await details(opened.page).innerText();
    assert.match(text, /Sage abstains/);
    assert.match(text, /by qwen3:4b \(Ollama, on this machine\)/);
    assert.match(text, /You chose In files, against the council.*They must be readable without us\./s);
    assert.match(text, /How it came out.*still in use after 90 days/s);
    assert.equal(await opened.page.locator('.your-call').count(), 0);
  });

  it('puts a question before the council, by the keyboard alone, and shows what it said', async () => {
    await using opened = await app.open('#/council', { until: '.loop-row' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Ask the council' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.dialog[open]').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('It needs a question.').waitFor();
    await page.keyboard.type('Which parser do we keep?');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The old one');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('It takes two options at least').waitFor();
    await page.locator('textarea').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('The new one');
    await page.getByText('A second round').click();
    await page.getByLabel('Who votes').selectOption('Releases');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await details(page).getByText('Second round: each has seen the others’ reasons').waitFor();
    await said(page, 'The council has voted. Decided: The old one (100 % of the vote). Your call.');
    assert.deepEqual(inputs('council.ask'), [
      {
        question: 'Which parser do we keep?',
        options: ['The old one', 'The new one'],
        workspace: WORKSPACE,
        guild: 'guild_release',
        correction: true,
      },
    ]);
    // To agree takes one click.
    await details(page).getByRole('button', { name: 'The old one' }).click();
    await details(page).getByText('You chose The old one').waitFor();
    assert.match(JSON.stringify(inputs('council.decide')), /"choice":"The old one","reason":""/);
  });

  it('[C8] overrules only with a reason', async () => {
    const [, decided] = app.companion.council.proposals;
    app.companion.council.proposals = [{ ...decided!, decision: null, observed: null }];
    await using opened = await app.open('#/council/prop_where01', { until: '.your-call' });
    const { page } = opened;
    await page.getByRole('button', { name: 'In files' }).click();
    await page.getByText('The council chose In SQLite. You choose In files.').waitFor();
    await page.getByRole('button', { name: 'Overrule' }).click();
    await page.getByText('Overruling the council needs a reason.').waitFor();
    assert.deepEqual(inputs('council.decide'), []);
    await page.locator('.dialog textarea').fill('They must be readable without us.');
    await page.getByRole('button', { name: 'Overrule' }).click();
    await details(page).getByText('You chose In files, against the council').waitFor();
    assert.deepEqual(inputs('council.decide'), [
      { id: 'prop_where01', choice: 'In files', reason: 'They must be readable without us.' },
    ]);
  });

  it('asks for the fate of a thread from its row', async () => {
    await using opened = await app.open('#/loops', { until: '.loop-row' });
    const { page } = opened;
    await page.getByLabel('More for feature/import').first().click();
    await page.getByRole('menuitem', { name: 'Ask the council…' }).click();
    await page.locator('.dialog').getByText('feature/import').waitFor();
    await page.locator('.dialog').getByRole('button', { name: 'Ask the council' }).click();
    await details(page).getByText('Keep or drop “feature/import”?').waitFor();
    assert.deepEqual(inputs('council.fate'), [{ loop: 'loop_import', correction: false }]);
    await details(page).getByRole('link', { name: 'The thread that it is about' }).click();
    await details(page).locator('h2', { hasText: 'feature/import' }).waitFor();
  });

  it('says why the council did not sit, and keeps what was typed', async () => {
    app.companion.fail.set('council.fate', ['conflict', 'One round in ten minutes; the next at 09:20.']);
    await using opened = await app.open('#/council?fate=loop_import', { until: '.dialog[open] bdi' });
    const { page } = opened;
    await page.locator('.dialog').getByRole('button', { name: 'Ask the council' }).click();
    await page.getByText('The council did not sit. One round in ten minutes; the next at 09:20.').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.dialog').waitFor({ state: 'detached' });
    assert.doesNotMatch(page.url(), /fate/);
  });

  it('makes an adviser of a note on a Yes alone, lets it go, and lets no one retire the three', async () => {
    await using opened = await app.open('#/masks', { until: '.card' });
    const { page } = opened;
    await page.getByRole('button', { name: 'More for Cal' }).click();
    await page.getByRole('menuitem', { name: /after it/ }).waitFor();
    assert.equal(await page.getByRole('menuitem', { name: /^Retire/ }).count(), 0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Make it an adviser' }).click();
    await page.getByText('Wren votes from now on.').first().waitFor();
    await page.getByRole('button', { name: 'More for Wren' }).click();
    await page.getByRole('menuitem', { name: /^Retire/ }).click();
    await page.locator('.card.past', { hasText: 'Wren' }).waitFor();
    assert.deepEqual(inputs('advisers.spawn'), [{ offer: 'offer_docs1' }]);
    assert.deepEqual(inputs('advisers.retire'), [{ id: 'mask_wren' }]);
  });

  it('tells of a mask whose voting has moved, in words and from moderate on', async () => {
    const rating = sampleDrift({
      ...{ subject: 'mask_sage', kind: 'mask', rating: 0.45, band: 'volatile' },
      reasons: ['Right in 3 of 10 of its last votes, in 20 of 24 before'],
    });
    app.companion.drift.mask_sage = [rating];
    app.companion.drift.mask_cal = [{ ...rating, subject: 'mask_cal', rating: 0.1, band: 'stable' }];
    await using opened = await app.open('#/masks', { until: '.moved' });
    const { page } = opened;
    assert.deepEqual(await page.locator('.moved').allInnerTexts(), [
      'Votes otherwise than it used to. Right in 3 of 10 of its last votes, in 20 of 24 before.',
    ]);
    assert.match(await page.locator('.card', { has: page.locator('.moved') }).innerText(), /Sage\s+sage/);
    assert.deepEqual(await faultsOf(page), []);
  });

  it('makes a panel and dissolves it', async () => {
    await using opened = await app.open('#/guilds', { until: '.card' });
    const { page } = opened;
    assert.match(
      await page.locator('.card').innerText(),
      /Cal\s+leads\s+Sage\s+votes.*You\s+does not vote\s+Agreed with what was decided in 75 % of its rounds.*1 shared thread · may sign off work/s,
    );
    await page.getByRole('button', { name: 'New panel' }).click();
    await page.getByLabel('Name').fill('Storage');
    await page.getByRole('button', { name: 'Make the panel' }).click();
    await page.getByText('It takes two members at least.').waitFor();
    await page.getByText('Cal', { exact: true }).last().click();
    await page.getByText('Arty', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Make the panel' }).click();
    await page.getByText('Made: Storage').first().waitFor();
    await page.getByRole('button', { name: 'More for Storage' }).click();
    await page.getByRole('menuitem', { name: 'Dissolve' }).click();
    await page.locator('.card.past', { hasText: 'Storage' }).waitFor();
    assert.deepEqual(inputs('guilds.create'), [{ name: 'Storage', members: ['mask_cal', 'mask_arty'] }]);
  });

  it('shows what is hostile as what it is: text', async () => {
    const hostile = `<img src=x onerror="document.title='owned'"> \u202egnp.exe ${'a'.repeat(3000)}`;
    const { council } = app.companion;
    council.masks = council.masks.map((mask) => ({
      ...mask,
      card: hostile.slice(0, 600),
      voice: hostile.slice(0, 300),
    }));
    const [fate] = council.proposals;
    const ballots = fate!.rounds[0]!.ballots.map((ballot) => ({ ...ballot, reason: hostile, name: hostile }));
    council.proposals = [
      {
        ...fate!,
        question: hostile,
        options: [hostile.slice(0, 200), 'b'],
        rounds: [{ ...fate!.rounds[0]!, ballots, shares: [{ choice: hostile.slice(0, 200), share: 1 }] }],
      },
    ];
    await using opened = await app.open('#/council/prop_import1', {
      until: '.ballot',
      viewport: { width: 360, height: 740 },
    });
    const { page } = opened;
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole('link', { name: 'All questions' }).click();
    await page.evaluate(() => {
      location.hash = '#/masks/mask_cal';
    });
    await page.locator('.mask-portrait').waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.evaluate(() => {
      location.hash = '#/masks/mask_cal?with=mask_sage';
    });
    await page.locator('.compare-cares').waitFor();
    assert.deepEqual(await faultsOf(page), []);
    assert.doesNotMatch(await page.title(), /owned/);
    assert.deepEqual(opened.problems, []);
  });

  it('asks again for what concerns the council, and for nothing else', async () => {
    await using opened = await app.open('#/council', { until: '.loop-row' });
    const before = inputs('council.list').length;
    app.companion.changed('loop.changed');
    await opened.page.waitForTimeout(1300);
    assert.equal(inputs('council.list').length, before);
    app.companion.council.proposals = app.companion.council.proposals.slice(1);
    app.companion.changed('council.voted');
    await said(opened.page, '1 question listed');
  });
});
