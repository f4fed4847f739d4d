import assert from 'node:assert/strict';
import type { Api } from '../../../companion/client/index.ts';
import { CLOSED_DOORS, type Status } from '../../../companion/protocol/index.ts';
import type { Ghost } from '../../../extension/ghost.ts';
import { PARTICIPANT, TOOLS } from '../../../extension/manifest/chat.ts';
import { NOW } from '../../fixtures/samples.ts';
import { atlasAnswers } from '../../support/atlas-answers.ts';
import * as fake from '../../support/fake-vscode.ts';
import { type Asked, ScriptedMind, type Script as ScriptOf } from '../../support/scripted-mind.ts';
import { status, workspace } from './samples.ts';

fake.withFakeVscode();
const { createParticipant } = await import('../../../extension/chat/participant.ts');
const { createTools } = await import('../../../extension/chat/tools.ts');

type Script = (asked: Asked) => ScriptOf;
const HOME = '/home/ana/atlas';
const folder = { path: HOME, name: 'atlas', uri: new fake.Uri(HOME) };

/** The editor's chat as it is written to. */
class Page {
  readonly log: string[] = [];
  readonly buttons: { command: string; title: string }[] = [];
  readonly references: fake.Location[] = [];
  markdown = (text: string) => void this.log.push(text);
  progress = (words: string) => void this.log.push(`(${words})`);
  anchor = (at: fake.Location, title: string) => void this.log.push(`<${title}@${at.position.line}>`);
  reference = (at: fake.Location) => void this.references.push(at);
  button = (button: { command: string; title: string }) => void this.buttons.push(button);
  get text(): string {
    return this.log.join('');
  }
}

function stage(
  options: {
    chat?: boolean;
    confidential?: boolean;
    connected?: boolean;
    folders?: boolean;
    script?: Script;
  } = {},
) {
  const { chat = true, confidential = false, connected = true, folders = true } = options;
  const mind = new ScriptedMind({
    now: () => NOW,
    changed: () => {},
    script:
      options.script ??
      atlasAnswers({
        workspace: HOME,
        now: NOW,
        clockLoop: 'loop_clock1',
        todoLoop: 'loop_crlf00',
        decisionMemory: 'mem_clock1',
        scheduler: 'src/scheduler.ts',
        schedulerLine: 4,
        parser: 'src/parser.ts',
        parserLine: 7,
        commit: 'a41c9e2f00b1',
      }),
  });
  const api = {
    chat: {
      ask: (asked: Partial<Asked> & Pick<Asked, 'question' | 'door'>, call?: { signal?: AbortSignal }) =>
        Promise.resolve(mind.ask({ place: {}, ...asked }, call?.signal)),
      cancel: async ({ id }: { id: string }) => {
        mind.cancel(id);
        return {};
      },
    },
  } as unknown as Api;
  const now: Status = status({
    workspaces: [workspace({ doors: { ...CLOSED_DOORS, chat, confidential } })],
  });
  const ghost = {
    link: { api: connected ? api : null, status: connected ? now : null },
    folders: {
      all: folders ? [folder] : [],
      current: folders ? folder : null,
      placeOf: ({ fsPath }: fake.Uri) => ({ folder, file: fsPath.slice(HOME.length + 1) }),
    },
    log: { warn: () => {} },
    extensionPath: '/x',
  } as unknown as Ghost;
  return { mind, ghost };
}

async function ask(
  ghost: Ghost,
  prompt: string,
  history: unknown[] = [],
  token = new fake.CancellationTokenSource().token,
) {
  const page = new Page();
  createParticipant(ghost);
  const handler = fake.participants.get(PARTICIPANT)?.handler as (...args: unknown[]) => Promise<{
    metadata?: { conversation: string; folder: string };
    errorDetails?: { message: string };
  }>;
  return { page, result: await handler({ prompt }, { history }, page, token) };
}

const use = async (ghost: Ghost, name: string, input: unknown) => {
  createTools(ghost);
  const result = await fake.tools.get(name)!.invoke({ input }, new fake.CancellationTokenSource().token);
  return result.content.map(({ value }) => value).join('');
};

