import assert from 'node:assert/strict';
import { Listeners, VirtualClock } from '../../../../companion/kernel/index.ts';
import {
  defaultSettings,
  type Settings,
  type SettingsPatch,
  type StoryLine,
} from '../../../../companion/protocol/index.ts';
import { StoryDesk, type StoryDeskOptions } from '../../../../webviews/data/story-desk.ts';
import { sampleStoryLine } from '../../../fixtures/samples.ts';
import { Stream } from '../../../host/support/stream.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const T = 1_700_000_000_000;

function page(remembered: Readonly<Record<string, unknown>> = {}) {
  const clock = new VirtualClock(T);
  const connections = new Listeners<void>();
  const sights = new Listeners<void>();
  const told = new Stream<StoryLine>();
  const kept = new Map<string, unknown>(Object.entries(remembered));
  const state = { connected: true, visible: true, opened: 0, open: 0, asked: 0, failing: false };
  let settings: Settings = structuredClone(defaultSettings);
  const api = {
    story: {
      async watch(_: object, { signal }: { signal: AbortSignal }) {
        if (state.failing) throw new Error('away');
        state.opened++;
        state.open++;
        signal.addEventListener('abort', () => state.open--);
        return told.read(signal);
      },
    },
    settings: {
      async get() {
        state.asked++;
        return settings;
      },
      async update({ narration }: SettingsPatch) {
        settings = {
          ...settings,
          narration: { ...settings.narration, ...narration } as Settings['narration'],
        };
        return settings;
      },
    },
  };
  const desk = new StoryDesk({
    clock,
    client: {
      api,
      get connection() {
        return { state: state.connected ? 'connected' : 'down', problem: null };
      },
      onConnection: (listener: () => void) => connections.add(listener),
    } as unknown as StoryDeskOptions['client'],
    sight: {
      get visible() {
        return state.visible;
      },
      onChange: (listener) => sights.add(listener),
    },
    memory: {
      getState: <V>(key: string) => kept.get(key) as V | undefined,
      setState: (key, value) => void kept.set(key, value),
    },
  });
  return { clock, connections, sights, told, kept, state, desk };
}

describe('the story on a page', () => {
  it('[W1] one stream for all who listen; none while nobody does; each line is heard once', async () => {
    const { desk, told, state } = page();
    const heard: string[] = [];
    assert.equal(state.opened, 0);
    const one = desk.feed.listen(({ seq }) => heard.push(`a${seq}`));
    const two = desk.feed.listen(({ seq }) => heard.push(`b${seq}`));
    await turn();
    assert.deepEqual([state.opened, state.open], [1, 1]);
    // What a model took its time over comes after a later line, and is heard all the same.
    for (const seq of [4, 3, 4]) told.tell(sampleStoryLine({ seq }));
    await turn();
    assert.deepEqual(heard, ['a4', 'b4', 'a3', 'b3']);
    one.dispose();
    one.dispose();
    assert.equal(state.open, 1);
    two.dispose();
    assert.deepEqual([state.opened, state.open], [1, 0]);
  });

  it('[W1] a hidden page asks for nothing; it goes on when it is seen, and after a lost connection', async () => {
    const { desk, state, sights, connections, clock, told } = page();
    const heard: number[] = [];
    desk.feed.listen(({ seq }) => heard.push(seq));
    desk.onChange(() => {});
    await turn();
    assert.deepEqual([state.open, state.asked], [1, 1]);
    state.visible = false;
    sights.tell();
    connections.tell();
    await turn();
    clock.advance(60_000);
    await turn();
    assert.deepEqual([state.open, state.opened, state.asked], [0, 1, 1]);
    state.visible = true;
    sights.tell();
    await turn();
    assert.deepEqual([state.open, state.opened, state.asked], [1, 2, 2]);
    state.connected = false;
    connections.tell();
    state.connected = true;
    connections.tell();
    await turn();
    assert.equal(state.opened, 3);
    told.tell(sampleStoryLine({ seq: 8 }));
    await turn();
    assert.deepEqual(heard, [8]);
  });

  it('[W1] a stream that breaks is opened again after a pause', async () => {
    const { desk, state, clock } = page();
    state.failing = true;
    const listening = desk.feed.listen(() => {});
    await turn();
    state.failing = false;
    clock.advance(4_999);
    assert.equal(state.opened, 0);
    clock.advance(1);
    await turn();
    assert.equal(state.opened, 1);
    listening.dispose();
    clock.advance(60_000);
    assert.deepEqual([state.opened, state.open], [1, 0]);
  });

  it('[W1] a mute ends by itself and survives a reload; "always" is a setting, and both are taken back', async () => {
    const { desk, clock, kept } = page();
    desk.onChange(() => {});
    await turn();
    await desk.mute('hour');
    assert.equal(desk.state.mutedUntil, T + 3_600_000);
    assert.equal(kept.get('story.mutedUntil'), T + 3_600_000);
    clock.advance(3_599_999);
    assert.notEqual(desk.state.mutedUntil, null);
    clock.advance(1);
    assert.equal(desk.state.mutedUntil, null);
    await desk.mute('always');
    assert.equal(desk.state.settings?.overlay, false);
    await desk.mute('tomorrow');
    await desk.unmute();
    assert.deepEqual([desk.state.mutedUntil, desk.state.settings?.overlay], [null, true]);
    assert.equal(page({ 'story.mutedUntil': T + 5_000 }).desk.state.mutedUntil, T + 5_000);
    assert.equal(page({ 'story.mutedUntil': T }).desk.state.mutedUntil, null);
  });

  it('[W1] what was changed is not undone by an answer from before', async () => {
    const { desk, state, connections } = page();
    desk.onChange(() => {});
    const changing = desk.update({ plain: true });
    connections.tell();
    await changing;
    await turn();
    assert.equal(desk.state.settings?.plain, true);
    assert.ok(state.asked >= 1);
  });
});
