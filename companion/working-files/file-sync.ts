import path from 'node:path';
import type { Clock } from '../kernel/index.ts';

import { allInWords, type Disk, type Finding, type Patience } from '../kernel/node.ts';
import { ProgenyError } from '../protocol/index.ts';
import { applyChanges } from './apply.ts';
import { changedByHand } from './hand-changes.ts';
import { keepBeside } from './keep-beside.ts';
import type { FileKind } from './kinds.ts';
import type { Rendered } from './loops-file.ts';
import type { SyncedFile } from './names.ts';
import type { Place } from './place.ts';
import type { Plan } from './plan.ts';
import type { StateSource, WorkingState } from './state.ts';
import { type SyncReport, tell } from './sync-report.ts';
import { Written } from './written.ts';

export interface FileSyncOptions extends Pick<StateSource, 'mind' | 'ports' | 'workspace'> {
  /** The store as it is now. */
  state(): WorkingState;
  clock: Clock;
  disk: Disk;
  patience: Patience;
}

/** What reading a file back came to. */
export type ReadBack =
  /** All that stands there is dealt with; it may be replaced if it is still this (null: missing). */
  | { kind: 'ready'; seen: Buffer | null }
  /** It must not be touched now. */
  | { kind: 'blocked' };

const BLOCKED: ReadBack = { kind: 'blocked' };
/** A file that differs only in what was measured is written again after this long, so as not to nag an editor. */
const DERIVED_MS = 10 * 60_000;

/** Keeps one working file and the store in step: edits back into the store, then the store into the file. */
export class FileSync {
  readonly #options: FileSyncOptions;
  readonly #place: Place;
  readonly #kind: FileKind;
  readonly #written: Written;
  readonly name: SyncedFile;
  readonly #file: string;

  constructor(options: FileSyncOptions, place: Place, kind: FileKind) {
    this.#options = options;
    this.#place = place;
    this.#kind = kind;
    this.name = kind.name;
    this.#written = new Written(options, place, kind.name);
    this.#file = path.join(place.folder, kind.name);
  }

