import assert from 'node:assert/strict';
import type { Api } from '../../../companion/client/index.ts';
import { silentLogger } from '../../../companion/kernel/index.ts';
import type { ForgetRequest, Forgotten } from '../../../companion/protocol/index.ts';
import { ForgetDesk } from '../../../extension/agents/forget-desk.ts';
import { amount, requestText } from '../../../extension/agents/forget-words.ts';
import { NOW } from './samples.ts';

const nothing: Forgotten = {
  preview: [],
  memories: 0,
  whispers: 0,
  decisions: 0,
  derived: 0,
  runs: 0,
  backups: [],
};
const request: ForgetRequest = {
  id: 'forget_1',
  agent: 'claude-code',
  workspace: '/home/ana/atlas',
  select: { query: 'tiller', workspace: '/home/ana/atlas' },
  reason: 'a typo',
  at: NOW,
  expiresAt: NOW + 1,
  preview: { ...nothing, memories: 3, decisions: 1 },
};

/** A desk whose person presses these labels, one after another. */
function setup(
  pressed: (string | undefined)[],
  options: { focused?: boolean; requests?: ForgetRequest[] } = {},
) {
  const { focused = true, requests = [request] } = options;
  const asked: [string, readonly string[]][] = [];
  const told: string[] = [];
  const listed: string[] = [];
  const answers: unknown[] = [];
  const surface = {
    focused,
    ask: async (text: string, labels: readonly string[]) => {
      asked.push([text, labels]);
      return pressed.shift();
    },
    list: async ({ id }: ForgetRequest) => void listed.push(id),
    tell: (text: string) => void told.push(text),
  };
  const api = {
    memories: {
      forgetRequests: async () => requests,
      answerForget: async (answer: { allow: boolean }) => {
        answers.push(answer);
        return { forgotten: answer.allow ? request.preview : null };
      },
    },
  } as unknown as Api;
  const desk = new ForgetDesk(surface, () => api, silentLogger);
  const look = async () => {
    await desk.look();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { look, asked, told, listed, answers };
}

describe('[M8] the request of an agent to forget', () => {
  it('says who asks for what, how much that is, and why', () => {
    assert.equal(
      requestText(request),
      'The agent claude-code asks to forget 3 memories and 1 decision in atlas (with the words “tiller”). It says: “a typo”.',
    );
    const bare = {
      ...request,
      preview: null,
      reason: '',
      select: { ids: ['memory_1'], since: 0 },
      workspace: 'C:\\w',
    };
    assert.equal(
      requestText(bare),
      'The agent claude-code asks to forget what fits in w (1 record, since 1970-01-01).',
    );
    assert.match(requestText({ ...request, reason: 'x'.repeat(500) }), /“x{119}…”\.$/);
    assert.equal(
      amount({ ...nothing, memories: 1, whispers: 2, derived: 1 }),
      '1 memory, 2 notes and 1 summary',
    );
    assert.match(amount(nothing), /^nothing/);
  });

  it('forgets on that button only', async () => {
    const t = setup(['Forget']);
    await t.look();
    assert.deepEqual(t.asked[0]?.[1], ['Show', 'Forget', 'Refuse']);
    assert.deepEqual(t.answers, [{ id: 'forget_1', allow: true }]);
    assert.deepEqual(t.told, ['Forgotten: 3 memories and 1 decision.']);
  });

  it('is refused on the other', async () => {
    const t = setup(['Refuse']);
    await t.look();
    assert.deepEqual(t.answers, [{ id: 'forget_1', allow: false }]);
    assert.deepEqual(t.told, ['Refused; nothing was forgotten.']);
  });

  it('shows what would go, and asks again', async () => {
    const t = setup(['Show', 'Show', undefined]);
    await t.look();
    assert.deepEqual([t.listed, t.asked.length, t.answers], [['forget_1', 'forget_1'], 3, []]);
  });

  it('goes on waiting when it is closed, and is put once in a window', async () => {
    const t = setup([undefined, 'Forget']);
    await t.look();
    await t.look();
    assert.deepEqual([t.asked.length, t.answers], [1, []]);
  });

  it('is put only in the window that is looked at', async () => {
    const t = setup(['Forget'], { focused: false });
    await t.look();
    assert.deepEqual([t.asked, t.answers], [[], []]);
  });

  it('can make no link of what the agent says', async () => {
    const t = setup([undefined], {
      requests: [{ ...request, reason: '[Forget](command:evil)', preview: null }],
    });
    await t.look();
    assert.doesNotMatch(t.asked[0]?.[0] ?? '', /\]\(command/);
    assert.deepEqual(t.asked[0]?.[1], ['Forget', 'Refuse']);
  });
});
