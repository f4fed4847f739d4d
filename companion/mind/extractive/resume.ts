import { ago, count, duration } from '../../kernel/index.ts';
import type { Brief, BriefLine, Loop } from '../../protocol/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { quote, words } from '../quote.ts';
import { ofEvidence, ofLoop, ofWhisper } from '../sources-of.ts';
import type { Extract, Statement } from '../statement.ts';

const IN_FLIGHT = 3;
const NOTE_COUNTS_MS = 14 * 24 * 60 * 60 * 1000;
const LONG_AWAY_MS = 60 * 60 * 1000;

/** Where the user is: the brief in a few sentences. */
export async function resume(knowledge: Knowledge, now: number): Promise<Extract> {
  const brief = await knowledge.brief();
  const loops = brief?.loops ?? knowledge.loops();
  const statements = [
    ...(brief?.last ? [lastly(brief.last, brief)] : []),
    ...inFlight(loops, brief?.openLoops ?? loops.length, knowledge.workspace === null),
    ...lastNote(knowledge, now),
    ...(brief ? brief.away.slice(0, 1).map((line) => meanwhile(line, brief)) : []),
    ...(brief ? nextStep(brief) : []),
  ];
  if (statements.length > 0) return { statements, known: true };
  const where = knowledge.workspace === null ? 'No folder is open, and nothing' : 'Nothing';
  const missing = brief?.notes[0] ? ` ${words(brief.notes[0], 200)}.` : '';
  return {
    statements: [{ text: `${where} is recorded yet of what you did here.${missing}`, sources: [] }],
    known: false,
  };
}

function lastly(line: BriefLine, brief: Brief): Statement {
  const when = line.at === null ? '' : `, ${ago(line.at, brief.at)}`;
  const away =
    brief.awayMs !== null && brief.awayMs > LONG_AWAY_MS ? `, before ${duration(brief.awayMs)} away` : '';
  const commit = line.evidence.find((each) => 'commit' in each)?.commit.slice(0, 7);
  const sources = line.evidence
    .slice(0, 2)
    .map((each) => ofEvidence(each, line.text, line.at, brief.workspace));
  return { text: `Last${away}: ${words(line.text, 160)}${commit ? ` (${commit}${when})` : when}`, sources };
}

function inFlight(loops: readonly Loop[], open: number, everywhere: boolean): Statement[] {
  return loops.slice(0, IN_FLIGHT).map((loop, i) => {
    const lead = i === 0 ? `In flight (${open} open): ` : i === 1 ? 'Then ' : 'And ';
    const where = everywhere ? ` in ${loop.workspace.split(/[\\/]/).at(-1)}` : '';
    return {
      text: `${lead}${words(loop.title, 90)}${where}, ${words(loop.summary, 120)}`,
      sources: [ofLoop(loop)],
    };
  });
}

function lastNote(knowledge: Knowledge, now: number): Statement[] {
  const note = knowledge.whispers()[0];
  if (!note || now - note.at > NOTE_COUNTS_MS) return [];
  const source = ofWhisper(note, knowledge.isPrivate(note.loopId));
  return [{ text: `Your last note, ${ago(note.at, now)}: ${quote(note.text, 140)}`, sources: [source] }];
}

function meanwhile(line: BriefLine, brief: Brief): Statement {
  const sources = line.evidence
    .slice(0, 2)
    .map((each) => ofEvidence(each, line.text, line.at, brief.workspace));
  return { text: `Meanwhile ${words(line.text, 200)}`, sources };
}

function nextStep(brief: Brief): Statement[] {
  const step = brief.next[0];
  if (!step) return [];
  const loop = brief.loops.find(({ id }) => id === step.loopId);
  const rests = step.evidence.slice(0, 2).map((each) => ofEvidence(each, step.text, null, brief.workspace));
  const sources = loop ? [ofLoop(loop), ...rests.slice(0, 1)] : rests;
  const more = brief.next.length - 1;
  const others = more > 0 ? ` (${count(more, 'more step')} in the brief)` : '';
  return [{ text: `Next: ${words(step.text, 200)}${others}`, sources }];
}
