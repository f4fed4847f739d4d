import assert from 'node:assert/strict';
import type { StoryLine } from '../../companion/protocol/index.ts';
import { makeRepository } from '../fixtures/repository.ts';
import { eventually, testCompanion } from '../support/companion.ts';
import { inPieces, ScriptedLanguage } from '../support/scripted-language.ts';

describe('the story with a model, over a real socket', function () {
  this.timeout(60_000);

  it('is off by default; on, it words important live lines, and what is kept and what bends the facts is ours', async () => {
    const writer = new ScriptedLanguage(({ messages }) => {
      const [, line] = /<<<data-\w+\n(.*)\n/.exec(messages[1]!.content)!;
      const [name] = /"[^"]*"/.exec(line!)!;
      return inPieces(name.includes('bend') ? `${name} took 900 hours.` : `${name} is behind you.`);
    });
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1\n' });
    await using t = await testCompanion({ writer });
    const { path: workspace } = await t.api.workspaces.open({ path: repository.root });
    const live: StoryLine[] = [];
    const stop = new AbortController();
    const stream = await t.api.story.watch({}, { signal: stop.signal });
    const watching = (async () => {
      for await (const line of stream) live.push(line);
    })().catch(() => {});
    const close = async (title: string, hidden = false) => {
      const { id } = await t.api.loops.open({ workspace, title, private: hidden });
      await t.api.loops.update({ id, status: 'blessed' });
      return eventually(() => live.find((line) => line.subject === id && /done/.test(line.plain)), 15_000);
    };
    assert.doesNotMatch((await close('first thread')).text, /behind you/);
    assert.equal(writer.calls.length, 0);

    await t.api.settings.update({ narration: { model: true } });
    assert.equal((await close('second thread')).text, '"second thread" is behind you.');
    assert.doesNotMatch((await close('bend it')).text, /900/);
    assert.ok(!(await t.api.story.list({ limit: 50 })).some(({ text }) => text.includes('behind you')));
    // Opening a thread is of no importance: only the closing was asked about.
    assert.equal(writer.calls.length, 2);

    writer.local = false;
    assert.ok((await close('secret', true)).text.includes('private thread'));
    assert.ok(writer.calls.slice(2).every(({ onlyLocal }) => onlyLocal));
    stop.abort();
    await watching;
  });
});
