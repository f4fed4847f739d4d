import type { z } from 'zod';
import type * as anchors from '../anchors/index.ts';
import { type Clock, isDenied, newId, type Random, titleOf } from '../kernel/index.ts';
import {
  type Decision,
  type decisionAddInput,
  type decisionsListInput,
  type Loop,
  type loopOpenInput,
  type MemoryRecord,
  ProgenyError,
  type Whisper,
  type WrittenBy,
  type whisperAddInput,
  type whispersListInput,
} from '../protocol/index.ts';
import { type Mind, type Reader, type SqlValue, type Transaction, workspaceId } from '../store/index.ts';
import type { LoopStore, StoredAnchor } from './loop-store.ts';
import { type DecisionRow, toDecision, toWhisper, type WhisperRow } from './rows.ts';

export interface NotesOptions {
  mind: Mind;
  loops: LoopStore;
  clock: Clock;
  random: Random;
  makeAnchor: typeof anchors.makeAnchor;
  /** The text of a workspace file; null where it is missing, too large or not text. */
  readText(workspace: string, file: string): Promise<string | null>;
  /** Takes what was written into memory, in the same transaction. */
  remember(tx: Transaction, note: WrittenNote): void;
  /** The branch that is checked out there, as last seen. */
  branchOf(workspace: string): string | null;
}

/** What a person wrote, as memory takes it. */
export interface WrittenNote {
  id: string;
  kind: 'whisper' | 'decision' | 'observation';
  /** Id of the workspace; null for what belongs to none. */
  workspace: string | null;
  content: string;
  file: string | null;
  line: number | null;
  /** It belongs to a private loop. */
  private: boolean;
  /** Left out: by the person. */
  by?: Writer;
  /** Left out: tied to nothing. */
  links?: MemoryRecord['links'];
}

/** Who wrote it, where that is not the person. */
export interface Writer {
  writtenBy: WrittenBy;
  author: string;
  tags: readonly string[];
}

type DecisionFields = Pick<
  Decision,
  'question' | 'options' | 'decision' | 'why' | 'outcome' | 'reviewAt' | 'links'
>;

/** A decision in one text: what was asked, what was decided, why. */
function decisionText({ question, decision, why }: Pick<Decision, 'question' | 'decision' | 'why'>): string {
  return [`${question} → ${decision}`, why].filter(Boolean).join('\n');
}

/** What a person writes: whispers and decisions. Each is on disk before it is acknowledged. */
export class Notes {
  readonly #options: NotesOptions;

  constructor(options: NotesOptions) {
    this.#options = options;
  }

