import assert from 'node:assert/strict';
import { seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import type { Memory } from '../../../companion/memory/index.ts';
import type { Ended } from '../../../companion/mind/conversations.ts';
import { Conversations, Thoughts } from '../../../companion/mind/index.ts';
import { perceive } from '../../../companion/mind/perceive.ts';
import { ofMemory } from '../../../companion/mind/sources-of.ts';
import type { Store } from '../../../companion/store/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { canary, traces } from '../../support/traces.ts';

const { perception } = perceive('what of it?');
const FOLDER = '/home/ana/atlas';

describe('mind/conversations', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;
  let memory: Memory;

  beforeEach(async () => {
    folder = temporaryFolder();
    store = await openStore(folder.path);
    memory = openMemory(store, systemClock);
    store.mind.transact((tx) => {
      tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', ?, 0)", FOLDER);
      tx.emit({ type: 'workspace.opened', subject: 'ws_1' });
    });
  });
  afterEach(async () => {
    await memory.dispose();
    await store.close();
    folder[Symbol.dispose]();
  });

  /** As after a start of the companion. */
  const open = () => {
    const common = { mind: store.mind, clock: systemClock, random: seededRandom(3) };
    return new Conversations({
      ...common,
      thoughts: new Thoughts(common),
      remember: (tx, said) => memory.hear(tx, said),
      hide: (tx, id) => memory.hide(tx, id),
    });
  };
  const begin = (conversations: Conversations, question: string, conversation?: string) =>
    conversations.begin({ question, workspace: FOLDER, conversation, door: 'own', perception });
  const source = async (content: string) =>
    ofMemory(
      await memory.remember({
        content,
        workspace: FOLDER,
        kind: 'observation',
        source: {},
        tags: [],
        links: [],
        salience: 0.5,
        pinned: false,
        private: false,
      }),
    );
  const forget = (id: string) => store.mind.bury([{ id, origin: null, at: systemClock.now() }]);
  const written = (answer: string, sources: Ended['sources']): Ended => ({
    answer,
    sources,
    citations: [],
    answeredBy: { provider: 'ollama', model: 'm' },
    note: null,
    outcome: 'answered',
    perception,
  });

  it('what was written until a crash goes with what it rests on', async () => {
    const word = canary();
    const rests = await source(`the tiller is ${word}`);
    const begun = await begin(open(), 'what of the tiller?');
    const before = open();
    before.restOn(begun.id, [rests], []);
    before.keep(begun.id, `It is ${word} [1].`);
    const after = open();
    after.settle();
    assert.deepEqual(
      [after.find(begun.id)?.answer, after.find(begun.id)?.outcome],
      [`It is ${word} [1].`, 'cancelled'],
    );
    forget(rests.id!);
    assert.equal(after.find(begun.id)?.answer, '');
    assert.deepEqual(traces(folder.path, [word]), []);
  });

  it('nothing more is kept of an answer whose source was forgotten while it was written, a crash or not', async () => {
    const word = canary();
    const rests = await source(`the tiller is ${word}`);
    const conversations = open();
    const begun = await begin(conversations, 'what of the tiller?');
    conversations.restOn(begun.id, [rests], []);
    conversations.keep(begun.id, `It is ${word}`);
    forget(rests.id!);
    conversations.keep(begun.id, `It is ${word} [1].`);
    assert.deepEqual(traces(folder.path, [word]), []);
    open().settle();
    assert.match(open().find(begun.id)?.note ?? '', /was forgotten, so the answer is gone too/);
    assert.deepEqual(traces(folder.path, [word]), []);
  });

  it('what was written until a crash is as private as what it rests on', async () => {
    const rests = await source('the tiller is oak');
    const conversations = open();
    const begun = await begin(conversations, 'what of the tiller?');
    conversations.restOn(begun.id, [rests], []);
    conversations.keep(begun.id, 'It is oak [1].');
    await memory.update({ id: rests.id!, private: true });
    const after = open();
    after.settle();
    const outside = { workspace: FOLDER, door: 'own' };
    assert.deepEqual(after.earlier(begun.conversation, 'turn_next', outside, 4), []);
    assert.equal(after.earlier(begun.conversation, 'turn_next', null, 4).length, 1);
  });

  it('a question that was asked while its conversation was being forgotten goes with it', async () => {
    const word = canary();
    const conversations = open();
    const { conversation } = await begin(conversations, 'what of the tiller?');
    const ids = conversations.idsOf(conversation);
    const late = await begin(conversations, `and ${word}?`, conversation);
    store.mind.bury(ids.map((id) => ({ id, origin: null, at: systemClock.now() })));
    assert.equal(await conversations.finish(late.id, written(`It is ${word}.`, []), []), null);
    assert.deepEqual(traces(folder.path, [word]), []);
  });

  it('words that went from answer to answer are forgotten, and private, with their source', async () => {
    const word = canary();
    const rests = await source(`the tiller is ${word}`);
    const conversations = open();
    const first = await begin(conversations, 'what of the tiller?');
    const { conversation } = first;
    await conversations.finish(first.id, written(`It is ${word} [1].`, [rests]), []);
    // Each knows the last two alone: none of the later ones rests on the record itself.
    for (let n = 0; n < 12; n++) {
      const next = await begin(conversations, `and again, ${n}?`, conversation);
      const heard = conversations.earlier(conversation, next.id, null, 2).flatMap((turn) => turn.rests);
      await conversations.finish(next.id, written(`As I said, ${word}, ${n}.`, []), [], heard);
    }
    const outside = { workspace: FOLDER, door: 'own' };
    assert.equal(conversations.earlier(conversation, 'turn_next', outside, 50).length, 13);
    await memory.update({ id: rests.id!, private: true });
    assert.deepEqual(conversations.earlier(conversation, 'turn_next', outside, 50), []);
    forget(rests.id!);
    assert.deepEqual(traces(folder.path, [word]), []);
    const turns = conversations.turns({ id: conversation, limit: 50 });
    assert.deepEqual([turns.length, turns.filter(({ answer }) => answer !== '').length], [13, 0]);
  });
});