describe('@progeny in the editor’s chat', () => {
  afterEach(() => {
    fake.window.activeTextEditor = undefined;
    fake.participants.clear();
    fake.tools.clear();
  });

  it('[C8] streams an answer through the editor’s door, with its sources', async () => {
    const { mind, ghost } = stage();
    const { page, result } = await ask(ghost, 'Where was I?');
    assert.equal(page.log[1], '(Looking through what is remembered …)');
    assert.match(page.text, /You stopped on Friday at 18\\:40 in fix\/clock/);
    assert.match(page.text, /\\\[3\\\] src\/scheduler\\\.ts, line 4 <scheduler\.ts:4@3>/);
    assert.match(page.text, /\\\[1\\\] fix\/clock.* `a41c9e2` /);
    assert.match(page.text, /\*Answered from memory and threads, without a model\\\.\*$/);
    assert.deepEqual(
      page.references.map(({ uri }) => uri.fsPath),
      [`${HOME}/src/scheduler.ts`],
    );
    assert.equal(mind.asked[0]?.door, 'editor_chat');
    assert.equal(mind.asked[0]?.workspace, HOME);
    assert.deepEqual(Object.keys(result.metadata ?? {}), ['conversation', 'folder']);
  });

  it('goes on with its conversation, about the file that is open', async () => {
    const { mind, ghost } = stage();
    const { result } = await ask(ghost, 'Where was I?');
    const document = { uri: new fake.Uri(`${HOME}/src/parser.ts`), getText: () => 'secret selection' };
    const at = { line: 6, character: 0 };
    fake.window.activeTextEditor = { document, selection: { active: at, start: at } };
    await ask(ghost, 'What is open in this file?', [{ prompt: 'Where was I?' }, { result }]);
    assert.equal(mind.asked[1]?.conversation, result.metadata?.conversation);
    assert.deepEqual(mind.asked[1]?.place, { file: 'src/parser.ts', line: 7 });
    // Another folder's conversation is none of this one's.
    const other = { metadata: { conversation: 'conv_other1', folder: '/elsewhere' } };
    await ask(ghost, 'Where was I?', [{ result: other }]);
    assert.equal(mind.asked[2]?.conversation, undefined);
  });

  for (const [why, options] of [
    ['closed', { chat: false }],
    ['confidential', { confidential: true }],
  ] as const) {
    it(`asks nothing of a folder that is ${why}, and says how one is opened`, async () => {
      const { mind, ghost } = stage(options);
      const { page } = await ask(ghost, 'Where was I?');
      assert.match(page.text, /atlas is closed to the editor's chat.*Open Doors/);
      assert.deepEqual(page.buttons, [{ command: 'progeny.doors', title: 'Open Doors…' }]);
      assert.deepEqual(mind.asked, []);
      assert.match(await use(ghost, TOOLS.recall, { question: 'why?' }), /closed to the editor's chat/);
      assert.match(await use(ghost, TOOLS.openLoops, {}), /Progeny: Open Doors…/);
      assert.deepEqual(mind.asked, []);
    });
  }

  it('says what is missing without a folder, and without a companion', async () => {
    assert.match((await ask(stage({ folders: false }).ghost, 'x')).page.text, /Open a folder first/);
    const down = await ask(stage({ connected: false }).ghost, 'x');
    assert.match(down.page.text, /The companion is not running/);
    assert.equal(down.page.buttons[0]?.command, 'progeny.startCompanion');
    assert.match(
      await use(stage({ connected: false }).ghost, TOOLS.recall, { question: 'x' }),
      /not running/,
    );
  });

  it('stops when the editor’s chat is stopped', async () => {
    const { mind, ghost } = stage();
    mind.holdAfter = 3;
    const cancel = new fake.CancellationTokenSource();
    const asking = ask(ghost, 'Where was I?', [], cancel.token);
    await new Promise((resolve) => setTimeout(resolve, 20));
    cancel.cancel();
    const { result } = await asking;
    assert.deepEqual(result, {});
    assert.equal(mind.cancelled.length, 1);
  });

  it('says what went wrong in the chat', async () => {
    const { mind, ghost } = stage();
    mind.ask = () => {
      throw new Error('Thirty questions a minute.');
    };
    const { result } = await ask(ghost, 'Where was I?');
    assert.deepEqual(result, { errorDetails: { message: 'Thirty questions a minute.' } });
  });

  it('lets no answer be more than text', async () => {
    const hostile = '![x](https://evil.example/?q=1) [run](command:quit) <b>';
    const { ghost } = stage({ script: () => ({ steps: [], pieces: [hostile], citations: [] }) });
    const { page } = await ask(ghost, 'Where was I?');
    assert.match(page.text, /\\!\\\[x\\\]\\\(https/);
    assert.doesNotMatch(page.text, /(?<!\\)\[run|(?<!\\)<b/);
  });

  it('[C8] gives the models’ tools the answer with its places as plain text', async () => {
    const { mind, ghost } = stage();
    const text = await use(ghost, TOOLS.recall, { question: 'Why a frozen clock?' });
    assert.match(text, /^Because the first run of the day was flaky: it read the real clock \[1\]\./);
    assert.match(
      text,
      /\[1\] Which clock do the scheduler tests use\? A frozen one \(src\/scheduler\.ts, line 4\)/,
    );
    assert.match(
      await use(ghost, TOOLS.openLoops, { file: 'src/parser.ts' }),
      /Two threads touch src\/parser\.ts/,
    );
    assert.deepEqual(
      mind.asked.map(({ door, place }) => [door, place.file]),
      [
        ['editor_chat', undefined],
        ['editor_chat', 'src/parser.ts'],
      ],
    );
  });

  it('does nothing in a host without a chat, or without models', () => {
    const { ghost } = stage();
    const { createChatParticipant } = fake.chat;
    const { registerTool } = fake.lm;
    try {
      delete fake.chat.createChatParticipant;
      delete fake.lm.registerTool;
      assert.deepEqual(createParticipant(ghost), []);
      assert.deepEqual(createTools(ghost), []);
    } finally {
      Object.assign(fake.chat, { createChatParticipant });
      Object.assign(fake.lm, { registerTool });
    }
  });
});
