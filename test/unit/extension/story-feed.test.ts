import assert from 'node:assert/strict';
import type { Api } from '../../../companion/client/index.ts';
import { Listeners, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import type { StoryLine } from '../../../companion/protocol/index.ts';
import { StoryFeed } from '../../../extension/story/story-feed.ts';
import { channelLine, statusWords } from '../../../extension/story/story-words.ts';
import { sampleStoryLine } from '../../fixtures/samples.ts';
import { Stream } from '../../host/support/stream.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

function feeding() {
  const clock = new VirtualClock(0);
  const changes = new Listeners<void>();
  const told = new Stream<StoryLine>();
  const heard: string[] = [];
  const today = [sampleStoryLine({ seq: 3, text: 'earlier' })];
  let failing = false;
  const api = {
    story: {
      watch: async (_: object, { signal }: { signal: AbortSignal }) => {
        if (failing) throw new Error('away');
        return told.read(signal);
      },
      day: async () => ({ day: '', lines: today, markdown: '' }),
    },
  } as unknown as Api;
  const source = { api: null as Api | null, onChange: (listener: () => void) => changes.add(listener) };
  const feed = new StoryFeed(source, clock, silentLogger, {
    begun: (lines) => heard.push(`begun: ${lines.map(({ text }) => text).join()}`),
    told: ({ text }) => heard.push(text),
  });
  return {
    clock,
    told,
    heard,
    feed,
    connect: (there: boolean) => {
      source.api = there ? api : null;
      changes.tell();
    },
    fail: (on: boolean) => {
      failing = on;
    },
  };
}

describe('the story in the editor', () => {
  it('begins with what was told today, then hears each line once, over a lost connection too', async () => {
    const t = feeding();
    t.connect(true);
    await turn();
    t.told.tell(sampleStoryLine({ seq: 3, text: 'earlier' }));
    t.told.tell(sampleStoryLine({ seq: 4, text: 'four' }));
    await turn();
    t.connect(false);
    await turn();
    t.connect(true);
    await turn();
    t.told.tell(sampleStoryLine({ seq: 4, text: 'four' }));
    t.told.tell(sampleStoryLine({ seq: 5, text: 'five' }));
    await turn();
    assert.deepEqual(t.heard, ['begun: earlier', 'four', 'five']);
    t.feed.dispose();
  });

  it('tries again where the stream breaks off', async () => {
    const t = feeding();
    t.fail(true);
    t.connect(true);
    await turn();
    assert.deepEqual(t.heard, []);
    t.fail(false);
    t.clock.advance(5_000);
    await turn();
    t.told.tell(sampleStoryLine({ seq: 9, text: 'nine' }));
    await turn();
    assert.deepEqual(t.heard, ['begun: earlier', 'nine']);
    t.feed.dispose();
  });

  it('says who tells it, but for plain words; a status bar draws no icon of what a repository says', () => {
    const at = new Date(2026, 2, 2, 9, 5).getTime();
    assert.equal(channelLine(sampleStoryLine({ at })), '09:05  Cal   Tests are green again in atlas.');
    assert.equal(channelLine(sampleStoryLine({ at, text: 'x', plain: 'x' })), '09:05        x');
    const { text, label } = statusWords(sampleStoryLine({ text: '$(zap) "a" is open', plain: '"a" opened' }));
    assert.ok(text.startsWith('$(book) $\u200b(zap)'));
    assert.equal(label, 'Progeny story: "a" opened');
  });
});