  /** Looks for an edit and carries it out, or keeps it beside and says why not. */
  async readBack(report: SyncReport): Promise<ReadBack> {
    const { disk, patience } = this.#options;
    const first = await disk.read(this.#file);
    const foreign = first.kind === 'file' && !(await this.#isOwn(first.bytes));
    const found = foreign ? await disk.settled(this.#file, first) : first;
    if (found === null) return this.#wait(report);
    if (found.kind === 'missing') return { kind: 'ready', seen: null };
    if (found.kind === 'other') {
      const message = `\`${this.name}\` is ${found.what}; expected a plain file. It is neither read nor written until that is removed.`;
      tell(report.rejected, this.name, message);
      return BLOCKED;
    }
    if (await this.#isOwn(found.bytes)) {
      patience.forget(this.#file);
      return { kind: 'ready', seen: found.bytes };
    }
    return this.#judge(found.bytes, report);
  }

  /** Writes the file from the store where its text changes. False when somebody else wrote it in between. */
  async write(seen: Buffer | null, report: SyncReport): Promise<boolean> {
    const { disk, clock, state: readState } = this.#options;
    const state = readState();
    const { text, essence } = wellFormed(this.#kind.render(state));
    const copy = { seq: state.seq, at: clock.now(), text, essence };
    if (seen?.equals(Buffer.from(text))) {
      await this.#written.isAlready(copy);
      return true;
    }
    const base = await this.#written.base();
    const onlyMeasured = base !== null && decode(seen) === base.text && base.essence === essence;
    if (onlyMeasured && copy.at - base.at < DERIVED_MS) return true;
    const done = await this.#written.around(copy, async () => {
      // Writing would make the folder again, and all that is above it.
      if ((await disk.kindOf(this.#place.folder)) !== 'folder') return 'gone';
      return (await disk.replace(this.#file, text, seen)) ? 'written' : 'changed';
    });
    if (done === 'written') report.written.push(this.name);
    return done !== 'changed';
  }

  async #isOwn(bytes: Buffer): Promise<boolean> {
    const text = decode(bytes);
    return text !== null && (await this.#written.isOwn(text));
  }

  async #judge(bytes: Buffer, report: SyncReport): Promise<ReadBack> {
    const { patience, mind } = this.#options;
    const text = decode(bytes);
    if (text === null) return this.#reject(bytes, [{ line: null, what: 'it is not UTF-8 text' }], report);
    if (text.trim() === '') {
      // Nothing stands there, so nothing is asked and nothing is lost.
      return patience.isOver(this.#file, bytes) ? { kind: 'ready', seen: bytes } : this.#wait(report);
    }
    const base = await this.#written.base();
    if (!base) {
      const what = 'the copy of what was last written is missing, so that no edit can be told from it';
      return this.#reject(bytes, [{ line: null, what }], report);
    }
    const state = this.#options.state();
    const plan = this.#kind.plan({
      disk: text,
      base: base.text,
      times: state.times,
      loop: state.loop,
      decision: (id) => state.decisions.find((decision) => decision.id === id) ?? null,
      day: state.day,
      changedByHand: (id) => mind.read((reader) => changedByHand(reader, id, base.seq)),
    });
    if (plan.findings.length > 0) return this.#reject(bytes, plan.findings, report);
    if (plan.doubtful && !patience.isOver(this.#file, bytes)) return this.#wait(report);
    return this.#carryOut(bytes, text, plan, report);
  }

  async #carryOut(bytes: Buffer, text: string, plan: Plan, report: SyncReport): Promise<ReadBack> {
    const { mind, ports, workspace, patience } = this.#options;
    const { name } = this;
    const keeps = plan.conflicts.length > 0 || plan.losesText;
    const kept = keeps ? await this.#keep(bytes) : null;
    if (keeps && kept === null) return this.#leave(report);
    if (plan.changes.length > 0) {
      try {
        const applied = mind.transact((tx) => {
          this.#written.recordApplied(tx, text);
          const data = { file: name, changes: plan.changes.length };
          tx.emit({ type: 'working-files.edited', subject: workspace.id, data });
          return applyChanges(tx, ports, workspace, name, plan.changes);
        });
        report.applied.push(...applied);
      } catch (error) {
        if (!(error instanceof ProgenyError) || error.code === 'read_only') throw error;
        return this.#reject(bytes, [{ line: null, what: error.message.replace(/\.$/, '') }], report);
      }
    }
    await this.#written.takeAsBase(text);
    patience.forget(this.#file);
    const notes = allInWords(name, plan.notes);
    const loss = plan.losesText ? `What \`${name}\` does not keep, such as comments, is in \`${kept}\`.` : '';
    if (notes || loss) tell(report.notes, name, [notes, loss].filter(Boolean).join(' '));
    if (plan.conflicts.length > 0) {
      const message = `${allInWords(name, plan.conflicts)} Your edit is kept in \`${kept}\`; everything else in it was applied.`;
      tell(report.rejected, name, message);
    }
    return { kind: 'ready', seen: bytes };
  }

  async #reject(bytes: Buffer, findings: readonly Finding[], report: SyncReport): Promise<ReadBack> {
    if (!this.#options.patience.isOver(this.#file, bytes)) return this.#wait(report);
    const kept = await this.#keep(bytes);
    if (kept === null) return this.#leave(report);
    const { name } = this;
    const message = `${allInWords(name, findings)} Your edit is kept in \`${kept}\`, nothing was changed.`;
    tell(report.rejected, name, message);
    return { kind: 'ready', seen: bytes };
  }

  #keep(bytes: Buffer): Promise<string | null> {
    return keepBeside(this.#options.disk, this.#place.folder, this.name, bytes);
  }

  #leave(report: SyncReport): ReadBack {
    const { name } = this;
    const message = `\`${name}\` holds an edit that cannot be applied, and too many are kept beside it already; it is left as it is. Remove the \`${name}.rejected\` files, or undo the edit.`;
    tell(report.rejected, name, message);
    return BLOCKED;
  }

  #wait(report: SyncReport): ReadBack {
    if (!report.waiting.includes(this.name)) report.waiting.push(this.name);
    return BLOCKED;
  }
}

/** Null for what is not UTF-8. */
function decode(bytes: Buffer | null): string | null {
  if (bytes === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What cannot be written as UTF-8 would come back as something else. */
function wellFormed({ text, essence }: Rendered): Rendered {
  return { text: text.toWellFormed(), essence: essence.toWellFormed() };
}
