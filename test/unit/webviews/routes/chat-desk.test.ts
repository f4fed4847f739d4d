import assert from 'node:assert/strict';
import type { Api, CompanionClient, Connection } from '../../../../companion/client/index.ts';
import { ProgenyError } from '../../../../companion/protocol/index.ts';
import { browserClock } from '../../../../webviews/data/clock.ts';
import { ChatDesk, type Pending } from '../../../../webviews/routes/chat/chat-desk.ts';
import { NOW } from '../../../fixtures/samples.ts';
import { type Asked, ScriptedMind } from '../../../support/scripted-mind.ts';

const question = { question: 'Where was I?', workspace: '/w', conversation: null, place: null };
const soon = () => new Promise((resolve) => setTimeout(resolve, 10));

function stage(pending?: Pending) {
  const mind = new ScriptedMind({
    now: () => NOW,
    changed: () => {},
    script: () => ({ steps: ['Looking …'], pieces: ['a ', 'b ', 'c'], citations: [] }),
  });
  const kept: (Pending | undefined)[] = [];
  let listener: (connection: Connection) => void = () => {};
  let refusal: Error | null = null;
  const api = {
    chat: {
      async ask(asked: Asked, { signal }: { signal: AbortSignal }) {
        if (refusal) throw refusal;
        return mind.ask({ ...asked, place: {}, door: 'own' }, signal);
      },
      async cancel({ id }: { id: string }) {
        mind.cancel(id);
        return {};
      },
    },
  } as unknown as Api;
  const client = {
    api,
    connected: async () => api,
    onConnection: (told: typeof listener) => {
      listener = told;
      return { dispose() {} };
    },
  } as unknown as CompanionClient;
  const desk = new ChatDesk({ client, clock: browserClock, pending, keep: (now) => kept.push(now) });
  return {
    mind,
    desk,
    kept,
    refuse: (error: Error | null) => {
      refusal = error;
    },
    down: () => listener({ state: 'down', problem: 'x' }),
  };
}

describe('the desk of the chat', () => {
  it('streams one answer at a time, and keeps its turn', async () => {
    const { mind, desk, kept } = stage();
    mind.holdAfter = 2;
    const asking = desk.ask(question);
    await soon();
    assert.equal(desk.state.running?.text, 'a b ');
    assert.equal(desk.state.running?.step, 'Looking …');
    assert.equal(desk.free, false);
    await desk.ask({ ...question, question: 'another' });
    assert.equal(mind.asked.length, 1);
    assert.equal(kept.at(-1)?.question, 'Where was I?');
    mind.goOn();
    await asking;
    assert.equal(desk.state.running, null);
    assert.equal(desk.state.ended[0]?.answer, 'a b c');
    assert.equal(kept.at(-1), undefined);
  });

  it('stops through the companion, which ends the answer where it is', async () => {
    const { mind, desk } = stage();
    mind.holdAfter = 1;
    const asking = desk.ask(question);
    await soon();
    await desk.stop();
    await asking;
    assert.deepEqual([desk.state.ended[0]?.answer, desk.state.ended[0]?.outcome], ['a ', 'cancelled']);
  });

  it('gives a question back that was not taken, with why', async () => {
    const { desk, refuse } = stage();
    refuse(new ProgenyError('rate_limited', 'Thirty a minute.'));
    await desk.ask(question);
    assert.equal(desk.state.running, null);
    assert.deepEqual(desk.state.refused, { ...question, problem: 'Thirty a minute.' });
    refuse(null);
    await desk.ask(question);
    assert.equal(desk.state.refused, null);
    assert.equal(desk.state.ended.length, 1);
  });

  it('keeps what came where the connection is lost, settles when it is stored, and may ask again', async () => {
    const { mind, desk, down } = stage();
    mind.holdAfter = 1;
    const asking = desk.ask(question);
    await soon();
    down();
    assert.equal(desk.state.running?.state, 'lost');
    assert.equal(desk.state.running?.text, 'a ');
    assert.equal(desk.free, true);
    await asking;
    desk.settle([]);
    assert.equal(desk.state.running?.state, 'lost');
    assert.equal(mind.turns[0]?.answer, 'a b c');
    desk.settle(mind.turns);
    assert.equal(desk.state.running, null);
  });

  it('remembers across pages what was under way', () => {
    const pending = { question: 'q', workspace: '/w', conversation: 'conv_1', turn: 'turn_1' };
    const { desk } = stage(pending);
    assert.equal(desk.state.running?.state, 'lost');
    assert.match(desk.state.running?.problem ?? '', /closed while this was written/);
    desk.dismiss();
    assert.equal(desk.state.running, null);
  });

  it('says so where a stream ends without its end', async () => {
    const { mind, desk } = stage();
    mind.ask = async function* () {
      yield { kind: 'begin', turn: 'turn_1', conversation: 'conv_1', answeredBy: null };
      yield { kind: 'text', text: 'half' };
    };
    await desk.ask(question);
    assert.deepEqual([desk.state.running?.state, desk.state.running?.text], ['lost', 'half']);
  });
});
