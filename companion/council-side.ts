import type { z } from 'zod';
import type { AskedRun } from './agency/index.ts';
import {
  actionStance,
  actionWords,
  CHOICES,
  Council,
  castVotes,
  contestedBecause,
  type Matter,
  measuredWords,
  measureOptions,
  type PastRuns,
  type Stored,
} from './council/index.ts';
import { cited, loopEvidence, recallEvidence } from './council-evidence.ts';
import { maskDrift } from './drift/index.ts';
import { fateWords, gatherFate } from './fate-gathering.ts';
import type { GitProgram } from './git/index.ts';
import { type Clock, clip, type Disposable, type Logger, type Random } from './kernel/index.ts';
import type { Language } from './language/index.ts';
import type { LoopStore, Notes } from './loops/index.ts';
import type { Masks, Memory, View } from './memory/index.ts';
import {
  type councilAskInput,
  type councilFateInput,
  type Drift,
  ProgenyError,
  type Proposal,
} from './protocol/index.ts';
import { type Mind, type Reader, type Transaction, workspaceId } from './store/index.ts';
import type { Timeline } from './timeline/index.ts';
import { readTextFile } from './workspaces/index.ts';

export interface CouncilSideOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly memory: Memory;
  readonly masks: Masks;
  readonly loops: LoopStore;
  readonly notes: Notes;
  readonly timeline: Timeline;
  readonly program: GitProgram | Error;
  /** How far a loop has left its scope by its newest rating, what the masks said left out, 0-1; null where there is none. */
  drift(loop: string): number | null;
  /** Whether a folder is confidential. */
  confidential(workspace: string): boolean;
  /** What can write; null for nothing. */
  language(): Language | null;
}

const PAST_MS = 90 * 24 * 60 * 60 * 1000;

/** How a loop stands that something can still become of. */
const UNSETTLED: ReadonlySet<string> = new Set(['proposed', 'open', 'stale', 'deferred']);

/** The council, composed with what it votes on: loops, memory, git, the work; and with who may write. */
export class CouncilSide implements Disposable {
  readonly council: Council;
  readonly #options: CouncilSideOptions;

  constructor(options: CouncilSideOptions) {
    this.#options = options;
    this.council = new Council({
      ...options,
      memory: options.masks,
      act: (tx, loop, choice) => this.#act(tx, loop, choice),
      remember: (tx, proposal) => this.#remember(tx, proposal),
    });
  }

  start(): void {
    this.council.start();
  }

