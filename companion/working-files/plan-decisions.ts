import { quote } from '../kernel/node.ts';
import { DECISIONS_SHAPE, editableOfDecision } from './decisions-file.ts';
import { compareEntries, readEntries } from './entries.ts';
import { decisionReaders } from './field-readers.ts';
import { mergeEntry, readNewEntry } from './merge.ts';
import { emptyPlan, type Plan, type PlanInput, refused } from './plan.ts';
import type { DecisionFields, NewDecision } from './ports.ts';

const DEFAULTS: Omit<NewDecision, 'question' | 'decision'> = {
  options: [],
  why: '',
  outcome: '',
  reviewAt: null,
  links: [],
};

/** What an edit of `decisions.json` asks for. Pure. */
export function planDecisions(input: PlanInput): Plan {
  const disk = readEntries(input.disk, DECISIONS_SHAPE);
  if (Array.isArray(disk)) return refused(disk);
  const base = readEntries(input.base, DECISIONS_SHAPE);
  if (Array.isArray(base)) return refused(base);
  const plan: Plan = { ...emptyPlan(), losesText: disk.hasComments };
  const readers = decisionReaders(input.times);
  const { known, added, removed } = compareEntries(disk.entries, base.entries);
  for (const { id, entry, was } of known) {
    const stored = input.decision(id);
    if (!stored && !was) {
      plan.findings.push({
        line: entry.line,
        what: `\`id\` is ${quote(id)}, and there is no such decision here`,
        expected: 'the id as it was, or no id for a new entry',
      });
      continue;
    }
    const { fields, findings, conflicts } = mergeEntry({
      entry,
      was,
      readers,
      stored: stored ? editableOfDecision(stored, input.times) : {},
      // Nothing but a person changes a decision.
      changedByHand: () => true,
    });
    plan.findings.push(...findings);
    const edited = Object.keys(fields).length > 0;
    if (!stored && (edited || conflicts.length > 0))
      plan.conflicts.push({ line: entry.line, what: `the decision ${quote(id)} does not exist any more` });
    if (!stored) continue;
    plan.conflicts.push(...conflicts);
    if (edited) plan.changes.push({ kind: 'change-decision', id, fields: fields as DecisionFields });
  }
  for (const entry of added) {
    const { values, findings } = readNewEntry(entry, readers, ['question', 'decision']);
    plan.findings.push(...findings);
    plan.changes.push({
      kind: 'record-decision',
      decision: { ...DEFAULTS, ...(values as Pick<NewDecision, 'question' | 'decision'>) },
    });
  }
  for (const id of removed) {
    const stored = input.decision(id);
    if (stored)
      plan.notes.push({
        line: null,
        what: `the entry of ${quote(stored.question)} was removed; decisions are kept, so it is written again`,
      });
  }
  return plan;
}
