import { isDeepStrictEqual } from 'node:util';
import { quote } from '../kernel/node.ts';
import type { Loop } from '../protocol/index.ts';
import type { Day } from './day-state.ts';
import { loopReaders } from './field-readers.ts';
import { isOpen } from './listed.ts';
import { lineTitle } from './now-file.ts';
import { type NowDocument, type NowLine, parseNow } from './now-parse.ts';
import { isCut, restoreIds } from './now-restore.ts';
import { TOP } from './now-view.ts';
import { emptyPlan, type Plan, type PlanInput, refused } from './plan.ts';
import type { LoopFields } from './ports.ts';

const LONGEST = { focus: 200, energy: 200, notes: 100_000 } as const;

/**
 * What an edit of `now.md` asks for: loops whose box was ticked are blessed (and opened again when it is
 * unticked), new lines open loops, changed titles, the order of the top three, focus, energy and notes. Pure.
 */
export function planNow(input: PlanInput): Plan {
  const disk = parseNow(input.disk);
  if (disk.findings.length > 0) return refused(disk.findings);
  const base = parseNow(input.base);
  restoreIds(disk, base);
  const plan: Plan = { ...emptyPlan(), doubtful: isCut(disk, base) };
  const day: Day = { ...input.day };
  planTexts(disk, base, day, plan);
  planTitles(input, disk, base, plan);
  const keys = planNewLines(input, disk, base, plan);
  planTop(disk, base, keys, day);
  planTicks(input, disk, base, keys, day, plan);
  if (!isDeepStrictEqual(day, input.day)) plan.changes.push({ kind: 'day', day });
  return plan;
}

const linesOf = ({ top, close }: NowDocument): NowLine[] => [...(top ?? []), ...(close ?? [])];

function planTexts(disk: NowDocument, base: NowDocument, day: Day, plan: Plan): void {
  for (const name of ['focus', 'energy'] as const) {
    const edit = disk[name];
    if (!edit || edit.text === (base[name]?.text ?? '')) continue;
    if (edit.text.length > LONGEST[name]) {
      const expected = `at most ${LONGEST[name]} characters`;
      plan.findings.push({ line: edit.line, what: `\`${name}\` is ${quote(edit.text)}`, expected });
    }
    day[name] = edit.text;
  }
  if (disk.notes === base.notes) return;
  if (disk.notes.length > LONGEST.notes) {
    const what = `the notes have ${disk.notes.length} characters`;
    plan.findings.push({ line: null, what, expected: `at most ${LONGEST.notes}` });
  }
  day.notes = disk.notes;
}

/** A line that names a loop and says something else than before renames it. */
function planTitles(input: PlanInput, disk: NowDocument, base: NowDocument, plan: Plan): void {
  const before = new Map(linesOf(base).map(({ id, title }) => [id, title]));
  const renamed = new Map<string, string>();
  for (const { id, title, line } of linesOf(disk)) {
    if (id === null) continue;
    const loop = input.loop(id);
    const was = before.get(id) ?? (loop && lineTitle(loop.title));
    if (was === null) {
      const expected = 'the id as it was, or none for a new line';
      plan.findings.push({ line, what: `there is no loop ${quote(id)} here`, expected });
      continue;
    }
    if (title === was || title === '') continue;
    const other = renamed.get(id);
    if (other !== undefined && other !== title) {
      const what = `the title is ${quote(title)} here and ${quote(other)} in a line before`;
      plan.findings.push({ line, what, expected: 'the same' });
    } else if (other === undefined) {
      renamed.set(id, title);
      planTitle(input, { id, title, was, line, loop }, plan);
    }
  }
}

interface Renaming {
  id: string;
  title: string;
  was: string;
  line: number;
  loop: Loop | null;
}

