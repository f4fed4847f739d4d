import type { implement } from '@orpc/server';
import type { contract, WheelRun } from '../../../companion/protocol/index.ts';
import { isSettled, type ScriptedWheel } from '../../support/scripted-wheel.ts';
import { plainly } from './fake-mind.ts';
import { Stream } from './stream.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

/** The fake has one socket for each client and tells them not apart: what one was shown, all were shown. */
const ANYONE = 'conn_1';

/** What the fake companion answers about delegated work, out of a script. */
export function wheelAnswers(os: Implementer, wheel: ScriptedWheel) {
  const unsupported = (): never => {
    throw new Error('The fake companion cannot do this.');
  };
  const answer = <T>(name: string, input: unknown, make: () => T) => plainly(name, input, make);
  return {
    wheel: {
      recipes: os.wheel.recipes.handler(() => [...wheel.recipes]),
      propose: os.wheel.propose.handler(({ input }) =>
        answer('wheel.propose', input, () => wheel.propose(input)),
      ),
      list: os.wheel.list.handler(({ input }) => wheel.list(input.workspace, input.limit)),
      get: os.wheel.get.handler(({ input }) => answer('wheel.get', input, () => wheel.get(input.id))),
      watch: os.wheel.watch.handler(async function* ({ input, signal }) {
        const first = await answer('wheel.watch', input, () => wheel.get(input.id));
        const runs = new Stream<WheelRun>();
        const listening = wheel.onChange((run) => run.id === input.id && runs.tell(run));
        try {
          for await (const run of runs.read(signal, first)) {
            yield run;
            if (isSettled(run.status)) return;
          }
        } finally {
          listening.dispose();
        }
      }),
      preview: os.wheel.preview.handler(({ input }) =>
        answer('wheel.preview', input, () => wheel.preview(input.id, ANYONE)),
      ),
      file: os.wheel.file.handler(({ input }) =>
        answer('wheel.file', input, () => wheel.file(input.id, input.path)),
      ),
      approve: os.wheel.approve.handler(({ input: { id, digest, files } }) =>
        answer('wheel.approve', id, () => wheel.approve(id, digest, ANYONE, files)),
      ),
      seen: os.wheel.seen.handler(({ input: { id, digest, visible } }) =>
        answer('wheel.seen', id, () => wheel.seen(id, digest, visible)),
      ),
      stop: os.wheel.stop.handler(({ input }) => answer('wheel.stop', input, () => wheel.stop(input.id))),
      undo: os.wheel.undo.handler(({ input }) =>
        answer('wheel.undo', input, () => wheel.undo(input.id, input.files)),
      ),
      keep: os.wheel.keep.handler(({ input }) => answer('wheel.keep', input, () => wheel.keep(input.id))),
    },
    grants: {
      list: os.grants.list.handler(() => []),
      give: os.grants.give.handler(unsupported),
      revoke: os.grants.revoke.handler(unsupported),
    },
    audit: {
      list: os.audit.list.handler(() => []),
      verify: os.audit.verify.handler(() => ({ whole: true, rows: 0, head: '', findings: [] })),
    },
    snapshots: {
      list: os.snapshots.list.handler(() => ({ snapshots: [], bytes: 0, limitBytes: 0 })),
      show: os.snapshots.show.handler(unsupported),
      restore: os.snapshots.restore.handler(unsupported),
      prune: os.snapshots.prune.handler(unsupported),
    },
  };
}