  /** Puts a free question. Throws `not_found`, `bad_input` for options that are not different, and as `Council.put`. */
  async ask(
    { question, options, workspace: folder, ...rest }: z.output<typeof councilAskInput>,
    signal?: AbortSignal,
  ): Promise<Proposal> {
    const workspace = folder ?? null;
    if (new Set(options.map((option) => option.toLowerCase())).size < options.length)
      throw new ProgenyError(
        'bad_input',
        `options: expected different ones; received ${options.join(', ')}`,
        {
          fields: [{ path: 'options', message: 'expected different ones' }],
        },
      );
    const records = await recallEvidence(
      this.#options.memory,
      [question, ...options],
      workspace,
      this.#view(workspace),
    );
    const now = this.#options.clock.now();
    const measures = measureOptions(options, records, now);
    return this.council.put(
      {
        kind: 'question',
        ...{ question, options, workspace },
        subject: null,
        topic: this.#options.mind.digest(`council\n${workspace ?? ''}\n${plain(question)}`),
        measures: { of: 'options', options: measures },
        measured: measuredWords(options, measures),
        evidence: records.map((record) => cited(record, workspace)),
        sources: records.map(({ id }) => id),
        onlyLocal: this.#isPrivate(
          workspace,
          records.map(({ id }) => id),
        ),
        guild: rest.guild ?? null,
        correction: rest.correction,
      },
      signal,
    );
  }

  /** Asks what shall become of a loop. Throws `not_found`, `conflict` for one that is settled, and as `Council.put`. */
  async fate(
    { loop: id, guild, correction }: z.output<typeof councilFateInput>,
    signal?: AbortSignal,
  ): Promise<Proposal> {
    const loop = this.#options.loops.get(id);
    if (!UNSETTLED.has(loop.status))
      throw new ProgenyError(
        'conflict',
        `"${loop.title}" is ${loop.status} already, so there is nothing to decide.`,
      );
    const { mind, timeline, loops, program, clock } = this.#options;
    const fate = await gatherFate(
      loop,
      {
        ...{ timeline, loops, program },
        now: clock.now(),
        readText: readTextFile,
        drift: this.#options.drift,
        idOf: (folder) => mind.read((reader) => workspaceId(reader, folder)),
      },
      signal,
    );
    const view = this.#view(loop.workspace, loop.private);
    const recalled = await recallEvidence(this.#options.memory, [loop.title], loop.workspace, view);
    const { evidence, sources } = loopEvidence(loop, this.#options, recalled);
    const matter: Matter = {
      kind: 'loop_fate',
      question: `Keep or drop "${loop.title}"?`,
      options: ['preserve', 'fork', 'discard'],
      workspace: loop.workspace,
      subject: loop.id,
      topic: loop.id,
      measures: {
        of: 'fate',
        fate,
        cites: evidence.flatMap((each, i) => (each.evidence === null ? [] : [i + 1])),
      },
      measured: fateWords(fate),
      ...{ evidence, sources, correction },
      onlyLocal: loop.private || this.#isPrivate(loop.workspace, sources),
      guild: guild ?? null,
    };
    return this.council.put(matter, signal);
  }

  /** How far the voting of a mask has moved; null while it voted too seldom to say; undefined: there is no such mask. */
  driftOf(mask: string): Drift | null | undefined {
    const { mind, clock } = this.#options;
    if (!this.council.advisers.list().some(({ id }) => id === mask)) return undefined;
    return maskDrift(
      mask,
      mind.read((reader) => castVotes(reader, mask)),
      clock.now(),
    );
  }

  /** Puts a run that is contested; null for one that is not. Its outcome is how the run is settled. Throws as `Council.put`. */
  async action(run: AskedRun, signal?: AbortSignal): Promise<Proposal | null> {
    const { mind, memory, clock } = this.#options;
    const past = mind.read((reader) => pastRuns(reader, run, clock.now() - PAST_MS));
    const because = contestedBecause(run, past);
    if (because === null) return null;
    const { workspace, sentence } = run;
    const records = await recallEvidence(memory, [sentence], workspace, this.#view(workspace));
    const [mood] = measureOptions([sentence], records, clock.now());
    const sources = records.map(({ id }) => id);
    return this.council.put(
      {
        kind: 'action',
        question: `Shall this be done? ${sentence} ${because}`,
        options: [...CHOICES.action],
        workspace,
        subject: run.id,
        topic: run.id,
        measures: { of: 'stance', stance: actionStance(run, past, mood!) },
        measured: actionWords(run, past),
        evidence: records.map((record) => cited(record, workspace)),
        sources,
        onlyLocal: this.#isPrivate(workspace, sources),
        guild: null,
        correction: false,
      },
      signal,
    );
  }

  dispose(): void {
    this.council.dispose();
  }

  /** Where a model elsewhere would speak, it is shown what passes the door; what a model here sees is everything. */
  #view(workspace: string | null, hidden = false): View {
    const { language, confidential } = this.#options;
    const onlyLocal = hidden || workspace === null || confidential(workspace);
    const outside = language()?.chosen({ workspace, onlyLocal })?.local === false;
    return { openWorkspaces: outside && workspace !== null ? [workspace] : null };
  }

  /** Whether something of it passes no door: what is private, belongs elsewhere, or was said to Progeny itself. */
  #isPrivate(workspace: string | null, sources: readonly string[]): boolean {
    const { confidential, memory } = this.#options;
    return workspace === null || confidential(workspace) || !memory.mayPass(sources, workspace);
  }

  /** Only the user's own decision comes here. */
  #act(tx: Transaction, id: string, choice: string): string | null {
    const { loops } = this.#options;
    const row = loops.row(tx, id);
    if (!UNSETTLED.has(row.status))
      throw new ProgenyError(
        'conflict',
        `"${row.title}" is ${row.status} by now, so there is nothing left to decide.`,
      );
    if (choice === 'discard') loops.change(tx, id, { status: 'dropped' });
    if (choice !== 'fork') return null;
    return loops.open(tx, row.workspace, {
      // A name that came from a note would outlive it.
      title: row.source === 'whisper' ? 'The other half of a thread' : clip(`${row.title} (split off)`, 200),
      context: '',
      source: 'manual',
      priority: row.priority,
      private: row.private === 1,
      anchors: [],
      parent: id,
    });
  }

  /** Questions and decisions of the user's are remembered like others; the name of a loop that is a note's is not. */
  #remember(tx: Transaction, { id, kind, question, options, workspace, subject, decision }: Stored): void {
    const loop = kind === 'loop_fate' && subject !== null ? this.#options.loops.row(tx, subject) : null;
    const asked = loop?.source === 'whisper' ? 'Keep or drop a thread?' : question;
    const content = decision
      ? [`${asked} → ${decision.choice}`, decision.reason].filter(Boolean).join('\n')
      : `Asked the council: ${asked} (${options.join(' / ')})`;
    this.#options.memory.takeUp(tx, {
      id,
      kind: decision ? 'decision' : 'observation',
      workspace: workspace === null ? null : workspaceId(tx, workspace),
      content,
      ...{ file: null, line: null },
      private: loop?.private === 1,
      links: [{ kind: 'council', target: id }, ...(loop ? [{ kind: 'about', target: loop.id }] : [])],
    });
  }
}

function pastRuns(reader: Reader, { id, workspace, recipe }: AskedRun, since: number): PastRuns {
  const sql = `SELECT count(*) FILTER (WHERE wheel_runs.status = 'kept') AS kept,
      count(*) FILTER (WHERE wheel_runs.status = 'undone') AS undone,
      count(*) FILTER (WHERE wheel_runs.status IN ('rolled_back', 'failed')) AS failed
    FROM wheel_runs JOIN workspaces ON workspaces.id = wheel_runs.workspace
    WHERE workspaces.path = ? AND recipe = ? AND wheel_runs.id <> ? AND created_at >= ?`;
  return reader.get<PastRuns>(sql, workspace, recipe, id, since)!;
}

function plain(question: string): string {
  return (question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}
