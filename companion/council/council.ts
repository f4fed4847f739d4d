import type { z } from 'zod';
import { type Clock, clip, type Disposable, type Logger, newId, type Random } from '../kernel/index.ts';
import type { Language } from '../language/index.ts';
import {
  type councilDecideInput,
  type councilListInput,
  type Mask,
  ProgenyError,
  type Proposal,
} from '../protocol/index.ts';
import { type Mind, type Transaction, workspaceId } from '../store/index.ts';
import { Advisers, keyOf } from './advisers.ts';
import type { Case } from './case.ts';
import { checkKnown, forgottenMeanwhile } from './forgotten.ts';
import { Guilds, type Panel } from './guilds.ts';
import { checkLimits, LIMITED_WITHIN_MS } from './limits.ts';
import type { MaskMemory } from './mask-memory.ts';
import { Observer } from './observer.ts';
import { SCORED_AFTER_MS } from './outcomes.ts';
import { readPerson } from './people.ts';
import * as rows from './proposal-rows.ts';
import { type Replay, replay } from './replay.ts';
import { Scoring } from './scoring.ts';
import { tally } from './tally.ts';
import { holdRound, type Person, type Round } from './voting.ts';

/** A question with all that its voters are to see. */
export interface Matter extends Case {
  /** The folder, as the store knows it. */
  readonly workspace: string | null;
  /** The loop, belief or action that it is about; null for a free question. */
  readonly subject: string | null;
  /** By which the same question is known again: the subject's id, or a digest of the question. */
  readonly topic: string;
  /** Ids of what its words come from: when one is forgotten, so are these words. */
  readonly sources: readonly string[];
  /** It holds what never leaves this machine. */
  readonly onlyLocal: boolean;
  readonly guild: string | null;
  readonly correction: boolean;
}

export interface CouncilOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly memory: MaskMemory;
  /** What can write, if anything. */
  language(): Pick<Language, 'chosen' | 'generate'> | null;
  /** Does what the user's decision on a loop says, inside `tx`; returns the loop that was opened. Throws `conflict`. */
  act(tx: Transaction, loop: string, choice: string): string | null;
  /** Takes a question of the user's, or their decision, into memory, inside `tx`. */
  remember(tx: Transaction, proposal: rows.Stored): void;
}

const DEADLINE_MS = 10 * 60_000;

/** Questions, votes, decisions, and what came of them. */
export class Council implements Disposable {
  readonly advisers: Advisers;
  readonly guilds: Guilds;
  readonly observer: Observer;
  readonly #scoring: Scoring;
  readonly #options: CouncilOptions;

