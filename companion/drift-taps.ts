import type { DriftKeeper, StandingAlert } from './drift/index.ts';
import type { Candidate, Interruption } from './interruption/index.ts';
import { type Disposable, duration } from './kernel/index.ts';
import type { LoopStore } from './loops/index.ts';
import type { Loop } from './protocol/index.ts';

export interface DriftTapsOptions {
  readonly interruption: Interruption;
  readonly drift: DriftKeeper;
  readonly loops: LoopStore;
}

/** Offers loops whose scope creeps to the policy, for as long as they do. Dispose it to withdraw all. */
export function watchDrift({ interruption, drift, loops }: DriftTapsOptions): Disposable {
  let proposed = new Set<string>();
  const consider = () => {
    const candidates = drift.alerts.flatMap((alert) => {
      const loop = loops.find(alert.loop);
      return loop ? driftCandidate(alert, loop) : [];
    });
    const subjects = new Set(candidates.map(({ subject }) => subject));
    for (const gone of proposed) if (!subjects.has(gone)) interruption.withdraw(gone);
    proposed = subjects;
    for (const candidate of candidates) interruption.propose(candidate);
  };
  const listening = drift.changed.add(consider);
  return {
    dispose() {
      listening.dispose();
      for (const subject of proposed) interruption.withdraw(subject);
    },
  };
}

/** What is said of a loop whose scope creeps; nothing of one that is not open. Pure. */
export function driftCandidate({ loop: id, drift }: StandingAlert, loop: Loop): Candidate[] {
  const [first] = drift.reasons;
  if (first === undefined || !['proposed', 'open', 'stale'].includes(loop.status)) return [];
  return [
    {
      // One a baseline: the same creep is one thing to tell, however long it lasts.
      id: `drift:${id}:${drift.baselineAt}`,
      subject: `drift_${id}`,
      workspace: loop.workspace,
      text: `"${loop.title}" goes beyond its scope: ${lower(first)}. Split it, or let it grow?`,
      why: `Two hours of work in a row say so; its scope was learned ${duration(drift.at - drift.baselineAt)} before.`,
      actions: [
        { id: 'show', label: 'Show' },
        { id: 'later', label: 'Later' },
        { id: 'not_useful', label: 'Not useful' },
      ],
      bypass: false,
    },
  ];
}

function lower(sentence: string): string {
  return sentence[0]!.toLowerCase() + sentence.slice(1);
}
