import assert from 'node:assert/strict';
import { silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { type Facts, Narrator, type NarratorOptions } from '../../../companion/narration/index.ts';
import { dayMarkdown, isDate } from '../../../companion/narration/story-day.ts';
import { defaultSettings, type Settings, type StoryLine } from '../../../companion/protocol/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** 2026-03-02, a Monday, at 09:00 UTC. */
const MONDAY = Date.UTC(2026, 2, 2, 9);
const utc = (at: number) => ({ day: Math.floor(at / DAY), minute: Math.floor((at % DAY) / 60_000) });

async function telling(more: Partial<NarratorOptions> = {}) {
  const folder = temporaryFolder();
  const clock = new VirtualClock(MONDAY);
  const store = await openStore(folder.path, { clock });
  const { mind } = store;
  const gone = new Set<string>();
  let settings: Settings = defaultSettings;
  const facts = (event: { subject: string }): Facts | null =>
    gone.has(event.subject)
      ? null
      : { workspace: null, private: false, words: { what: `"${event.subject}"`, more: '', where: '' } };
  const open = () =>
    new Narrator({
      mind,
      clock,
      logger: silentLogger,
      settings: () => settings,
      local: utc,
      facts,
      workspaceId: () => 'ws_test',
      ...more,
    });
  return {
    mind,
    clock,
    gone,
    open,
    set: (narration: Partial<Settings['narration']>) => {
      settings = { ...settings, narration: { ...settings.narration, ...narration } };
    },
    happens: (subject: string, type = 'loop.opened', data: Record<string, string> = { source: 'manual' }) =>
      mind.transact((tx) => {
        tx.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('test', ?)", subject);
        tx.emit({ type, subject, data });
      }),
    [Symbol.dispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

/** What a stream gives while the clock moves. */
function listen(narrator: Narrator) {
  const lines: StoryLine[] = [];
  const stopping = new AbortController();
  void (async () => {
    for await (const line of narrator.watch(stopping.signal)) lines.push(line);
  })();
  return { lines, stop: () => stopping.abort() };
}
/** Lets streams take their turn. */
const turn = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

describe('narration/narrator', () => {
  it('tells two lines a second; what waits for more than 30 s is in the story and not live', async () => {
    using t = await telling();
    const narrator = t.open();
    const live = listen(narrator);
    for (let i = 0; i < 80; i++) t.happens(`word${i} alpha${i} beta${i} gamma${i}`);
    t.clock.advance(30);
    await turn();
    const at = [live.lines.length];
    for (let second = 0; second < 45; second++) {
      t.clock.advance(SECOND);
      await turn();
      at.push(live.lines.length);
    }
    assert.ok(at[1]! - at[0]! <= 3 && at[11]! - at[1]! === 20, at.join(' '));
    assert.ok(at.at(-1)! >= 58 && at.at(-1)! <= 62, at.join(' '));
    const all = narrator.list({ limit: 1000 });
    assert.equal(all.length, 80);
    assert.equal(all.filter((line) => line.live).length, at.at(-1));
    live.stop();
    narrator.dispose();
  });

  it('stores no word of a line, and tells no more of what is gone', async () => {
    using t = await telling();
    const narrator = t.open();
    t.happens('canary-title');
    t.clock.advance(SECOND);
    assert.match(narrator.list({ limit: 5 })[0]!.plain, /canary-title/);
    const stored = t.mind.read((reader) => reader.all('SELECT * FROM story_lines'));
    assert.ok(stored.length === 1 && !JSON.stringify(stored).includes('canary'));
    t.gone.add('canary-title');
    assert.deepEqual(narrator.list({ limit: 5 }), []);
    assert.match(narrator.day({}).markdown, /Nothing was told/);
    narrator.dispose();
  });

  it('goes on after a restart where it was: nothing twice, nothing lost, and no repeats over the border', async () => {
    using t = await telling();
    const first = t.open();
    t.happens('one fine thread');
    t.clock.advance(SECOND);
    const before = first.list({ limit: 10 });
    first.dispose();
    t.happens('another piece of work');
    const second = t.open();
    t.clock.advance(SECOND);
    const after = second.list({ limit: 10 });
    assert.deepEqual(after.slice(1), before);
    assert.equal(after.length, 2);
    second.dispose();
    const third = t.open();
    for (let i = 0; i < 6; i++) t.happens('one fine thread');
    t.clock.advance(SECOND);
    const ones = third.list({ limit: 20 }).filter(({ subject }) => subject === 'one fine thread');
    // Seven times the same, in as many words as there are: each said once.
    assert.ok(
      ones.length <= 4 && new Set(ones.map(({ text }) => text)).size === ones.length,
      ones.map(({ text }) => text).join('\n'),
    );
    third.dispose();
  });

  it('a mind with a long past is told from the last day on', async () => {
    using t = await telling();
    t.happens('long ago');
    t.clock.advance(3 * DAY);
    t.happens('this morning');
    t.clock.advance(HOUR);
    const narrator = t.open();
    assert.deepEqual(
      narrator.list({ limit: 9 }).map(({ subject, live }) => [subject, live]),
      [['this morning', false]],
    );
    narrator.dispose();
  });

  it('off tells nothing, and on again nothing of the time between', async () => {
    using t = await telling();
    const narrator = t.open();
    t.set({ on: false });
    t.happens('unheard');
    t.clock.advance(SECOND);
    t.set({ on: true });
    t.happens('heard');
    t.clock.advance(SECOND);
    assert.deepEqual(
      narrator.list({ limit: 9 }).map(({ subject }) => subject),
      ['heard'],
    );
    narrator.dispose();
  });

  it('a model may say a live line in other words, where it keeps to the facts; what is kept is ours', async () => {
    const said: Record<string, string> = { kept: '"kept" it is.', bent: '"bent" took 900 hours.' };
    using t = await telling({
      rephrase: async ({ plain }) => {
        if (plain.includes('broken')) throw new Error('no model');
        return said[/"(\w+)"/.exec(plain)?.[1] ?? ''] ?? null;
      },
    });
    const narrator = t.open();
    const live = listen(narrator);
    for (const subject of ['kept', 'bent', 'broken']) t.happens(subject);
    for (let i = 0; i < 6; i++) {
      t.clock.advance(SECOND);
      await turn();
    }
    const texts = live.lines.map(({ text }) => text);
    assert.equal(texts.length, 3);
    assert.equal(texts[0], '"kept" it is.');
    assert.ok(!texts[1]!.includes('900') && texts[2]!.includes('broken'));
    assert.ok(!narrator.list({ limit: 9 }).some(({ text }) => text === '"kept" it is.'));
    live.stop();
    narrator.dispose();
  });

  it("a day is the user's: it begins at five, and its night belongs to it", async () => {
    using t = await telling();
    const narrator = t.open();
    for (const [subject, hours] of [
      ['morning thing', 1],
      ['lunch thing', 4],
      ['late thing', 11],
      ['night thing', 17],
      ['next thing', 22],
    ] as const) {
      t.clock.advance(MONDAY + hours * HOUR - t.clock.now());
      t.happens(subject);
    }
    t.clock.advance(SECOND);
    const monday = narrator.day({ day: '2026-03-02' });
    assert.deepEqual(
      monday.lines.map(({ subject }) => subject),
      ['morning thing', 'lunch thing', 'late thing', 'night thing'],
    );
    assert.deepEqual(monday.markdown.match(/^#+ .*/gm), [
      '# Monday 2 March 2026',
      '## Morning',
      '## Afternoon',
      '## Evening',
      '## Night',
    ]);
    assert.deepEqual(narrator.day({}).day, '2026-03-03');
    assert.throws(() => narrator.day({ day: '2026-02-30' }), { code: 'bad_input' });
    narrator.dispose();
  });
});

describe('narration/story-day', () => {
  it('what users write is text and no markup', () => {
    const line = { at: MONDAY, text: 'x', plain: 'Note: "<b>[a](b) `c` *d*"', speaker: 'Cal' } as StoryLine;
    const text = dayMarkdown('2026-03-02', [line], { local: utc, startsAt: 5, plain: true });
    assert.match(text, /^- 09:00 Note: "\\<b\\>\\\[a\\\]\(b\) \\`c\\` \\\*d\\\*"$/m);
    assert.deepEqual(['2026-02-28', '2026-02-29', '2024-02-29', '2026-13-01'].map(isDate), [
      true,
      false,
      true,
      false,
    ]);
  });
});
