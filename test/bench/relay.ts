import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator } from 'playwright-core';
import type { FakeCompanion } from '../host/support/fake-companion.ts';
import { eventually, openStageWithFake, type Stage } from '../host/support/stage.ts';
import { percentile, rounded } from './support/statistics.ts';

const PER_SECOND = 1000;
const IDLE_S = 10;
const HIDDEN_S = 3;
const EVERY_MS = 5;

interface Row {
  readonly [key: string]: number | string;
  view: string;
  events: number;
  seconds: number;
  lost: number;
  outOfOrder: number;
  blockedMsMax: number;
  /** The same page, nothing happening: what the machine itself costs. */
  idleBlockedMsMax: number;
  frameGapMsMax: number;
  idleFrameGapMsMax: number;
  latencyP50: number;
  latencyP95: number;
  latencyMax: number;
  turns: number;
  extensionHeapMb: number;
  hiddenFrames: number;
  hiddenBytes: number;
}

/** What the page itself saw: when each event was put in, and when its thread was not free. */
interface Seen {
  applied: [seq: number, at: number, appliedAt: number][];
  turns: number;
  blockedMs: number;
  gapMs: number;
}

/**
 * A thousand events a second through the real path: a server that speaks the contract, the extension's relay, a webview
 * of a real VS Code, the app's client, and a view that listens. Then the same while the editor is covered by another.
 * Args: seconds (60), view (globe). Latency is from emission to the end of the turn in which the views were told.
 */
export default async function relay(args: readonly string[]): Promise<Row[]> {
  const seconds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 60);
  const view = args.find((arg) => /^[a-z]+$/.test(arg)) ?? 'globe';
  await using stage = await openStageWithFake({ measured: true });
  const { bridge, fake } = stage;
  await eventually('the folder is open', async () => fake.opened.length > 0);
  await bridge.run((vscode) => vscode.commands.executeCommand('workbench.action.closeSidebar'));
  await bridge.run((vscode, to) => vscode.commands.executeCommand('progeny.openApp', to), view);
  const page = await pageOf(stage);
  await page.locator('html').evaluate(WATCH);
  await delay(2000);
  await look(page);
  await delay(IDLE_S * 1000);
  const idle = await look(page);
  const heap = await heapMb(stage);
  const events = await storm(fake, seconds);
  const seen = await settled(page, events);
  const heapAfter = await heapMb(stage);
  const latencies = seen.applied.map(([, at, applied]) => applied - at);
  const outOfOrder = seen.applied.filter(
    ([seq], i) => i > 0 && seq <= (seen.applied[i - 1]?.[0] ?? 0),
  ).length;

  await bridge.run(async (vscode) => {
    const [file] = await vscode.workspace.findFiles('src/*.ts', null, 1);
    if (file) await vscode.window.showTextDocument(file, { preview: false });
  });
  await eventually(
    'the page is gone',
    async () => (await stage.page.locator('iframe.webview').count()) === 0,
  );
  await delay(500);
  const before = { ...fake.traffic };
  await storm(fake, HIDDEN_S);
  await delay(500);
  return [
    {
      view,
      events,
      seconds,
      lost: events - new Set(seen.applied.map(([seq]) => seq)).size,
      outOfOrder,
      blockedMsMax: rounded(seen.blockedMs, 1),
      idleBlockedMsMax: rounded(idle.blockedMs, 1),
      frameGapMsMax: rounded(seen.gapMs, 1),
      idleFrameGapMsMax: rounded(idle.gapMs, 1),
      latencyP50: rounded(percentile(latencies, 50), 1),
      latencyP95: rounded(percentile(latencies, 95), 1),
      latencyMax: rounded(Math.max(...latencies), 1),
      turns: seen.turns,
      extensionHeapMb: rounded(heapAfter - heap, 1),
      hiddenFrames: fake.traffic.frames - before.frames,
      hiddenBytes: fake.traffic.bytes - before.bytes,
    },
  ];
}

/** Runs in the page. Text: what the page has, this program's types do not know. */
const WATCH = `(() => {
  const seen = { applied: [], turns: 0, blockedMs: 0, gapMs: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const mark of list.getEntriesByName('progeny.events')) {
      seen.turns++;
      for (const [seq, at] of mark.detail) seen.applied.push([seq, at, performance.timeOrigin + mark.startTime]);
    }
  }).observe({ type: 'mark' });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.blockedMs = Math.max(seen.blockedMs, duration);
  }).observe({ type: 'longtask' });
  let last = performance.now();
  const frame = (now) => {
    seen.gapMs = Math.max(seen.gapMs, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()`;

/** What the page saw since the last look. */
function look(page: FrameLocator): Promise<Seen> {
  return page.locator('html').evaluate(`(() => {
    const seen = structuredClone(window.seen);
    Object.assign(window.seen, { turns: 0, blockedMs: 0, gapMs: 0 });
    window.seen.applied.length = 0;
    return seen;
  })()`);
}

/** Emits at an even pace, catching up where a timer came late; gives how many. */
async function storm(fake: FakeCompanion, seconds: number): Promise<number> {
  const memories = fake.points.filter(({ kind }) => kind !== 'loop').map(({ id }) => id);
  const started = performance.now();
  let told = 0;
  while (told < seconds * PER_SECOND) {
    const due = Math.min(((performance.now() - started) * PER_SECOND) / 1000, seconds * PER_SECOND);
    fake.happen('memory.changed', memories, Math.floor(due) - told);
    told = Math.floor(due);
    await delay(EVERY_MS);
  }
  return told;
}

/** What the page saw of the storm, once all of it has come, or nothing has for 10 s. */
async function settled(page: FrameLocator, events: number): Promise<Seen> {
  const count = (): Promise<number> => page.locator('html').evaluate('window.seen.applied.length');
  let [last, still] = [-1, 0];
  for (; still < 100 && last < events; await delay(100)) {
    const now = await count();
    still = now === last ? still + 1 : 0;
    last = now;
  }
  return await look(page);
}

async function pageOf(stage: Stage): Promise<FrameLocator> {
  return await eventually('the app is shown', async () => {
    const outer = stage.page.locator('iframe.webview').first();
    const frame = outer.contentFrame().locator('iframe#active-frame').contentFrame();
    return (await frame.locator('main h1').count()) > 0 ? frame : null;
  });
}

function heapMb(stage: Stage): Promise<number> {
  return stage.bridge.run(() => process.memoryUsage().heapUsed / 2 ** 20);
}