  /** Throws `not_found` for an unknown workspace or loop, `read_only` when nothing can be stored. */
  async whisper(input: z.output<typeof whisperAddInput>): Promise<Whisper> {
    const { mind, clock, random, branchOf } = this.#options;
    const stored =
      input.file === undefined ? null : await this.anchorAt(input.workspace, input.file, input.line);
    const now = clock.now();
    const id = newId('whisper', now, random);
    const branch = branchOf(input.workspace);
    await mind.transactGrouped((tx) => {
      const workspace = workspaceId(tx, input.workspace);
      const loop = this.#loopFor(tx, workspace, input, branch);
      const anchor = stored && this.#options.loops.addAnchor(tx, workspace, loop, stored);
      const sql =
        'INSERT INTO whispers (id, workspace, loop, anchor, branch, text, at) VALUES (?, ?, ?, ?, ?, ?, ?)';
      tx.run(sql, id, workspace, loop, anchor, branch, input.text, now);
      tx.run(
        "UPDATE loops SET status = CASE status WHEN 'proposed' THEN 'open' WHEN 'stale' THEN 'open' ELSE status END, touched_at = max(touched_at, ?) WHERE id = ?",
        now,
        loop,
      );
      const { file = null, line = null } = input;
      this.#take(tx, { id, kind: 'whisper', workspace, content: input.text, file, line }, loop);
      tx.emit({
        type: 'whisper.added',
        subject: id,
        data: { workspace, loop, digest: mind.digest(input.text), length: input.text.length },
      });
    });
    return mind.read((r) => toWhisper(r, this.#whisperRow(r, id)));
  }

  /** Opens a loop by hand. Throws `not_found` for an unknown workspace, `read_only` when nothing can be stored. */
  async openLoop({ workspace, anchors, ...input }: z.output<typeof loopOpenInput>): Promise<Loop> {
    const { mind, loops } = this.#options;
    const stored = await Promise.all(
      anchors.map((anchor) =>
        anchor.kind === 'line' ? this.anchorAt(workspace, anchor.file, anchor.line) : { anchor },
      ),
    );
    const id = await mind.transactGrouped((tx) =>
      loops.open(tx, workspaceId(tx, workspace), { ...input, source: 'manual', anchors: stored }),
    );
    return loops.get(id);
  }

  whispers({ workspace, file, loopId, limit }: z.output<typeof whispersListInput>): Whisper[] {
    const wheres: string[] = [];
    const params: SqlValue[] = [];
    const where = (condition: string, value: string | undefined) => {
      if (value === undefined) return;
      wheres.push(condition);
      params.push(value);
    };
    where('workspaces.path = ?', workspace);
    where('whispers.loop = ?', loopId);
    where('whispers.anchor IN (SELECT id FROM anchors WHERE file = ?)', file);
    const sql = `SELECT whispers.*, workspaces.path FROM whispers JOIN workspaces ON workspaces.id = whispers.workspace
      ${wheres.length > 0 ? `WHERE ${wheres.join(' AND ')}` : ''} ORDER BY whispers.at DESC, whispers.id DESC LIMIT ?`;
    return this.#options.mind.read((r) =>
      r.all<WhisperRow>(sql, ...params, limit).map((row) => toWhisper(r, row)),
    );
  }

  /** Throws `not_found` for an unknown workspace or loop, `read_only` when nothing can be stored. */
  async decide(
    { workspace, loopId, ...fields }: z.output<typeof decisionAddInput>,
    by?: Writer,
  ): Promise<Decision> {
    const { mind, loops } = this.#options;
    const id = await mind.transactGrouped((tx) => {
      if (loopId !== undefined) loops.row(tx, loopId);
      return this.record(tx, workspaceId(tx, workspace), fields, loopId ?? null, by);
    });
    return this.decision(id);
  }

  /** Records a decision inside `tx`; returns its id. */
  record(
    tx: Transaction,
    workspace: string,
    fields: DecisionFields,
    loop: string | null,
    by?: Writer,
  ): string {
    const { mind, clock, random } = this.#options;
    const now = clock.now();
    const id = newId('decision', now, random);
    const { question, options, decision, why, outcome, reviewAt, links } = fields;
    const sql = `INSERT INTO decisions (id, workspace, loop, question, options, decision, why, outcome, review_at, links, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    tx.run(
      sql,
      id,
      workspace,
      loop,
      question,
      JSON.stringify(options),
      decision,
      why,
      outcome,
      reviewAt,
      JSON.stringify(links),
      now,
    );
    const digest = mind.digest(`${question}\n${decision}`);
    const content = decisionText({ question, decision, why });
    const note = { id, kind: 'decision', workspace, content, file: null, line: null } as const;
    this.#take(tx, { ...note, ...(by && { by }) }, loop);
    tx.emit({
      type: 'decision.recorded',
      subject: id,
      data: { workspace, digest, by: by?.writtenBy ?? 'person' },
    });
    return id;
  }

  /** Changes fields of a decision inside `tx`; what is left out stays. Throws `not_found`. */
  amend(tx: Transaction, id: string, change: Partial<DecisionFields>): void {
    const before = this.decision(id);
    const { question, options, decision, why, outcome, reviewAt, links } = { ...before, ...change };
    const sql =
      'UPDATE decisions SET question = ?, options = ?, decision = ?, why = ?, outcome = ?, review_at = ?, links = ? WHERE id = ?';
    tx.run(
      sql,
      question,
      JSON.stringify(options),
      decision,
      why,
      outcome,
      reviewAt,
      JSON.stringify(links),
      id,
    );
    const content = decisionText({ question, decision, why });
    const workspace = workspaceId(tx, before.workspace);
    this.#take(tx, { id, kind: 'decision', workspace, content, file: null, line: null }, before.loopId);
    tx.emit({
      type: 'decision.changed',
      subject: id,
      data: { fields: Object.keys(change).join(' '), by: 'user' },
    });
  }

  /** Throws `not_found`. */
  decision(id: string): Decision {
    const row = this.#options.mind.read((r) =>
      r.get<DecisionRow>(`${SELECT_DECISION} WHERE decisions.id = ?`, id),
    );
    if (!row) throw new ProgenyError('not_found', `There is no decision "${id}".`);
    return toDecision(row);
  }

  decisions({ workspace, limit }: z.output<typeof decisionsListInput>): Decision[] {
    const where = workspace === undefined ? '' : 'WHERE workspaces.path = ?';
    const params: SqlValue[] = workspace === undefined ? [limit] : [workspace, limit];
    const sql = `${SELECT_DECISION} ${where} ORDER BY decisions.at DESC, decisions.id DESC LIMIT ?`;
    return this.#options.mind.read((r) => r.all<DecisionRow>(sql, ...params).map(toDecision));
  }

  #take(tx: Transaction, note: Omit<WrittenNote, 'private'>, loop: string | null): void {
    const hidden = tx.get('SELECT 1 FROM loops WHERE id = ? AND private = 1', loop);
    this.#options.remember(tx, { ...note, private: hidden !== undefined });
  }

  #whisperRow(reader: Reader, id: string): WhisperRow {
    const sql =
      'SELECT whispers.*, workspaces.path FROM whispers JOIN workspaces ON workspaces.id = whispers.workspace WHERE whispers.id = ?';
    return reader.get<WhisperRow>(sql, id) as WhisperRow;
  }

  /** The named loop; else the one that lies on this line; else the branch's; else a new one. */
  #loopFor(
    tx: Transaction,
    workspace: string,
    input: z.output<typeof whisperAddInput>,
    branch: string | null,
  ): string {
    const { loops } = this.#options;
    if (input.loopId !== undefined) return loops.row(tx, input.loopId).id;
    const open = "loops.status IN ('proposed', 'open', 'stale')";
    if (input.file !== undefined && input.line !== undefined) {
      const sql = `SELECT loops.id FROM loops JOIN anchors ON anchors.loop = loops.id
        WHERE loops.workspace = ? AND ${open} AND anchors.kind = 'line' AND anchors.file = ? AND anchors.line = ? LIMIT 1`;
      const onLine = tx.get<{ id: string }>(sql, workspace, input.file, input.line);
      if (onLine) return onLine.id;
    }
    if (branch !== null) {
      const sql = `SELECT id FROM loops WHERE workspace = ? AND ${open} AND key = ?`;
      const ofBranch = tx.get<{ id: string }>(sql, workspace, `branch:${branch}`);
      if (ofBranch) return ofBranch.id;
    }
    const title = titleOf(input.text);
    return loops.open(tx, workspace, {
      title,
      context: '',
      source: 'whisper',
      priority: 'normal',
      private: false,
      anchors: [],
    });
  }

  async anchorAt(workspace: string, file: string, line: number | undefined): Promise<StoredAnchor> {
    const plain: StoredAnchor = { anchor: { kind: 'file', file } };
    if (line === undefined || isDenied(file)) return plain;
    const text = await this.#options.readText(workspace, file);
    if (text === null) return plain;
    try {
      const data = this.#options.makeAnchor(text, line, file);
      return { anchor: { kind: 'line', file, line, text: data.text, lost: false }, data };
    } catch (error) {
      if (error instanceof RangeError)
        throw new ProgenyError('bad_input', error.message, {
          fields: [{ path: 'line', message: error.message }],
        });
      throw error;
    }
  }
}

const SELECT_DECISION =
  'SELECT decisions.*, workspaces.path FROM decisions JOIN workspaces ON workspaces.id = decisions.workspace';
