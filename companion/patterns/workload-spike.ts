import type { WorkEvent } from '../timeline/index.ts';
import { type Commits, commit, commitSurge, noCommits } from './commit-surge.ts';
import { type FilesTouched, manyFiles, touch, untouched } from './files-touched.ts';
import type { Detector, PatternContext } from './pattern.ts';

interface State {
  readonly workspace: string;
  readonly files: FilesTouched;
  readonly commits: Commits;
}

/** Much more at once than this user usually does: files, or commits. What the processor does is no workload. */
export const workloadSpike: Detector<State> = {
  kind: 'workload_spike',
  empty: { workspace: '', files: untouched, commits: noCommits },
  step(state, event: WorkEvent | null, now, context) {
    const files = touch(state.files, event, now, context);
    const commits = commit(state.commits, event, now, context);
    const workspace = event?.workspace ?? state.workspace;
    if (files === state.files && commits === state.commits && workspace === state.workspace) return state;
    return { workspace, files, commits };
  },
  look({ workspace: subject, files, commits }, now: number, context: PatternContext) {
    const many = manyFiles(files, now, context);
    const surge = commitSurge(commits, now, context);
    const seen = many?.firm ? many : (surge ?? many);
    return seen ? [{ ...seen, subject }] : [];
  },
};
