import assert from 'node:assert/strict';
import { openSocket } from '../../companion/client/node.ts';
import { silentLogger } from '../../companion/kernel/index.ts';
import { eventually, testCompanion } from '../support/companion.ts';

describe('contract: what a page tells of itself', () => {
  it('[W6] what its policy blocked is logged, counted, and a warning until the companion starts anew', async () => {
    const lines: unknown[] = [];
    const logger = {
      ...silentLogger,
      warn: (fields: object) => void ('directive' in fields && lines.push(fields)),
    };
    await using t = await testCompanion({ logger });
    // As a page does, which holds less than the token of the discovery file.
    const code = new URL((await t.api.auth.code({})).url).hash.replace('#code=', '');
    const { token } = await t.api.auth.exchange({ code });
    const { api: page } = await t.connect({ open: () => openSocket({ ...t.discovery, token }) });
    const about = async () =>
      (await t.api.system.status({})).health.filter(({ subject }) => subject === 'page');
    const check = async () =>
      (await t.api.system.doctor({})).checks.find(({ name }) => name === 'page')?.result;
    assert.deepEqual([await about(), await check()], [[], 'ok']);
    const seen: number[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      for await (const status of await t.api.system.watch({}, { signal: stop.signal }))
        seen.push(status.health.filter(({ subject }) => subject === 'page').length);
    })().catch(() => {});
    const one = { directive: 'script-src-elem', blocked: 'inline', source: 'main.js', line: 1 };
    for (let i = 0; i < 30; i++) await page.system.violation({ ...one, times: 2 });
    assert.equal(lines.length, 10);
    const [note] = await about();
    assert.match(note?.message ?? '', /60 times.*inline against script-src-elem, from main\.js:1/);
    assert.equal(await check(), 'warning');
    await eventually(() => seen.includes(1));
    stop.abort();
    await watching;
    const bad = [
      { ...one, times: 0 },
      { ...one, times: 1, directive: 'script src\n' },
      { ...one, times: 1, blocked: 'x'.repeat(201) },
      { ...one, times: 1, sample: 'what stood there' },
    ];
    for (const input of bad) await assert.rejects(t.api.system.violation(input), { code: 'bad_input' });
  });
});