  constructor(options: CouncilOptions) {
    this.#options = options;
    this.advisers = new Advisers({ ...options, toneOf: (key) => options.memory.toneOf(key) });
    this.guilds = new Guilds(options);
    this.#scoring = new Scoring(options);
    this.observer = new Observer({ ...options, advisers: this.advisers, scoring: this.#scoring });
  }

  /**
   * Has a question voted on. Throws `rate_limited` with the time to retry, `not_found` for a guild that is not there,
   * `conflict` for one that cannot vote, `read_only`; rejects with the reason of the signal, and nothing of it is left.
   */
  async put(matter: Matter, signal?: AbortSignal): Promise<Proposal> {
    const { mind, clock, random } = this.#options;
    // What came of older questions is judged by what was decided until now.
    this.observer.catchUp();
    const panel = this.#panel(matter.guild);
    const at = clock.now();
    const id = newId('proposal', at, random);
    mind.transact((tx) => {
      checkKnown(tx, matter.sources);
      const times = rows.readRoundTimes(tx, matter.topic, at - LIMITED_WITHIN_MS);
      checkLimits(at, { ...times, wanted: matter.correction ? 2 : 1 });
      const workspace = matter.workspace === null ? null : workspaceId(tx, matter.workspace);
      const voters = panel.masks.length + panel.people.length;
      const limits = { at, deadline: at + DEADLINE_MS, dueAt: at + SCORED_AFTER_MS };
      rows.insertProposal(tx, { ...matter, id, voters, ...limits }, workspace, matter.sources);
      if (matter.kind === 'question') this.#options.remember(tx, rows.readProposal(tx, id)!);
      tx.emit({
        type: 'council.asked',
        subject: id,
        data: { kind: matter.kind, about: matter.subject ?? '', voters },
      });
    });
    try {
      const rounds = await this.#hold(matter, panel, signal);
      this.#store(id, rounds, matter);
    } catch (error) {
      this.#withdraw(id);
      throw error;
    }
    return this.get(id);
  }

  /** Those that a killed process left without votes: too late for them, and told so. */
  start(): void {
    const { mind } = this.#options;
    for (const { id, voters } of mind.read(rows.readUnheld)) {
      const round = {
        number: 1,
        at: this.#options.clock.now(),
        ballots: [],
        ...tally([], voters, { late: true }),
      };
      mind.transact((tx) => this.#close(tx, id, [round]));
    }
    this.observer.catchUp();
  }

  list({ workspace, subject, limit }: z.output<typeof councilListInput>): Proposal[] {
    const stored = this.#options.mind.read((reader) =>
      rows.readProposals(reader, { workspace, subject, limit }),
    );
    return stored.map(rows.toProposal);
  }

  /** Throws `not_found`. */
  get(id: string): Proposal {
    return rows.toProposal(this.#stored(id));
  }

  /**
   * The user's last word: it alone does anything. Throws `bad_input` for a choice that there is not, or without a reason
   * against the council's; `conflict` where it is decided already or cannot be done any more; `not_found`, `read_only`.
   */
  decide({ id, choice, reason }: z.output<typeof councilDecideInput>): Proposal {
    const { mind, clock, act } = this.#options;
    this.observer.catchUp();
    const proposal = this.#stored(id);
    if (proposal.rounds.length === 0)
      throw new ProgenyError('conflict', 'The council is still voting on this.');
    if (proposal.decision)
      throw new ProgenyError(
        'conflict',
        `You decided this already: ${proposal.decision.choice}. Ask again to decide anew.`,
      );
    if (!proposal.options.includes(choice))
      throw wrong('choice', `expected ${proposal.options.join(', ')}; received "${choice}"`);
    const overruled = proposal.choice !== null && proposal.choice !== choice;
    if (overruled && reason === '')
      throw wrong('reason', `the council chose "${proposal.choice}"; say why you choose "${choice}"`);
    const at = clock.now();
    mind.transact((tx) => {
      const child = proposal.kind === 'loop_fate' ? act(tx, proposal.subject!, choice) : null;
      tx.run(
        'UPDATE proposals SET decided = ?, overruled = ?, reason = ?, decided_at = ?, child = ?, due_at = ? WHERE id = ?',
        ...[choice, overruled ? 1 : 0, reason, at, child, at + SCORED_AFTER_MS, id],
      );
      const decided = rows.readProposal(tx, id)!;
      this.#options.remember(tx, decided);
      tx.emit({ type: 'council.decided', subject: id, data: { kind: proposal.kind, overruled } });
      this.#scoring.answered(tx, decided);
    });
    return this.get(id);
  }

  /** Holds the stored rounds again, by rules and numbers alone. Throws `not_found`. */
  replay(id: string): Replay {
    const proposal = this.#stored(id);
    return this.#options.mind.read((reader) =>
      replay(
        proposal,
        proposal.rounds.map(({ number }) => rows.ballotsOf(reader, id, number)),
      ),
    );
  }

  dispose(): void {
    this.observer.dispose();
  }

  #panel(guild: string | null): Panel {
    if (guild !== null) return this.guilds.panel(guild);
    return { masks: this.advisers.list().filter(({ status }) => status === 'active'), people: [] };
  }

  async #hold(matter: Matter, { masks, people }: Panel, signal: AbortSignal | undefined): Promise<Round[]> {
    const { mind, memory, language } = this.#options;
    const writer = language();
    const { workspace, onlyLocal } = matter;
    const speech = writer && { language: writer, workspace, onlyLocal, signal, voters: masks.length };
    const standing = ({ id, name, record }: Mask) => ({
      weight: record.weight,
      stake: mind.read((reader) => memory.shareAbout(reader, keyOf({ id, name }), matter.topic)),
    });
    const present = people.map((id): Person => ({ id, weight: mind.read(readPerson).weight }));
    const hold = (before: Round | null) => holdRound(masks, present, matter, { speech, standing, before });
    const first = await hold(null);
    return matter.correction ? [first, await hold(first)] : [first];
  }

  #store(id: string, held: readonly Round[], { topic, question, sources, onlyLocal }: Matter): void {
    const { mind, clock, memory } = this.#options;
    const at = clock.now();
    mind.transact((tx) => {
      const asked = rows.readProposal(tx, id);
      if (!asked) throw forgottenMeanwhile();
      checkKnown(tx, sources);
      const { voters, deadline } = asked;
      const rounds = held.map(({ ballots }, i) => {
        const late = at > deadline;
        return { number: i + 1, at, ballots, ...tally(ballots, voters, { late }) };
      });
      this.#scoring.supersede(tx, topic);
      this.#close(tx, id, rounds);
      for (const ballot of rounds.at(-1)!.ballots) {
        if (ballot.archetype === null) continue;
        const { voter, name, choice, reason } = ballot;
        const said = choice === null ? 'I abstained' : `I voted "${choice}"`;
        const content = `On "${clip(question, 200)}" ${said}. ${reason}`;
        const quotes = [id, ...sources];
        memory.keep(tx, {
          mask: keyOf({ id: voter, name }),
          content,
          about: topic,
          quotes,
          private: onlyLocal,
        });
      }
    });
  }

  #close(tx: Transaction, id: string, rounds: readonly Parameters<typeof rows.insertRound>[2][]): void {
    for (const round of rounds) rows.insertRound(tx, id, round);
    const { outcome, choice } = rounds.at(-1)!;
    tx.run('UPDATE proposals SET outcome = ?, choice = ? WHERE id = ?', outcome, choice, id);
    tx.emit({ type: 'council.voted', subject: id, data: { outcome, rounds: rounds.length } });
  }

  #withdraw(id: string): void {
    this.#options.mind.transact((tx) => {
      tx.run('DELETE FROM memories WHERE origin = ?', id);
      tx.run('DELETE FROM proposals WHERE id = ?', id);
      tx.emit({ type: 'council.withdrawn', subject: id });
    });
  }

  #stored(id: string): rows.Stored {
    const proposal = this.#options.mind.read((reader) => rows.readProposal(reader, id));
    if (proposal) return proposal;
    throw new ProgenyError(
      'not_found',
      `There is no question "${id}" before the council. \`progeny council list\` lists them.`,
    );
  }
}

function wrong(path: string, message: string): ProgenyError {
  return new ProgenyError('bad_input', `${path}: ${message}`, { fields: [{ path, message }] });
}
