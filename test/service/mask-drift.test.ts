import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { commands } from '../../companion/cli/commands.ts';
import { readArguments } from '../../companion/cli/options.ts';
import type { ProgenyError } from '../../companion/protocol/index.ts';
import { makeRepository } from '../fixtures/repository.ts';
import { eventually, testCompanion } from '../support/companion.ts';

describe('the drift of a mask, over a real socket', function () {
  this.timeout(60_000);

  it('a mask that was right for long and is wrong now has moved: drift.get says how, `progeny advisers` in words', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1\n' }, { message: 'feat: a' });
    await using t = await testCompanion();
    const { path: workspace } = await t.api.workspaces.open({ path: repository.root });
    const listed = async () => {
      let said = '';
      const args = readArguments([], commands.advisers!.options ?? {});
      const result = (_: unknown, text: () => string) => {
        said = stripVTControlCharacters(text());
      };
      const output = { json: false, result, stream() {}, progress() {}, note() {} };
      await commands.advisers!.run(args, output, t.api);
      return said;
    };
    assert.deepEqual(await t.api.drift.get({ id: 'mask_cal' }), []);
    assert.doesNotMatch(await listed(), /than it used to/);

    for (let i = 0; i < 26; i++) {
      const anchors = [{ kind: 'file' as const, file: 'a.ts' }];
      const title = `thread ${i}`;
      const loop = await t.api.loops.open({ workspace, title, priority: 'high', anchors });
      const asked = await eventually(() =>
        t.api.council.fate({ loop: loop.id }).catch((error: ProgenyError) => {
          // Only so many heavy calls a second.
          if (error.code === 'rate_limited') return null;
          throw error;
        }),
      );
      assert.equal(asked.rounds[0]!.ballots.find(({ name }) => name === 'Cal')?.choice, 'preserve');
      await t.api.loops.update({ id: loop.id, status: i < 16 ? 'blessed' : 'dropped' });
      await eventually(async () => (await t.api.council.get({ id: asked.id })).observed);
    }
    const [drift] = await t.api.drift.get({ id: 'mask_cal' });
    assert.deepEqual([drift!.kind, drift!.subject, drift!.alert], ['mask', 'mask_cal', false]);
    assert.notEqual(drift!.band, 'stable');
    assert.equal(drift!.reasons[0], 'Right in 0 of 10 of its last votes, in 16 of 16 before');
    assert.match(
      await listed(),
      /^ {5}Votes (?:somewhat |much |quite )?otherwise than it used to\. Right in 0 of 10 of its last votes, in 16 of 16 before\.$/m,
    );
    await assert.rejects(t.api.drift.get({ id: 'mask_none' }), { code: 'not_found' });
  });
});
