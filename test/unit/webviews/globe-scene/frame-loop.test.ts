import assert from 'node:assert/strict';
import { frameLoop, type Next } from '../../../../webviews/routes/globe/scene/frame-loop.ts';

const FRAME_MS = 1000 / 60;
const page = globalThis as Partial<Record<(typeof FAKED)[number], unknown>>;
const FAKED = ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'] as const;
const { setTimeout, clearTimeout } = globalThis;

/** A screen that shows sixty frames a second, and fewer after each frame that took long to draw. */
function screen(drawMs: () => number) {
  let task: ((now: number) => void) | null = null;
  let asked = 0;
  let timer: { at: number; run: () => void } | null = null;
  page.requestAnimationFrame = (next: (now: number) => void) => {
    task = next;
    return ++asked;
  };
  page.cancelAnimationFrame = () => {
    task = null;
  };
  page.setTimeout = (run: () => void, ms: number) => {
    timer = { at: now + ms, run };
    return timer;
  };
  page.clearTimeout = () => {
    timer = null;
  };
  let now = 1000;
  const drawn: number[] = [];
  let next: Next = 'rest';
  const loop = frameLoop(
    (at) => {
      drawn.push(at);
      return next;
    },
    () => {},
  );
  return {
    loop,
    drawn,
    leaves: (what: Next) => {
      next = what;
    },
    /** Lets so many ms pass; `each` happens between any two frames. */
    run(ms: number, each = () => {}) {
      for (const end = now + ms; now < end; ) {
        each();
        if (timer && now >= timer.at) timer.run();
        const before = drawn.length;
        const due = task;
        task = null;
        due?.(now);
        now += drawn.length > before ? Math.max(FRAME_MS, drawMs()) : FRAME_MS;
      }
    },
    get waits() {
      return task !== null || timer !== null;
    },
    /** Frames of the screen that were asked for so far. */
    get asked() {
      return asked;
    },
  };
}

describe('webviews/routes/globe: frames', () => {
  afterEach(() => {
    delete page.requestAnimationFrame;
    delete page.cancelAnimationFrame;
    Object.assign(globalThis, { setTimeout, clearTimeout });
  });

  it('[W4] what happens is drawn thirty times a second, and rests when nothing happens any more', () => {
    const shown = screen(() => 1);
    const { loop, drawn, run } = shown;
    run(1000, () => loop.askSoon());
    assert.ok(drawn.length >= 28 && drawn.length <= 32, `${drawn.length}`);
    run(100);
    const last = drawn.length;
    run(1000);
    assert.equal(drawn.length, last);
    assert.equal(shown.waits, false, 'no frame is asked for');
  });

  it('[W4] where a frame takes 30 ms, what happens takes about half of the time', () => {
    const { loop, drawn, run } = screen(() => 30);
    run(5000, () => loop.askSoon());
    const share = (drawn.length * 30) / 5000;
    assert.ok(share > 0.4 && share < 0.6, `${share}`);
  });

  it('[W4] where frames take 50 ms, what happens is drawn once a second, until they are quick again', () => {
    let drawMs = 50;
    const { loop, drawn, run } = screen(() => drawMs);
    run(1000, () => loop.askSoon());
    const first = drawn.length;
    run(4000, () => loop.askSoon());
    assert.ok(drawn.length - first >= 3 && drawn.length - first <= 5, `${drawn.length - first}`);
    drawMs = 1;
    run(4000, () => loop.askSoon());
    const second = drawn.length;
    run(1000, () => loop.askSoon());
    assert.ok(drawn.length - second >= 28, `${drawn.length - second}`);
  });

  it('[W4] the long pauses of heavy frames are slept through, until a person does something', () => {
    const shown = screen(() => 50);
    const { loop, drawn, run, leaves } = shown;
    leaves('calm');
    loop.ask();
    run(3000);
    const [drawnBefore, askedBefore] = [drawn.length, shown.asked];
    run(5000);
    const [frames, asked] = [drawn.length - drawnBefore, shown.asked - askedBefore];
    assert.ok(frames >= 4 && asked <= 3 * frames, `${asked} asked for, ${frames} drawn`);
    run(300);
    const last = drawn.length;
    loop.ask();
    run(FRAME_MS);
    assert.equal(drawn.length, last + 1, 'at once');
    loop.setRunning(false);
    run(3000);
    assert.equal(drawn.length, last + 1);
    assert.equal(shown.waits, false);
  });

  it('[W4] one frame that took long changes nothing', () => {
    let drawMs = 1;
    const { loop, drawn, run } = screen(() => drawMs);
    run(500, () => loop.askSoon());
    drawMs = 200;
    run(50, () => loop.askSoon());
    drawMs = 1;
    const before = drawn.length;
    run(1000, () => loop.askSoon());
    assert.ok(drawn.length - before >= 20, `${drawn.length - before}`);
  });

  it('what was touched last is drawn', () => {
    const { loop, drawn, run } = screen(() => 50);
    loop.askSoon();
    run(20);
    loop.askSoon();
    run(300);
    assert.equal(drawn.length, 2);
  });

  it('what a person does is drawn in the next frame, however long one takes', () => {
    const { loop, drawn, run, leaves } = screen(() => 50);
    leaves('quick');
    loop.ask();
    run(1000);
    assert.equal(drawn.length, 20);
  });
});
