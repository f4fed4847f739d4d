import assert from 'node:assert/strict';
import { silentLogger } from '../../../companion/kernel/index.ts';
import { ProgenyError } from '../../../companion/protocol/index.ts';
import { contestedBefore } from '../../../companion/wheel-council.ts';

describe('contested runs', () => {
  const asked: string[] = [];
  const contested = contestedBefore({
    logger: silentLogger,
    council: {
      async ask({ question }) {
        asked.push(question);
        if (question.includes('too often')) throw new ProgenyError('rate_limited', 'Ask again in 10 min.');
        return { id: 'proposal_1' } as never;
      },
    },
  });
  const run = { root: '/r', sentence: 'Clean up.', files: 1, deleted: 0, steps: [] };
  const origin = (by: 'person' | 'agent' | 'mind') => ({ by, name: 'x' });

  it('what nobody asked for in person and what deletes or changes much goes before the council; nothing else', async () => {
    const branch = { tool: 'delete_branch', name: 'b', at: 'a'.repeat(40), mergedInto: 'main' } as const;
    assert.equal(await contested({ ...run, origin: origin('person'), deleted: 9 }), null);
    assert.equal(await contested({ ...run, origin: origin('agent') }), null);
    assert.deepEqual(asked, []);
    assert.equal(await contested({ ...run, origin: origin('agent'), deleted: 1 }), 'proposal_1');
    assert.equal(await contested({ ...run, origin: origin('mind'), steps: [branch] }), 'proposal_1');
    assert.equal(await contested({ ...run, origin: origin('mind'), files: 50 }), 'proposal_1');
    assert.deepEqual(new Set(asked), new Set(['Shall this be done? Clean up.']));
  });

  it('a council that asks too seldom holds up nothing', async () => {
    assert.equal(
      await contested({ ...run, sentence: 'too often', origin: origin('mind'), deleted: 1 }),
      null,
    );
  });
});
