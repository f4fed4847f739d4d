import path from 'node:path';
import type { Clock } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import { applyChanges } from './apply.ts';
import { BaseCopies, type BaseCopy } from './base-copies.ts';
import type { Disk } from './disk.ts';
import { allInWords, type Finding } from './finding.ts';
import { changedByHand } from './hand-changes.ts';
import { keepBeside } from './keep-beside.ts';
import type { FileKind } from './kinds.ts';
import type { SyncedFile } from './names.ts';
import type { Patience } from './patience.ts';
import type { Place } from './place.ts';
import type { Plan } from './plan.ts';
import { readState, type StateSource, type WorkingState } from './state.ts';
import { type SyncReport, tell } from './sync-report.ts';
import { appliedDigest, recordApplied, recordWritten, writtenDigest } from './written-rows.ts';

export interface FileSyncOptions {
  source: StateSource;
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
  readonly #copies: BaseCopies;
  readonly name: SyncedFile;
  readonly #file: string;
  /** How its rows are called. */
  readonly #row: string;

  constructor(options: FileSyncOptions, place: Place, kind: FileKind) {
    this.#options = options;
    this.#place = place;
    this.#kind = kind;
    this.name = kind.name;
    this.#copies = new BaseCopies(options.disk, place.base);
    this.#file = path.join(place.folder, kind.name);
    this.#row = `${place.kind}/${kind.name}`;
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
    const { disk, clock } = this.#options;
    const now = clock.now();
    const state = this.#state();
    const { text: rendered, essence } = this.#kind.render(state);
    const text = rendered.toWellFormed();
    const copy: BaseCopy = { seq: state.seq, at: now, text, essence: essence.toWellFormed() };
    const base = await this.#copies.read(this.name);
    if (seen?.equals(Buffer.from(text))) {
      await this.#copies.withdraw(this.name);
      if (base?.text !== text) await this.#copies.save(this.name, copy);
      this.#settle(text);
      return true;
    }
    const onlyMeasured = base !== null && decode(seen) === base.text && base.essence === copy.essence;
    if (onlyMeasured && now - base.at < DERIVED_MS) return true;
    if ((await disk.kindOf(this.#place.folder)) !== 'folder') return true;
    await this.#copies.propose(this.name, copy);
    if (!(await disk.replace(this.#file, text, seen))) return false;
    await this.#copies.promote(this.name);
    this.#settle(text);
    report.written.push(this.name);
    return true;
  }

  /** Whether a text is what was last written here, or an edit that is in the store already. */
  async #isOwn(bytes: Buffer): Promise<boolean> {
    const { mind, workspace } = this.#options.source;
    const text = decode(bytes);
    if (text === null) return false;
    const { name } = this;
    if ((await this.#copies.proposed(name))?.text === text) {
      await this.#copies.promote(name);
      return true;
    }
    const base = await this.#copies.read(name);
    if (base?.text === text) return true;
    const digest = mind.digest(text);
    const [written, applied] = mind.read((reader) => [
      writtenDigest(reader, workspace.id, this.#row),
      appliedDigest(reader, workspace.id, this.#row),
    ]);
    if (applied !== digest && (base !== null || written !== digest)) return false;
    await this.#takeAsBase(text);
    return true;
  }

  async #judge(bytes: Buffer, report: SyncReport): Promise<ReadBack> {
    const { clock, patience, source } = this.#options;
    const { name } = this;
    const text = decode(bytes);
    if (text === null) return this.#reject(bytes, [{ line: null, what: 'it is not UTF-8 text' }], report);
    if (text.trim() === '') {
      // Nothing stands there, so nothing is asked and nothing is lost.
      return patience.isOver(this.#file, bytes) ? { kind: 'ready', seen: bytes } : this.#wait(report);
    }
    const base = await this.#copies.read(name);
    if (!base) {
      const what = 'the copy of what was last written is missing, so that no edit can be told from it';
      return this.#reject(bytes, [{ line: null, what }], report);
    }
    await this.#copies.withdraw(name);
    const state = readState(source, clock.now());
    const plan = this.#kind.plan({
      disk: text,
      base: base.text,
      times: state.times,
      loop: state.loop,
      decision: (id) => state.decisions.find((decision) => decision.id === id) ?? null,
      day: state.day,
      changedByHand: (id) => source.mind.read((reader) => changedByHand(reader, id, base.seq)),
    });
    if (plan.findings.length > 0) return this.#reject(bytes, plan.findings, report);
    return this.#carryOut(bytes, text, plan, report);
  }

  async #carryOut(bytes: Buffer, text: string, plan: Plan, report: SyncReport): Promise<ReadBack> {
    const { clock, source, patience } = this.#options;
    const { mind, ports, workspace } = source;
    const { name } = this;
    const keeps = plan.conflicts.length > 0 || plan.losesText;
    const kept = keeps ? await this.#keep(bytes) : null;
    if (keeps && kept === null) return this.#leave(report);
    if (plan.changes.length > 0) {
      try {
        const applied = mind.transact((tx) => {
          recordApplied(tx, workspace.id, this.#row, mind.digest(text), clock.now());
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
    await this.#takeAsBase(text);
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

  /** From here on `text` is what edits are compared with; the file is written again all the same. */
  #takeAsBase(text: string): Promise<void> {
    const { clock, source } = this.#options;
    return this.#copies.save(this.name, {
      seq: source.mind.seq,
      at: clock.now(),
      text,
      essence: '',
    });
  }

  #settle(text: string): void {
    const { mind, workspace } = this.#options.source;
    const digest = mind.digest(text);
    const settled = mind.read(
      (reader) =>
        writtenDigest(reader, workspace.id, this.#row) === digest &&
        appliedDigest(reader, workspace.id, this.#row) === null,
    );
    if (settled) return;
    const now = this.#options.clock.now();
    mind.record((writer) => recordWritten(writer, workspace.id, this.#row, digest, now));
  }

  #state(): WorkingState {
    return readState(this.#options.source, this.#options.clock.now());
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
