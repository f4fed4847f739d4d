import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { ProgenyError } from '../../../companion/protocol/index.ts';
import { type RenamingClient, renamerOver } from '../../../companion/renaming.ts';

const STEP = { tool: 'rename', path: 'a.ts', line: 1, column: 1, to: 'b' } as const;
const never = new AbortController().signal;
const answering = (answer: () => Promise<unknown>): RenamingClient => ({ ask: answer });
const refusing = (words: string) => answering(() => Promise.reject(new Error(words)));

describe('renaming by the editors that are connected', () => {
  const clock = new VirtualClock(0);
  const ask = (...clients: RenamingClient[]) => renamerOver(() => clients, clock).rename('/w', STEP, never);

  it('takes the answer of the first that has the folder', async () => {
    const edits = { texts: { 'a.ts': 'b' }, moves: [] };
    const found = await ask(
      refusing('/w is no folder of this window.'),
      answering(() => Promise.resolve(edits)),
    );
    assert.deepEqual(found, edits);
  });

  it('says in the editor’s own words why it cannot', async () => {
    await assert.rejects(ask(refusing('a.ts has unsaved changes.')), {
      code: 'conflict',
      message: 'a.ts has unsaved changes.',
    });
  });

  it('says what to do where nobody has the folder, or who had it went away', async () => {
    await assert.rejects(ask(), { code: 'no_client', message: /Open it in VS Code/ });
    const gone = answering(() => Promise.reject(new ProgenyError('no_client', 'gone')));
    await assert.rejects(ask(gone), { code: 'no_client', message: /Open it in VS Code/ });
  });

  it('takes no answer of another shape', async () => {
    await assert.rejects(ask(answering(() => Promise.resolve({ texts: { 'a.ts': 1 } }))), {
      code: 'conflict',
    });
  });

  it('does not wait without end, and stops when it is told to', async () => {
    const silent: RenamingClient = {
      ask: (_capability, _input, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new ProgenyError('cancelled', 'withdrawn'))),
        ),
    };
    const waiting = ask(silent);
    clock.advance(60_000);
    await assert.rejects(waiting, { code: 'timeout' });
    const stop = new AbortController();
    const stopped = renamerOver(() => [silent], clock).rename('/w', STEP, stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(stopped, /enough/);
  });
});
