import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { LanguageError } from '../../../companion/language/index.ts';
import { stateOf } from '../../../companion/service-status.ts';
import { eventually } from '../../support/companion.ts';
import { FakeOllama } from '../../support/fake-ollama.ts';
import { answerOf, languageWith, ollamaAt, question } from '../../support/language.ts';

const sound = [{ guard: { readOnly: false } }, { health: () => [] }] as unknown as [
  Parameters<typeof stateOf>[0],
  Parameters<typeof stateOf>[1],
];

describe('language: away and back', function () {
  this.timeout(60_000);

  it('[C9] killed and revived while ten ask: OFFLINE within 5 s, every question ends, and it goes on without a restart', async () => {
    await using server = await new FakeOllama().start();
    server.otherwise = { kind: 'answer', everyMs: 4 };
    await using language = languageWith([ollamaAt(server.address)], { waitSeconds: 2 });
    await language.look();
    const state = () => stateOf(...sound, language);
    const told: string[] = [];
    language.changed.add(() => told.push(state()));
    const ends = { answered: 0, troubles: new Map<string, string>(), open: 0 };
    let lastAnswers = 0;
    let over = false;
    const asker = async (n: number) => {
      for (let i = 0; !over; i++) {
        ends.open++;
        try {
          const { text } = await answerOf(
            language,
            question(`Question ${i} of ${n}`, { workspace: `/home/ana/${n}` }),
          );
          assert.equal(text, 'The answer is forty-two.');
          ends.answered++;
          lastAnswers++;
        } catch (error) {
          assert.ok(error instanceof LanguageError, String(error));
          ends.troubles.set(error.trouble, error.message);
        }
        ends.open--;
        await delay(20);
      }
    };
    const askers = Array.from({ length: 10 }, (_, n) => asker(n));
    await eventually(() => ends.answered > 10);
    assert.equal(state(), 'FULL');

    await server.stop();
    const killed = performance.now();
    while (state() !== 'OFFLINE') {
      assert.ok(performance.now() - killed < 5000, 'it still says FULL');
      await delay(10);
    }
    assert.ok(told.includes('OFFLINE'), 'those who watch are told');
    await delay(3000);
    assert.equal(state(), 'OFFLINE');
    assert.match(ends.troubles.get('expired') ?? '', /No model was back within 2 s.+ollama serve/);

    lastAnswers = 0;
    await server.start();
    const revived = performance.now();
    while (state() !== 'FULL') {
      assert.ok(performance.now() - revived < 5000, 'it still says OFFLINE');
      await delay(10);
    }
    await eventually(() => lastAnswers > 10);
    over = true;
    await Promise.all(askers);
    assert.equal(ends.open, 0);
    assert.equal(server.mostWriting, 1);
  });

  it('looks not at all while it is well and nobody asks', async () => {
    await using server = await new FakeOllama().start();
    await using language = languageWith([ollamaAt(server.address)]);
    await language.look();
    const { looks } = server;
    await delay(3000);
    assert.equal(server.looks, looks);
  });
});
