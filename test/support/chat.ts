import type { Api } from '../../companion/client/index.ts';
import type { CompanionOptions } from '../../companion/companion.ts';
import type { ChatEvent, ChatTurn } from '../../companion/protocol/index.ts';
import type { TestRepository } from '../fixtures/repository.ts';
import { makeRepository } from '../fixtures/repository.ts';
import { eventually, type TestCompanion, testCompanion } from './companion.ts';

type Ask = Parameters<Api['chat']['ask']>[0];

export interface Heard {
  readonly events: readonly ChatEvent[];
  readonly turn: ChatTurn;
  readonly streamed: string;
}

/** Asks and listens to the end. */
export async function ask(api: Api, input: Ask): Promise<Heard> {
  const events: ChatEvent[] = [];
  for await (const event of await api.chat.ask(input)) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'end') throw new Error(`The answer did not end: ${JSON.stringify(last)}`);
  const streamed = events.flatMap((event) => (event.kind === 'text' ? [event.text] : [])).join('');
  return { events, turn: last.turn, streamed };
}

export interface ChatWorld extends AsyncDisposable {
  readonly t: TestCompanion;
  readonly repository: TestRepository;
  readonly workspace: string;
  /** Reads the repository again. */
  scan(): Promise<void>;
}

/** A companion that knows a repository in which SQLite was chosen, with a branch in work and a TODO. */
export async function chatWorld(options: Partial<CompanionOptions> = {}): Promise<ChatWorld> {
  const t = await testCompanion(options);
  const known = await chatRepository(t.api);
  return {
    t,
    ...known,
    async [Symbol.asyncDispose]() {
      await t[Symbol.asyncDispose]();
      await known.repository[Symbol.asyncDispose]();
    },
  };
}

/** Makes that repository and tells a companion of it, wherever that runs. */
export async function chatRepository(api: Api) {
  // A test asks faster than anybody types.
  await api.settings.update({ gateway: { rateFactor: 1000 } });
  const repository = await makeRepository();
  const clock = (n: number) =>
    `export const now = ${n};\n// TODO freeze the clock in scheduler tests\nexport const later = ${n};\n`;
  repository.commit(
    { 'src/clock.ts': clock(1), 'src/store.ts': 'open("x.db")\npragma("wal")\n' },
    { message: 'feat: a clock' },
  );
  repository.commit(
    { 'src/store.ts': 'open("y.db")\npragma("wal")\n' },
    { message: 'feat: store everything in SQLite instead of Redis' },
  );
  repository.branch('fix/clock');
  repository.commit({ 'src/clock.ts': clock(2) }, { message: 'fix: another clock' });
  repository.write({ 'src/clock.ts': clock(3) });
  const workspace = (await api.workspaces.open({ path: repository.root })).path;
  const scan = async () => {
    const { id } = await api.workspaces.scan({ path: workspace });
    await eventually(async () => (await api.jobs.list({})).find((job) => job.id === id)?.status === 'done');
  };
  await scan();
  await api.decisions.add({
    workspace,
    question: 'Which database do we use?',
    decision: 'SQLite',
    why: 'One file and no server to run. Redis lost data twice.',
    options: ['Redis', 'SQLite'],
  });
  await api.whispers.add({
    workspace,
    text: 'WAL in SQLite, because readers must not wait',
    file: 'src/store.ts',
    line: 2,
  });
  return { repository, workspace, scan };
}
