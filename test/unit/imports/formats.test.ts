import assert from 'node:assert/strict';
import { detectFormat } from '../../../companion/imports/index.ts';
import type { ImportFormat } from '../../../companion/protocol/index.ts';
import { emptyMind, fixture, partsOf, type TestMind } from './world.ts';

interface Row {
  origin: string;
  kind: string;
  content: string;
  author: string | null;
  session: string | null;
  position: number | null;
  happened_at: number;
  source: string;
  tags: string;
}

async function imported(mind: TestMind, format: ImportFormat, place = fixture(format)) {
  const totals = await mind.run(await partsOf(format, place));
  const rows = mind.rows() as unknown as Row[];
  assert.ok(!JSON.stringify(rows).includes('secret'), 'something was kept that nobody said');
  return { totals, rows, said: rows.map(({ author, content }) => `${author ?? '-'}: ${content}`) };
}

const NEVER = { 'a file of another format': 1 };

describe('imports/formats', () => {
  it('[M9] Copilot Chat: questions and answers of whole sessions and of logs', async () => {
    await using mind = await emptyMind();
    const { said, rows, totals } = await imported(mind, 'copilot-chat');
    assert.deepEqual(said, [
      'ana-example: How should we retry the upload?',
      'Copilot: Use exponential backoff in `upload.ts` with a cap of 30 s.\n\nShall I add jitter as well?',
      'ana-example: Yes, full jitter.',
      'Copilot: ```\n\nAdded: `delay = random() * min(cap, base * 2 ** n)`.',
      'ana-example: Cancel that? No, keep it.',
      '-: Which store fits one user?',
      'Copilot: SQLite: one file, no server.',
      '-: And for a team?',
      'Copilot: Then PostgreSQL.',
    ]);
    assert.deepEqual(
      rows.map(({ position }) => position),
      [0, 1, 2, 3, 4, 0, 1, 2, 3],
    );
    assert.equal(rows[0]?.happened_at, 1763727160000);
    assert.deepEqual(JSON.parse(rows[0]?.tags ?? ''), ['copilot-chat', 'Retry with backoff']);
    assert.equal((Object.prototype as { polluted?: boolean }).polluted, undefined);
    assert.equal(totals.skipped['a file of another format'], 1);
    assert.equal(totals.skipped['a request of an unknown shape'], 1);
  });

  it('[M9] ChatGPT: the branch that is shown, without tools, thoughts and hidden messages', async () => {
    await using mind = await emptyMind();
    const { said, rows, totals } = await imported(mind, 'chatgpt');
    assert.deepEqual(said, [
      '-: How do I bake sourdough without a scale?',
      'ChatGPT: Use cups: 4 cups flour, 1½ cups water.\n\nShall I add a schedule?',
      '-: Yes. Here is my oven.',
      'ChatGPT: Feed at 8, fold at 10, bake at 18. 🍞',
      '-: What is a monad, in one line?',
      'ChatGPT: A value with a rule for chaining, "[like {this}]" \\ so.',
      '-: Round and round?',
      'ChatGPT: And round.',
    ]);
    // Without a time of its own, a message has that of the one before, or of its conversation.
    assert.deepEqual(
      rows.slice(0, 5).map(({ happened_at }) => happened_at),
      [1706000000123, 1706000020500, 1706000020500, 1706000040000, 1707000000000],
    );
    assert.deepEqual(totals.skipped, { 'a conversation of an unknown shape': 1 });
  });

  it('[M9] Cline: from its view, or from the history of the model where that is broken', async () => {
    await using mind = await emptyMind();
    const { said, rows, totals } = await imported(mind, 'cline');
    assert.deepEqual(said, [
      '-: Write a test for the parser',
      'Cline: I will read the parser first.',
      'Cline: Which runner do you use?\n\n- mocha\n- vitest',
      '-: mocha, please',
      '-: and no snapshots',
      'Cline: The test covers empty input and nesting.',
      '-: Rename the option',
      'Cline: I look for its uses.',
      'Cline: Keep the old name as an alias?',
      '-: No, it was never released.',
      'Cline: Renamed in 4 files.',
      '-: Thanks. Also in the docs.',
    ]);
    assert.equal(rows[6]?.happened_at, 1760000100000);
    assert.deepEqual(totals.skipped, { 'a message of an unknown shape': 2, ...NEVER });
  });

  it('[M9] Markdown: sections of notes with their place, turns of conversations with their speakers', async () => {
    await using mind = await emptyMind();
    const { rows, totals } = await imported(mind, 'markdown');
    const told = rows.map(({ source, author, content, kind }) => {
      const { file, line } = JSON.parse(source) as { file: string; line: number };
      return `${file}:${line} ${kind[0]} ${author ?? '-'}: ${content.replaceAll('\n', '|')}`;
    });
    assert.deepEqual(told, [
      'daily/2026-03-09.md:1 o -: Monday||The scheduler test failed again.||- [ ] ask Bo',
      'garden.md:10 o -: Garden plan||The plot faces south.',
      'garden.md:14 o -: Garden plan › Beds › Tomatoes||Sow indoors in March.||```sh|# not a heading|water --daily|```',
      'garden.md:25 o -: Garden plan › Tools||Borrow the tiller from Bo.',
      'not-a-talk.md:1 o -: Summary: we shipped.|Next: the docs.',
      'talks/chat.markdown:3 c -: What is the capital of Peru?',
      'talks/chat.markdown:7 c Assistant: Lima.',
      'talks/plain.md:5 c Melanie: Are you coming for dinner?',
      'talks/plain.md:6 c Caroline: Yes, at six.||I bring the pie.',
      'talks/plain.md:9 c Melanie: Note: the oven is broken.',
      'talks/standup.md:3 c Ana: I froze the clock yesterday.||Today I look at the uploads.',
      'talks/standup.md:7 c Bo: I am still on the importer.',
      'talks/standup.md:9 c Ana: ok',
      'talks/standup.md:11 c Bo: Do you need the tiller?',
      'talks/standup.md:13 c Ana: ok',
    ]);
    const garden = rows[2] as Row;
    assert.deepEqual(JSON.parse(garden.tags), ['markdown', 'garden', 'spring']);
    assert.equal(garden.happened_at, Date.UTC(2026, 2, 5));
    assert.equal(rows[0]?.happened_at, Date.UTC(2026, 2, 9));
    assert.equal(rows[0]?.session, null);
    assert.deepEqual(totals.skipped, NEVER);
  });

  for (const format of ['claude-code', 'copilot-chat', 'chatgpt', 'cline', 'markdown'] as const)
    it(`${format} is found out from its folder`, async () =>
      assert.equal(await detectFormat(fixture(format)), format));

  it('a format is found out from one file', async () => {
    for (const [place, format] of [
      ['chatgpt/conversations.json', 'chatgpt'],
      ['cline/tasks/1760000000000/ui_messages.json', 'cline'],
      ['cline/tasks/1760000000000', 'cline'],
      ['markdown/talks/plain.md', 'markdown'],
      ['copilot-chat/workspaceStorage/5f2e/chatSessions', 'copilot-chat'],
      [
        'copilot-chat/workspaceStorage/5f2e/chatSessions/3b7e1f1b-0000-4000-8000-000000000002.jsonl',
        'copilot-chat',
      ],
    ] as const)
      assert.equal(await detectFormat(fixture(place)), format, place);
  });

  it('what was said in a folder names it', async () => {
    const folders = async (format: ImportFormat) => {
      const found = new Set<string | null>();
      for (const part of await partsOf(format, fixture(format)))
        try {
          for await (const { workspace } of part.read(() => {}, new AbortController().signal))
            found.add(workspace);
        } catch {}
      return [...found];
    };
    assert.deepEqual(await folders('claude-code'), ['/home/ana/clock']);
    assert.deepEqual(await folders('copilot-chat'), ['/home/ana/clock work']);
    assert.deepEqual(await folders('cline'), ['/home/ana/parser', null]);
  });
});
