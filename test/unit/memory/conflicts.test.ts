import assert from 'node:assert/strict';
import { systemClock } from '../../../companion/kernel/index.ts';
import { contradictions } from '../../../companion/memory/index.ts';
import { rememberInput, type WrittenBy } from '../../../companion/protocol/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('memory/conflicts', () => {
  const cases: readonly [
    name: string,
    facts: readonly (string | object)[],
    because: string | null,
    by?: WrittenBy,
  ][] = [
    ['another number', ['The gateway listens on port 8080', 'The gateway listens on port 9090'], 'number'],
    ['a negation', ['The importer retries', 'The importer does not retry'], 'negation'],
    ['the contracted negation', ['The importer retries', "The importer doesn't retry"], 'negation'],
    [
      'two that an agent says about the same',
      [
        { content: 'We use Redis', about: 'database' },
        { content: 'We use SQLite', about: 'Database' },
      ],
      'about',
      'agent',
    ],
    ['two numbers at once', ['20 of 30 tests pass', '21 of 31 tests pass'], null],
    ['a series', [10, 20, 30, 40].map((n) => `The build took ${n} s`), null],
    ['other words', ['The importer retries', 'The exporter does not retry'], null],
    ['the same in another order', ['In CI the importer fails', 'The importer fails in CI'], null],
    [
      'no facts',
      ['a', 'b'].map((text) => ({ content: `The port is 808${text === 'a' ? 0 : 1}`, kind: 'episode' })),
      null,
    ],
    [
      'one that holds no more',
      [{ content: 'The port is 8080', validFrom: 1, validTo: 2 }, 'The port is 9090'],
      null,
    ],
    [
      'one that a person closed by saying the other',
      [
        { content: 'We use Redis', about: 'database' },
        { content: 'We use SQLite', about: 'database' },
      ],
      null,
    ],
  ];
  for (const [name, facts, because, by = 'person'] of cases)
    it(`[S6] ${name}: ${because ?? 'no contradiction'}`, async () => {
      using folder = temporaryFolder();
      const store = await openStore(folder.path);
      const memory = openMemory(store, systemClock);
      for (const fact of facts) {
        const whole = typeof fact === 'string' ? { content: fact } : fact;
        await memory.remember(rememberInput.parse({ kind: 'fact', ...whole }), by);
      }
      const found = await contradictions(store.mind, async () => {});
      assert.deepEqual(
        found.map((each) => each.because),
        because === null ? [] : [because],
      );
      await memory.dispose();
      store.close();
    });
});
