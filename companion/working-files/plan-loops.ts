import { quote } from '../kernel/node.ts';
import type { Loop } from '../protocol/index.ts';
import { compareEntries, type Entry, type KnownEntry, readEntries } from './entries.ts';
import { type FieldReaders, loopReaders } from './field-readers.ts';
import { isListed } from './listed.ts';
import { editableOfLoop, LOOPS_SHAPE } from './loops-file.ts';
import { mergeEntry, readNewEntry } from './merge.ts';
import { emptyPlan, type Plan, type PlanInput, refused } from './plan.ts';
import type { LoopFields, NewLoop } from './ports.ts';

/** What an edit of `open_loops.json` asks for. Pure. */
export function planLoops(input: PlanInput): Plan {
  const disk = readEntries(input.disk, LOOPS_SHAPE);
  if (Array.isArray(disk)) return refused(disk);
  const base = readEntries(input.base, LOOPS_SHAPE);
  if (Array.isArray(base)) return refused(base);
  const plan: Plan = { ...emptyPlan(), losesText: disk.hasComments };
  const readers = loopReaders(input.times);
  const { known, added, removed } = compareEntries(disk.entries, base.entries);
  for (const entry of known) planKnown(input, readers, entry, plan);
  for (const entry of added) planAdded(readers, entry, plan);
  for (const id of removed) planRemoved(input, id, plan);
  return plan;
}

function planKnown(
  input: PlanInput,
  readers: FieldReaders,
  { id, entry, was }: KnownEntry,
  plan: Plan,
): void {
  const stored = input.loop(id);
  if (!stored && !was) {
    plan.findings.push({
      line: entry.line,
      what: `\`id\` is ${quote(id)}, and there is no such loop here`,
      expected: 'the id as it was, or no id for a new entry',
    });
    return;
  }
  const merged = mergeEntry({
    entry,
    was,
    readers,
    stored: stored ? editableOfLoop(stored, input.times) : {},
    changedByHand: (field) => input.changedByHand(id).has(field),
  });
  plan.findings.push(...merged.findings);
  if (!stored) {
    // A conflict here, too, is an edit of what is gone.
    if (Object.keys(merged.fields).length + merged.conflicts.length > 0)
      plan.conflicts.push({ line: entry.line, what: `the loop ${quote(id)} does not exist any more` });
    return;
  }
  plan.conflicts.push(...merged.conflicts);
  const fields = settleDeferral(merged.fields, stored);
  const until = fields.deferUntil === undefined ? stored.deferUntil : fields.deferUntil;
  if (fields.status === 'deferred' && until === null) {
    plan.findings.push({
      line: entry.fields.get('status')?.line ?? entry.line,
      what: '`status` is "deferred" without a date',
      expected: 'a date in `deferUntil`, such as "2026-03-09"',
    });
  } else if (Object.keys(fields).length > 0) plan.changes.push({ kind: 'change-loop', id, fields });
}

/** A loop that is taken up again is not deferred any longer, unless the edit says otherwise. */
function settleDeferral(fields: LoopFields, stored: Loop): LoopFields {
  const resumed =
    fields.status !== undefined && fields.status !== 'deferred' && fields.deferUntil === undefined;
  return resumed && stored.deferUntil !== null ? { ...fields, deferUntil: null } : fields;
}

function planAdded(readers: FieldReaders, entry: Entry, plan: Plan): void {
  const { values, findings } = readNewEntry(entry, readers, ['title']);
  plan.findings.push(...findings);
  const { title, context = '', priority = 'normal', ...rest } = values as LoopFields & NewLoop;
  const { status, deferUntil = null } = rest;
  // A loop is opened open; a date alone defers it.
  const afterwards: LoopFields = {
    ...(status !== undefined && status !== 'open' && { status }),
    ...(deferUntil !== null && { deferUntil }),
  };
  if (afterwards.status === 'deferred' && afterwards.deferUntil === undefined) {
    plan.findings.push({
      line: entry.line,
      what: '`status` is "deferred" without a date',
      expected: 'a date in `deferUntil`, such as "2026-03-09"',
    });
  }
  if (entry.derived.length > 0) {
    const names = entry.derived.map((name) => `\`${name}\``).join(' and ');
    plan.notes.push({ line: entry.line, what: `${names} of a new loop is not read from the file` });
    plan.losesText = true;
  }
  plan.changes.push({
    kind: 'open-loop',
    key: `new:${plan.changes.length}`,
    loop: { title, context, priority },
    afterwards: Object.keys(afterwards).length > 0 ? afterwards : null,
  });
}

/** Whoever removes an entry is done with the loop. Nothing is deleted: it is dropped, and can be taken up again. */
function planRemoved(input: PlanInput, id: string, plan: Plan): void {
  const stored = input.loop(id);
  if (!stored || stored.private || !isListed(stored)) return;
  if (input.changedByHand(id).has('status')) {
    plan.conflicts.push({
      line: null,
      what: `the entry of ${quote(stored.title)} was removed, but its status was changed to ${stored.status} in Progeny after the file was written; that stays`,
    });
  } else plan.changes.push({ kind: 'change-loop', id, fields: { status: 'dropped' } });
}
