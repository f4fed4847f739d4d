import assert from 'node:assert/strict';
import { detectFormat } from '../../../companion/imports/index.ts';
import { emptyMind, fixture, partsOf } from './world.ts';

describe('imports/claude-code', () => {
  it('[M9] keeps what was said, in order, with its source, and nothing else', async () => {
    await using mind = await emptyMind();
    const totals = await mind.run(await partsOf('claude-code', fixture('claude-code')));
    const rows = mind.rows() as {
      content: string;
      author: string | null;
      session: string;
      position: number;
    }[];
    assert.deepEqual(
      rows.map(({ author, position, content }) => `${position} ${author ?? '-'}: ${content.slice(0, 44)}`),
      [
        '0 -: Why is the scheduler test flaky on Windows?',
        '1 Claude: I will look at how the test waits.',
        '2 Claude: It sleeps for 15 ms, and the timer of Window',
        '3 -: Yes, with a virtual clock. <b>Not</b> sinon.',
        '4 -: And keep the public API.',
        '5 Claude: Done: `VirtualClock` in clock.ts, the schedu',
        '0 -: Could we measure it instead?',
        '1 Claude: A benchmark would need a thousand runs; the ',
        '2 -: half a pair \ufffd and a NUL  in the middle',
      ],
    );
    assert.ok(!JSON.stringify(rows).includes('secret'));
    assert.deepEqual(totals, {
      added: 9,
      known: 2,
      skipped: { 'a line that is no JSON': 2, 'a line of an unknown shape': 1 },
    });
    const [first] = mind.memory.recent({ limit: 50 }).slice(-1);
    assert.equal(first?.happenedAt, Date.UTC(2026, 1, 10, 9, 4));
    assert.equal(first?.source.message, '00000000-0000-4000-8000-000000000004');
    assert.match(first?.source.uri ?? '', /^file:.*2b7c1d90.*\.jsonl$/);
    assert.deepEqual(first?.tags, ['claude-code']);
  });

  it('is found out from the folder and from a file', async () => {
    assert.equal(await detectFormat(fixture('claude-code')), 'claude-code');
    const file = '2b7c1d90-5a3e-4c11-9d51-0f6e6d0a7a01.jsonl';
    assert.equal(await detectFormat(fixture('claude-code/-home-ana-clock', file)), 'claude-code');
  });
});