function planTitle(input: PlanInput, { id, title, was, line, loop }: Renaming, plan: Plan): void {
  const read = loopReaders(input.times).title?.(title.replace(/^\\\[/, '['));
  if (!read || 'expected' in read) {
    plan.findings.push({ line, what: `the title is ${quote(title)}`, expected: read?.expected ?? 'a title' });
  } else if (!loop) plan.conflicts.push({ line, what: `the loop ${quote(was)} does not exist any more` });
  else if (lineTitle(loop.title) === title) return;
  else if (lineTitle(loop.title) !== was && input.changedByHand(id).has('title')) {
    const what = `the title is ${quote(title)}, but was changed to ${quote(loop.title)} in Progeny after the file was written; that stays`;
    plan.conflicts.push({ line, what });
  } else plan.changes.push({ kind: 'change-loop', id, fields: { title: String(read.value) } });
}

/** Lines without an id open loops. Tells the key of each new loop by its line. */
function planNewLines(
  input: PlanInput,
  disk: NowDocument,
  base: NowDocument,
  plan: Plan,
): Map<NowLine, string> {
  const keys = new Map<NowLine, string>();
  const handled = linesOf(base).filter(({ id }) => id === null);
  const byTitle = new Map<string, string>();
  const readTitle = loopReaders(input.times).title;
  const ticked = new Set(linesOf(disk).flatMap((item) => (item.ticked ? [item.title] : [])));
  for (const item of linesOf(disk)) {
    if (item.id !== null) continue;
    const known = handled.findIndex(({ title }) => title === item.title);
    if (known >= 0) {
      handled.splice(known, 1);
      continue;
    }
    const key = byTitle.get(item.title) ?? `new:${byTitle.size}`;
    keys.set(item, key);
    if (byTitle.has(item.title)) continue;
    byTitle.set(item.title, key);
    const read = readTitle?.(item.title.replace(/^\\\[/, '['));
    if (!read || 'expected' in read) {
      const expected = read?.expected ?? 'a title';
      plan.findings.push({ line: item.line, what: `the line is ${quote(item.title)}`, expected });
    } else {
      plan.changes.push({
        kind: 'open-loop',
        key,
        loop: { title: String(read.value), context: '', priority: 'normal' },
        afterwards: ticked.has(item.title) ? { status: 'blessed' } : null,
      });
    }
  }
  return keys;
}

function planTop(disk: NowDocument, base: NowDocument, keys: ReadonlyMap<NowLine, string>, day: Day): void {
  if (!disk.top) return;
  const refs = disk.top.map((item) => item.id ?? keys.get(item));
  const before = (base.top ?? []).map(({ id }) => id);
  const unclear = refs.includes(undefined);
  if (unclear || isDeepStrictEqual(refs, before)) return;
  day.top = [...new Set(refs as string[])].slice(0, TOP);
  day.fill = false;
}

function planTicks(
  input: PlanInput,
  disk: NowDocument,
  base: NowDocument,
  keys: ReadonlyMap<NowLine, string>,
  day: Day,
  plan: Plan,
): void {
  const before = tickedIds(base);
  const after = tickedIds(disk);
  const done = new Set(day.done);
  const seen = new Set<string>();
  for (const [item, key] of keys) if (item.ticked) done.add(key);
  for (const { id, line } of linesOf(disk)) {
    if (id === null || seen.has(id)) continue;
    seen.add(id);
    const ticked = after.has(id);
    const loop = input.loop(id);
    if (!loop || ticked === before.has(id)) continue;
    if (!ticked) {
      done.delete(id);
      if (loop.status === 'blessed') setStatus(id, 'open', plan);
    } else if (isOpen(loop) || !input.changedByHand(id).has('status')) {
      done.add(id);
      if (loop.status !== 'blessed') setStatus(id, 'blessed', plan);
    } else if (loop.status !== 'blessed') {
      const what = `${quote(loop.title)} is ticked, but was changed to ${loop.status} in Progeny after the file was written; that stays`;
      plan.conflicts.push({ line, what });
    }
  }
  for (const id of before) if (!seen.has(id)) done.delete(id);
  day.done = [...done];
}

function tickedIds(document: NowDocument): Set<string> {
  return new Set(linesOf(document).flatMap(({ id, ticked }) => (ticked && id !== null ? [id] : [])));
}

function setStatus(id: string, status: NonNullable<LoopFields['status']>, plan: Plan): void {
  const known = plan.changes.find((change) => change.kind === 'change-loop' && change.id === id);
  if (known?.kind === 'change-loop') known.fields = { ...known.fields, status };
  else plan.changes.push({ kind: 'change-loop', id, fields: { status } });
}
