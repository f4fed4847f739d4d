import type {
  AnsweredBy,
  Archetype,
  Ballot,
  Evidence,
  MaskPriorities,
  Proposal,
  ProposalKind,
  Round,
} from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';
import type { Case, Measures } from './case.ts';

/** A question as it is stored, with what opinions were formed from. */
export interface Stored extends Proposal {
  readonly topic: string;
  readonly measures: Measures;
  /** How many might vote. */
  readonly voters: number;
  /** The loop that was opened when the user decided to fork. */
  readonly child: string | null;
  readonly dueAt: number | null;
}

/** A ballot with what its voter cared about when it voted. */
export interface StoredBallot extends Ballot {
  readonly priorities: MaskPriorities | null;
}

interface Row {
  id: string;
  kind: string;
  path: string | null;
  subject: string | null;
  topic: string;
  question: string;
  options: string;
  measures: string;
  measured: string;
  evidence: string;
  guild: string | null;
  voters: number;
  at: number;
  deadline: number;
  outcome: string | null;
  choice: string | null;
  decided: string | null;
  overruled: number;
  reason: string | null;
  decided_at: number | null;
  child: string | null;
  observed: string | null;
  borne_out: string | null;
  observed_at: number | null;
  due_at: number | null;
}

interface RoundRow {
  number: number;
  at: number;
  shares: string;
  quorum: number;
  outcome: string;
  choice: string | null;
}

interface BallotRow {
  voter: string;
  name: string;
  archetype: string | null;
  priorities: string | null;
  choice: string | null;
  logic: number;
  stake: number;
  score: number;
  weight: number;
  reason: string;
  evidence: string;
  answered_by: string | null;
}

const SELECT =
  'SELECT proposals.*, workspaces.path FROM proposals LEFT JOIN workspaces ON workspaces.id = proposals.workspace';

