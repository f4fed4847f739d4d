import { newId, type Random } from '../kernel/index.ts';
import type { Transaction } from '../store/index.ts';
import type { Birth } from './forming.ts';
import { type Hypothesis, isLive } from './hypothesis.ts';
import * as rows from './rows.ts';
import { weigh } from './weight.ts';

/** Stores a belief that is born. False where an answer has come between. */
export function form(
  tx: Transaction,
  { generator, kind, proposal, evidence, former }: Birth,
  at: number,
  random: Random,
): boolean {
  const now = former && rows.readHypothesis(tx, former.id);
  if (former && (!now || isLive(now))) return false;
  const { subject, workspace, claim, sentence, unit } = proposal;
  const id = former?.id ?? newId('hypothesis', at, random);
  const { weight, validations } = weigh(at, [], at);
  const written = { id, generator: generator.name, subject, workspace, kind, claim, sentence, unit };
  const empty = { exceptWhen: null, offeredAt: null, answeredAt: null, endedAt: null, learnedAt: null };
  rows.writeHypothesis(tx, {
    ...written,
    ...empty,
    status: 'forming',
    weight,
    validations,
    formedAt: at,
    testedAt: at,
  });
  for (const each of evidence) rows.addEvidence(tx, id, each);
  tx.emit({
    type: 'hypothesis.formed',
    subject: id,
    data: { generator: generator.name, evidence: evidence.length, again: former !== null },
  });
  return true;
}

/** Stores what a belief weighs now, and what follows. True when that ended it. */
export function weighAnew(tx: Transaction, hypothesis: Hypothesis, now: number): boolean {
  const { id, kind, formedAt, generator } = hypothesis;
  const evidence = rows.readEvidence(tx, id).filter((each) => each.kind === kind);
  const { weight, validations, testedAt, spent } = weigh(formedAt, evidence, now);
  const ready = hypothesis.status === 'forming' && validations > 0;
  const status = spent ? 'withdrawn' : ready ? 'waiting' : hypothesis.status;
  const endedAt = spent ? now : null;
  if (weight === hypothesis.weight && status === hypothesis.status && validations === hypothesis.validations)
    return false;
  rows.writeHypothesis(tx, { ...hypothesis, weight, validations, testedAt, status, endedAt });
  if (spent) tx.emit({ type: 'hypothesis.withdrawn', subject: id, data: { generator } });
  else if (ready) tx.emit({ type: 'hypothesis.ready', subject: id, data: { generator } });
  else tx.emit({ type: 'hypothesis.weighed', subject: id, data: { weight } });
  return spent;
}
