import assert from 'node:assert/strict';
import type { TestApp } from './fake/app.ts';
import { WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';

describe('a browser at the companion’s address', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  it('logs in with the code and takes it out of the address', async () => {
    await using opened = await app.open('', { until: '.flight' });
    assert.equal(new URL(opened.page.url()).hash, '#/brief');
    assert.deepEqual(app.companion.calls.find(({ name }) => name === 'brief.get')?.input, {
      workspace: WORKSPACE,
    });
    assert.deepEqual(opened.problems, []);
  });

  it('keeps the session of the tab over a reload, and no other tab has it', async () => {
    await using opened = await app.open('', { until: '.flight' });
    await opened.page.reload();
    await opened.page.waitForSelector('.flight');
    const other = await opened.context.newPage();
    await other.goto(app.server.origin);
    assert.match(await other.locator('h1').innerText(), /needs an address/);
    await other.close();
  });

  it('says that a code was used, and how to get another', async () => {
    await using opened = await app.open('', { code: 'wrong-code', until: '.login' });
    assert.match(await opened.page.locator('h1').innerText(), /has been used/);
    assert.match(await opened.page.locator('.login').innerText(), /progeny status/);
  });

  it('asks for a new login when the companion does not know the session any more', async () => {
    await using opened = await app.open('', { until: '.flight' });
    app.server.token = 'another-token';
    app.server.drop();
    app.server.up = true;
    await opened.page.waitForSelector('.login');
    assert.match(await opened.page.locator('h1').innerText(), /session has ended/);
  });

  it('comes back by itself when the companion does, with what has changed meanwhile', async () => {
    await using opened = await app.open('', { until: '.flight' });
    app.server.drop();
    await opened.page.waitForSelector('.strip.warning');
    const [first] = app.companion.brief.loops;
    if (first)
      app.companion.brief = { ...app.companion.brief, loops: [{ ...first, title: 'fix/clock-again' }] };
    app.server.up = true;
    await opened.page.getByRole('link', { name: 'fix/clock-again' }).waitFor();
    await opened.page.waitForSelector('.strip.warning', { state: 'detached' });
  });

  it('turns to another folder that the companion has open, and remembers it', async () => {
    await using opened = await app.open('', { until: '.flight' });
    await opened.page.getByLabel('Folder', { exact: true }).selectOption('/home/dev/borealis');
    await opened.page.waitForFunction(() => sessionStorage.getItem('progeny.session')?.includes('borealis'));
    await opened.page.reload();
    await opened.page.waitForSelector('.flight');
    assert.deepEqual(app.companion.calls.findLast(({ name }) => name === 'brief.get')?.input, {
      workspace: '/home/dev/borealis',
    });
  });

  it('keeps the chosen theme', async () => {
    await using opened = await app.open('', { theme: 'light', until: '.flight' });
    await opened.page.getByLabel('Appearance').first().click();
    await opened.page.getByRole('menuitemradio', { name: 'High contrast' }).click();
    assert.equal(await opened.page.evaluate(() => document.documentElement.dataset.theme), 'hc-light');
    await opened.page.reload();
    await opened.page.waitForSelector('.flight');
    assert.equal(await opened.page.evaluate(() => document.documentElement.dataset.theme), 'hc-light');
  });
});
