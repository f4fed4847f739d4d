import assert from 'node:assert/strict';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { ask } from '../support/chat.ts';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';
import { isSynthesis, ScriptedLanguage } from '../support/scripted-language.ts';
import { canary, traces } from '../support/traces.ts';

describe('forgetting what was said in chat', function () {
  this.timeout(120_000);
  let t: TestCompanion;
  let repository: TestRepository;
  let workspace: string;
  /** What the model says of the first source. */
  let says = '';
  const language = new ScriptedLanguage((g) => (isSynthesis(g) ? [says] : ['{}']));

  beforeEach(async () => {
    language.up = false;
    t = await testCompanion({ writer: language });
    repository = await makeRepository();
    repository.commit({ 'src/a.ts': 'one\ntwo\n' }, { message: 'feat: a' });
    workspace = (await t.api.workspaces.open({ path: repository.root })).path;
  });
  afterEach(async () => {
    await t[Symbol.asyncDispose]();
    await repository[Symbol.asyncDispose]();
  });

  /** Nothing is left of them below the data directory but in backups that were there before. */
  const nothingLeft = (words: readonly string[], old: readonly string[] = []) =>
    assert.deepEqual(
      traces(t.data, words).filter((name) => !old.some((id) => name.includes(id))),
      [],
    );

  it('a conversation goes with its thoughts and what was remembered of it; the others stay', async () => {
    const [gone, kept] = [canary(), canary()];
    const { turn } = await ask(t.api, { workspace, question: `why did we choose "${gone}"?` });
    await ask(t.api, { workspace, conversation: turn.conversation, question: `and ${gone} again` });
    const other = await ask(t.api, { workspace, question: `what of ${kept}?` });
    assert.ok(traces(t.data, [gone]).length > 0);
    await t.api.chat.forget({ id: turn.conversation });
    nothingLeft([gone]);
    await assert.rejects(t.api.chat.turns({ id: turn.conversation }), { code: 'not_found' });
    await assert.rejects(t.api.chat.forget({ id: turn.conversation }), { code: 'not_found' });
    assert.deepEqual(
      (await t.api.chat.conversations({})).map(({ id }) => id),
      [other.turn.conversation],
    );
    assert.equal((await t.api.thoughts.list({ turn: turn.id })).length, 0);
    assert.ok((await t.api.thoughts.list({ turn: other.turn.id })).length > 0);
  });

  it('by words: the question with its answer goes, the conversation is called by what is left', async () => {
    const [gone, kept] = [canary(), canary()];
    const { turn } = await ask(t.api, { workspace, question: `what of ${gone}?` });
    await ask(t.api, { workspace, conversation: turn.conversation, question: `and of ${kept}?` });
    await t.api.memories.forget({ select: { query: gone } });
    nothingLeft([gone]);
    const [left] = await t.api.chat.conversations({});
    assert.deepEqual([left?.turns, left?.title], [1, `and of ${kept}?`]);
  });

  it('what an answer rests on takes the answer along: whisper, decision, record; by search and by model', async () => {
    for (const up of [false, true]) {
      const words = [canary(), canary(), canary()];
      const whisper = await t.api.whispers.add({
        workspace,
        text: `the tiller is of ${words[0]}`,
        file: 'src/a.ts',
        line: 1,
      });
      const decision = await t.api.decisions.add({
        workspace,
        question: 'Which tiller?',
        decision: 'oak',
        why: `it is ${words[1]}`,
      });
      const record = await t.api.memories.remember({ workspace, content: `A tiller costs ${words[2]}` });
      language.up = up;
      // It tells of all of them what it was not asked to cite.
      says = `The tiller is oak [1]. A tiller is ${words.join(' and ')} [1].`;
      const { turn } = await ask(t.api, { workspace, question: 'why this tiller?' });
      assert.equal(turn.answeredBy !== null, up);
      for (const word of words) assert.ok(JSON.stringify(turn).includes(word), word);
      for (const [i, id] of [whisper.id, decision.id, record.id].entries()) {
        const preview = await t.api.memories.forget({ select: { ids: [id] }, dryRun: true });
        if (i === 0) assert.equal(preview.derived, 1, 'the answer is shown as what goes along');
        await t.api.memories.forget({ select: { ids: [id] } });
        nothingLeft(words.slice(0, up ? words.length : i + 1).slice(0, i + 1));
        const [after] = await t.api.chat.turns({ id: turn.conversation });
        assert.deepEqual([after?.question, after?.answer, after?.citations], ['why this tiller?', '', []]);
        assert.match(after?.note ?? '', /was forgotten, so the answer is gone too/);
      }
      nothingLeft(words);
    }
  });

  it('what was said before takes later answers along that knew it', async () => {
    const word = canary();
    await t.api.decisions.add({ workspace, question: 'Which tiller?', decision: 'oak', why: 'it floats' });
    const { turn } = await ask(t.api, { workspace, question: `my tiller is called ${word}` });
    language.up = true;
    says = `The tiller ${word} is oak because it floats [1].`;
    const later = await ask(t.api, {
      workspace,
      conversation: turn.conversation,
      question: 'why this tiller?',
    });
    assert.ok(later.turn.answer.includes(word));
    await t.api.memories.forget({ select: { query: word } });
    nothingLeft([word]);
    const left = await t.api.chat.turns({ id: turn.conversation });
    assert.deepEqual(
      left.map(({ question, answer }) => [question, answer]),
      [['why this tiller?', '']],
    );
  });

  it('a source that is forgotten while the answer is written', async () => {
    const word = canary();
    language.up = true;
    says = `A tiller costs ${word} [1]. A tiller is dear [1].`;
    const { id } = await t.api.memories.remember({ workspace, content: `A tiller costs ${word}` });
    let conversation = '';
    for await (const event of await t.api.chat.ask({ workspace, question: 'what of the tiller?' })) {
      if (event.kind === 'begin') conversation = event.conversation;
      if (event.kind === 'step') await t.api.memories.forget({ select: { ids: [id] } });
    }
    const [turn] = await t.api.chat.turns({ id: conversation });
    assert.equal(turn?.answer.includes(word), false);
    nothingLeft([word]);
  });

  it('a backup from before brings none back; forgetting the folder takes all', async () => {
    const [gone, later] = [canary(), canary()];
    const { turn } = await ask(t.api, { workspace, question: `what of ${gone}?` });
    const before = await t.api.backups.create({});
    await t.api.chat.forget({ id: turn.conversation });
    nothingLeft([gone], [before.id]);
    await t.api.backups.restore({ id: before.id });
    nothingLeft([gone], [before.id]);
    assert.deepEqual(await t.api.chat.conversations({}), []);
    await ask(t.api, { workspace, question: `what of ${later}?` });
    await t.api.workspaces.forget({ path: workspace });
    await eventually(async () => (await t.api.chat.conversations({})).length === 0);
    nothingLeft([later], [before.id]);
  });
});
