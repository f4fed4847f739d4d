import { listing } from '../kernel/index.ts';
import type { Ballot, Mask, Proposal, Round } from '../protocol/index.ts';
import { cut, paint } from './output.ts';

const OUTCOMES = {
  decided: 'decided',
  contested: 'contested',
  no_quorum: 'no quorum',
  expired: 'expired',
} as const;

/** One line: the question and how it stands. */
export function headline({ question, outcome, choice, decision, observed }: Proposal): string {
  const council = outcome === 'decided' ? `council: ${choice}` : `council: ${OUTCOMES[outcome]}`;
  const yours = decision ? `, you: ${decision.choice}${decision.overruled ? ' (overruled)' : ''}` : '';
  const end = observed && observed.right.length > 0 ? `, right: ${observed.right.join(' or ')}` : '';
  return `${question}  ${paint('bold', `${council}${yours}${end}`)}`;
}

/** A question with ballots, arguments, count and track records, as a terminal of 100 columns shows it. Pure. */
export function councilText(proposal: Proposal, advisers: readonly Mask[]): string {
  const { question, measured, rounds, options, decision, observed, id, evidence } = proposal;
  const facts = measured.map(({ words }) => words);
  const last = rounds.at(-1);
  return [
    paint('bold', question),
    ...(facts.length > 0 ? [paint('dim', cut(facts.join(', ')))] : []),
    ...rounds.flatMap((round) => [
      ...(rounds.length > 1
        ? [paint('dim', round.number === 1 ? 'First round' : 'After the others’ arguments')]
        : []),
      ...ballotLines(round, options),
    ]),
    ...(last ? [verdict(last, proposal)] : []),
    ...(decision
      ? [
          `You decided: ${decision.choice}${decision.overruled ? ', against the council' : ''}${decision.reason ? `. ${decision.reason}` : ''}`,
        ]
      : [`Your call: ${options.join(' · ')}   progeny council decide ${id} CHOICE`]),
    ...(observed ? [`How it came out: ${observed.words}`] : []),
    ...records(last, advisers),
    ...(evidence.length > 0
      ? [paint('dim', `Evidence: ${evidence.length} pieces, \`--json\` shows them.`)]
      : []),
  ].join('\n');
}

function ballotLines({ ballots }: Round, options: readonly string[]): string[] {
  const names = Math.max(...ballots.map(({ name }) => name.length), 4);
  const choices = Math.min(24, Math.max(...options.map((option) => option.length), 'abstains'.length));
  return ballots.map((ballot) => {
    const choice = cut(ballot.choice ?? 'abstains', choices).padEnd(choices);
    const score = ballot.choice === null ? '   ' : share(ballot.score);
    return `${ballot.name.padEnd(names)}  ${choice}  ${score}  ${ballot.reason}${by(ballot)}`;
  });
}

function by({ answeredBy }: Ballot): string {
  return answeredBy === null ? '' : paint('dim', ` (${answeredBy.model})`);
}

function verdict({ outcome, shares, cast, quorum, ballots }: Round, { choice }: Proposal): string {
  const [best] = shares;
  const leading = best ? `${best.choice} ${share(best.share)}` : 'nobody had anything to go by';
  switch (outcome) {
    case 'decided':
      return `→ ${paint('bold', String(choice))} (${share(best!.share)} of the votes of ${cast}; .66 decides)`;
    case 'contested':
      return `→ contested (.66 needed; best: ${leading})`;
    case 'no_quorum':
      return `→ no quorum (${ballots.length} of the ${quorum} that are needed were there)`;
    case 'expired':
      return '→ expired: the votes did not come in time. Ask again.';
  }
}

function records(round: Round | undefined, advisers: readonly Mask[]): string[] {
  const voters = new Set(round?.ballots.map(({ voter }) => voter));
  const known = advisers
    .filter(({ id, record }) => voters.has(id) && record.hits + record.misses > 0)
    .map(({ name, record }) => `${name} ${recordWords(record)}`);
  return known.length > 0 ? [paint('dim', `Track records: ${listing(known, 12)}.`)] : [];
}

/** "71 % right on 24". */
export function recordWords({ hits, misses }: Mask['record']): string {
  const known = hits + misses;
  return known === 0 ? 'no outcome known yet' : `${Math.round((100 * hits) / known)} % right on ${known}`;
}

/** ".82", "1.00". */
function share(value: number): string {
  return value.toFixed(2).replace(/^0/, '');
}