export function insertProposal(
  writer: Writer,
  matter: Case & Pick<Stored, 'id' | 'subject' | 'topic' | 'guild' | 'voters' | 'at' | 'deadline' | 'dueAt'>,
  workspace: string | null,
  sources: readonly string[],
): void {
  const { id, kind, subject, topic, question, options, measures, measured, evidence } = matter;
  writer.run(
    `INSERT INTO proposals (id, kind, workspace, subject, topic, question, options, measures, measured, evidence,
        guild, voters, at, deadline, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, kind, workspace, subject, topic, question, JSON.stringify(options), JSON.stringify(measures)],
    ...[JSON.stringify(measured), JSON.stringify(evidence), matter.guild, matter.voters, matter.at],
    ...[matter.deadline, matter.dueAt],
  );
  for (const source of new Set(sources))
    writer.run('INSERT INTO proposal_sources (proposal, source) VALUES (?, ?)', id, source);
}

export function insertRound(
  writer: Writer,
  proposal: string,
  {
    number,
    at,
    ballots,
    shares,
    quorum,
    outcome,
    choice,
  }: Omit<Round, 'ballots'> & { ballots: readonly StoredBallot[] },
): void {
  writer.run(
    `INSERT INTO rounds (proposal, number, at, shares, present, quorum, outcome, choice)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[proposal, number, at, JSON.stringify(shares), ballots.length, quorum, outcome, choice],
  );
  for (const ballot of ballots)
    writer.run(
      `INSERT INTO ballots (proposal, round, voter, name, archetype, priorities, choice, logic, stake, score, weight,
          reason, evidence, answered_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[proposal, number, ballot.voter, ballot.name, ballot.archetype],
      ...[ballot.priorities && JSON.stringify(ballot.priorities), ballot.choice, ballot.logic, ballot.stake],
      ...[ballot.score, ballot.weight, ballot.reason, JSON.stringify(ballot.evidence)],
      ballot.answeredBy && JSON.stringify(ballot.answeredBy),
    );
}

export function readProposal(reader: Reader, id: string): Stored | null {
  const row = reader.get<Row>(`${SELECT} WHERE proposals.id = ?`, id);
  return row ? toStored(reader, row) : null;
}

/** Those whose rounds are held, the newest first. `workspace`: its path. */
export function readProposals(
  reader: Reader,
  {
    workspace,
    subject,
    limit,
  }: { workspace?: string | undefined; subject?: string | undefined; limit: number },
): Stored[] {
  const sql = `${SELECT} WHERE proposals.outcome IS NOT NULL AND (? IS NULL OR workspaces.path = ?)
    AND (? IS NULL OR subject = ?) ORDER BY proposals.at DESC, proposals.id DESC LIMIT ?`;
  const [path, about] = [workspace ?? null, subject ?? null];
  return reader.all<Row>(sql, path, path, about, about, limit).map((row) => toStored(reader, row));
}

/** Held, and its outcome not observed: those about something, or those of a topic; the newest first. */
export function readWaiting(
  reader: Reader,
  where: { about: string } | { topic: string } | { due: number },
): Stored[] {
  const [condition, ...values] =
    'about' in where
      ? ['(subject = ? OR child = ?)', where.about, where.about]
      : 'topic' in where
        ? ['topic = ?', where.topic]
        : ['due_at <= ?', where.due];
  const sql = `${SELECT} WHERE observed_at IS NULL AND outcome IS NOT NULL AND ${condition} ORDER BY at DESC, id DESC`;
  return reader.all<Row>(sql, ...(values as (string | number)[])).map((row) => toStored(reader, row));
}

/** Asked, and not voted on: the process ended before. */
export function readUnheld(reader: Reader): Stored[] {
  return reader
    .all<Row>(`${SELECT} WHERE outcome IS NULL ORDER BY at, proposals.id`)
    .map((row) => toStored(reader, row));
}

/** When this was asked last, and when the rounds of the last while were; asked and not voted on counts as one. */
export function readRoundTimes(
  reader: Reader,
  topic: string,
  since: number,
): { lastOfSubject: number | null; rounds: number[] } {
  const last = reader.get<{ at: number | null }>(
    'SELECT max(at) AS at FROM proposals WHERE topic = ?',
    topic,
  );
  const sql = `SELECT at FROM rounds WHERE at > ?
    UNION ALL SELECT at FROM proposals WHERE outcome IS NULL AND at > ?`;
  const rounds = reader.all<{ at: number }>(sql, since, since).map(({ at }) => at);
  return { lastOfSubject: last?.at ?? null, rounds };
}

export function ballotsOf(reader: Reader, proposal: string, round: number): StoredBallot[] {
  const sql = 'SELECT * FROM ballots WHERE proposal = ? AND round = ? ORDER BY voter';
  return reader.all<BallotRow>(sql, proposal, round).map((row) => ({
    voter: row.voter,
    name: row.name,
    archetype: row.archetype as Archetype | null,
    priorities: parsed<MaskPriorities>(row.priorities),
    choice: row.choice,
    logic: row.logic,
    stake: row.stake,
    score: row.score,
    weight: row.weight,
    reason: row.reason,
    evidence: JSON.parse(row.evidence) as Evidence[],
    answeredBy: parsed<NonNullable<AnsweredBy>>(row.answered_by),
  }));
}

/** As the contract tells of it. */
export function toProposal({
  topic: _t,
  measures: _m,
  voters: _v,
  child: _c,
  dueAt: _d,
  ...told
}: Stored): Proposal {
  return told;
}

function toStored(reader: Reader, row: Row): Stored {
  const { id, subject, topic, question, guild, voters, at, deadline, choice, child } = row;
  return {
    ...{ id, subject, topic, question, guild, voters, at, deadline, choice, child },
    kind: row.kind as ProposalKind,
    workspace: row.path,
    options: JSON.parse(row.options),
    measures: JSON.parse(row.measures),
    measured: JSON.parse(row.measured),
    evidence: JSON.parse(row.evidence),
    rounds: roundsOf(reader, id),
    outcome: (row.outcome ?? 'expired') as Proposal['outcome'],
    decision:
      row.decided === null
        ? null
        : {
            choice: row.decided,
            overruled: row.overruled === 1,
            reason: row.reason ?? '',
            at: row.decided_at ?? 0,
          },
    observed:
      row.observed_at === null
        ? null
        : { words: row.observed ?? '', right: parsed<string[]>(row.borne_out) ?? [], at: row.observed_at },
    dueAt: row.due_at,
  };
}

function roundsOf(reader: Reader, proposal: string): Round[] {
  const sql = 'SELECT * FROM rounds WHERE proposal = ? ORDER BY number';
  return reader.all<RoundRow>(sql, proposal).map(({ number, at, shares, quorum, outcome, choice }) => {
    const ballots = ballotsOf(reader, proposal, number).map(({ priorities: _, ...told }) => told);
    const cast = ballots.filter((ballot) => ballot.choice !== null).length;
    return {
      ...{ number, at, ballots, cast, quorum, choice },
      shares: JSON.parse(shares),
      outcome: outcome as Round['outcome'],
    };
  });
}

function parsed<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T);
}
