import assert from 'node:assert/strict';
import fc from 'fast-check';
import { START } from './simulation/events.ts';
import { PolicyRun, type Reaction } from './simulation/policy-run.ts';
import { FakeWindow, TestRoom } from './simulation/room.ts';
import { type Stream, stream } from './simulation/streams.ts';

/** Streams of which a window refuses a tap at once, or not at all. */
const streams = stream.map((s): Stream => {
  const prompt = ({ event, afterMs }: Reaction) => ({
    event,
    afterMs: event.kind === 'undelivered' ? 1000 : afterMs,
  });
  return { ...s, reactions: s.reactions.map(prompt) };
});

/** Says to the room what `event` says to the policy. */
function hear({ room, windows, taps }: TestRoom, event: Stream['script'][number]['event']): void {
  if (event.kind === 'signal') {
    if (!windows.some(({ id }) => id === event.window)) windows.push(new FakeWindow(event.window, taps));
    room.signal(event.window, event.workspace, event.signal);
  } else if (event.kind === 'commit') room.boundary(event.workspace, 'commit');
  else if (event.kind === 'born') room.propose(event.candidate);
  else if (event.kind === 'withdrawn') room.withdraw(event.subject);
  else if (event.kind === 'pause') room.pause(event.until);
  else if (event.kind === 'left') {
    const index = windows.findIndex(({ id }) => id === event.window);
    if (index >= 0) windows.splice(index, 1);
    // Noticed at the next step; here another connection may have the same id, so let there be one.
    room.withdraw('nobody');
  }
}

/** Lets time pass in the room, and windows answer as they do in `run`. */
async function pass(room: TestRoom, run: PolicyRun, reactions: readonly Reaction[], until: number) {
  const endings = run.shows.map(({ at }, n) => ({ ...reactions[n]!, due: at + reactions[n]!.afterMs, n }));
  endings.sort((a, b) => a.due - b.due);
  for (const { due, event, n } of endings) {
    if (due <= room.clock.now() || due > until) continue;
    room.clock.advance(due - room.clock.now());
    const asked = room.taps[n];
    if (event.kind === 'undelivered') asked?.fail(new Error('This window does not have the focus.'));
    else if (event.again) asked?.answer({ outcome: 'engaged', action: 'later' });
    else asked?.answer({ outcome: event.outcome, action: null });
    await room.settled();
  }
  room.clock.advance(until - room.clock.now());
}

describe('interruption: over random days on a real store', function () {
  this.timeout(300_000);

  it('writes the decisions of the policy, through any restarts', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(streams, fc.array(fc.nat(), { maxLength: 5 }), async (s, points) => {
        const restarts = new Set(points.map((point) => point % s.script.length));
        const { rules, reactions, script } = s;
        const run = new PolicyRun({ start: START, rules, reactions });
        using room = new TestRoom(rules);
        for (const [n, { at, event }] of script.entries()) {
          run.do(at, event);
          await pass(room, run, reactions, at);
          hear(room, event);
          if (!restarts.has(n)) continue;
          const waiting = run.state.pending.map(({ id }) => run.candidates.get(id)!);
          run.restart('nothing');
          room.restart();
          for (const candidate of waiting) room.room.propose(candidate);
        }
        const rows = room.room.list(100_000).map(({ id: _, responseMs: __, ...row }) => row);
        assert.deepEqual(rows.reverse(), run.rows);
        shown += run.shows.length;
      }),
      { numRuns: 30, seed: 8, endOnFailure: true },
    );
    assert.ok(shown > 20, `${shown} taps`);
  });
});
