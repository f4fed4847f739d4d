import type { Citation } from '../../companion/protocol/index.ts';
import { type Asked, inPieces, type Script } from './scripted-mind.ts';

const HOUR = 3_600_000;
const LOOKING = ['Reading your question …', 'Looking through what is remembered …'];

/** What the answers speak of: ids and places that exist where they are shown. */
export interface AtlasGround {
  readonly workspace: string;
  readonly now: number;
  readonly clockLoop: string;
  readonly todoLoop: string;
  readonly decisionMemory: string;
  readonly scheduler: string;
  readonly schedulerLine: number;
  readonly parser: string;
  readonly parserLine: number;
  readonly commit: string;
}

/** Answers about a small repository, such as a companion without a model gives: from memory, threads and git. */
export function atlasAnswers(ground: AtlasGround): (asked: Asked) => Script {
  const { workspace, now } = ground;
  const cite = (n: number, citation: Omit<Citation, 'n' | 'workspace'>): Citation => ({
    n,
    workspace,
    ...citation,
  });
  const commit = (n: number) =>
    cite(n, {
      kind: 'commit',
      id: null,
      title: 'fix/clock: freeze time in scheduler tests',
      excerpt: 'Tests read a clock that is handed in.',
      commit: ground.commit,
      at: now - 62 * HOUR,
    });
  const loop = (n: number) =>
    cite(n, {
      kind: 'loop',
      id: ground.clockLoop,
      title: 'fix/clock',
      excerpt: '2 files uncommitted, not pushed (38 h)',
      branch: 'fix/clock',
      at: now - 62 * HOUR,
    });
  const decision = (n: number) =>
    cite(n, {
      kind: 'memory',
      id: ground.decisionMemory,
      title: 'Which clock do the scheduler tests use? A frozen one',
      excerpt: 'The first run of the day was flaky: it read the real clock.',
      file: ground.scheduler,
      line: ground.schedulerLine,
      at: now - 9 * 24 * HOUR,
    });
  const todo = (n: number) =>
    cite(n, {
      kind: 'loop',
      id: ground.todoLoop,
      title: 'TODO: handle CRLF',
      excerpt: '88 days old, file changed 14 times since',
      file: ground.parser,
      line: ground.parserLine,
      at: now - 88 * 24 * HOUR,
    });
  const line = (n: number) =>
    cite(n, {
      kind: 'file',
      id: null,
      title: `${ground.scheduler}, line ${ground.schedulerLine}`,
      excerpt: '  const next = this.tick(now);',
      file: ground.scheduler,
      line: ground.schedulerLine,
      at: null,
    });
  const script = (text: string, citations: readonly Citation[]): Script => ({
    steps: LOOKING,
    pieces: inPieces(text),
    citations,
  });
  return ({ question, place }) => {
    if (/where was i/i.test(question)) {
      return script(
        'You stopped on Friday at 18:40 in fix/clock: the scheduler tests run with a frozen clock, and they were green [1]. Two of its files are not committed yet [2].\n\nNext: commit both, then rebase. Main moved by six commits, and one of them renamed `tick` to `advance`, which you use at [3].',
        [commit(1), loop(2), line(3)],
      );
    }
    if (/why/i.test(question)) {
      return script(
        'Because the first run of the day was flaky: it read the real clock [1]. Since then the tests are handed a clock that stands still [2].',
        [decision(1), commit(2)],
      );
    }
    if (/this file/i.test(question) && place.file !== undefined) {
      return script(
        `Two threads touch ${place.file}: the uncommitted work of fix/clock [1], and a TODO about line ends, 88 days old [2].`,
        [loop(1), todo(2)],
      );
    }
    return {
      steps: LOOKING,
      pieces: inPieces(
        'Nothing that is remembered speaks to this. Try the name of a file, a branch or a decision.',
      ),
      citations: [],
      note: 'No language model is running, so this is a search answer. 0 sources.',
    };
  };
}
