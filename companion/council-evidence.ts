import { clip } from './kernel/index.ts';
import type { Notes } from './loops/index.ts';
import type { Memory, View } from './memory/index.ts';
import type { Evidence, Loop, MemoryRecord, Proposal } from './protocol/index.ts';
import type { Mind } from './store/index.ts';

type Piece = Proposal['evidence'][number];

const RECALLED = 10;
const MOST = 16;
const MOST_RECALLED = 5;
const EXCERPT = 300;

/** What speaks to any of these, without what agents wrote: that is no evidence. Each once, best first. */
export async function recallEvidence(
  memory: Pick<Memory, 'recall'>,
  queries: readonly string[],
  workspace: string | null,
  view?: View,
): Promise<MemoryRecord[]> {
  const found = new Map<string, MemoryRecord>();
  for (const query of queries) {
    const within = workspace === null ? {} : { workspace };
    const reply = await memory.recall({ query, limit: RECALLED, ...within }, view);
    for (const { record } of reply.found)
      if (record.writtenBy !== 'agent' && !isMereQuestion(record)) found.set(record.id, record);
  }
  return [...found.values()].slice(0, MOST);
}

/**
 * What is known of a loop in words: what its scan found, what was noted and decided on it, what else is remembered that
 * speaks to it; and the ids of all that these words, and its name, come from.
 */
export function loopEvidence(
  loop: Loop,
  { notes, mind }: { readonly notes: Notes; readonly mind: Mind },
  recalled: readonly MemoryRecord[],
): { evidence: Piece[]; sources: string[] } {
  // One of them may be what the loop is called by, however old it is.
  const whispers = notes.whispers({ loopId: loop.id, limit: 1000 });
  const ofAgent = "SELECT 1 FROM memories WHERE origin = ? AND written_by = 'agent'";
  const decisions = notes
    .decisions({ workspace: loop.workspace, limit: 200 })
    .filter(({ loopId, id }) => loopId === loop.id && !mind.read((reader) => reader.get(ofAgent, id)))
    .slice(0, 3);
  const said = [
    ...whispers.map(({ text }) => text),
    ...decisions.map(({ question, decision }) => `${question} → ${decision}`),
  ];
  const others = recalled.filter(({ content }) => !said.some((text) => content.startsWith(text)));
  const evidence: Piece[] = [
    { text: clip(loop.summary, EXCERPT), evidence: null, memory: null },
    ...loop.evidence.map((each) => ({ text: evidenceWords(each), evidence: each, memory: null })),
    ...whispers.slice(0, 5).map(({ text, anchor }) => ({
      text: `Note: ${clip(text, EXCERPT)}`,
      evidence: anchor?.kind === 'line' ? { file: anchor.file, line: anchor.line } : null,
      memory: null,
    })),
    ...decisions.map(({ question, decision }) => ({
      text: clip(`Decided: ${question} → ${decision}`, EXCERPT),
      evidence: null,
      memory: null,
    })),
    ...others.slice(0, MOST_RECALLED).map((record) => cited(record, loop.workspace)),
  ];
  const sources = [loop, ...whispers, ...decisions, ...recalled].map(({ id }) => id);
  return { evidence: evidence.slice(0, MOST), sources };
}

/** A record as evidence, with the place that it comes from where that is in this folder. */
export function cited(record: MemoryRecord, workspace: string | null): Piece {
  const { id, content, source, kind } = record;
  const here = record.workspace !== null && record.workspace === workspace;
  const evidence: Evidence | null = !here
    ? null
    : source.commit !== undefined
      ? { commit: source.commit }
      : source.file !== undefined && source.line !== undefined
        ? { file: source.file, line: source.line }
        : null;
  const name = kind.charAt(0).toUpperCase() + kind.slice(1);
  return { text: `${name}: ${clip(content.replace(/\s+/g, ' ').trim(), EXCERPT)}`, evidence, memory: id };
}

/** That something was asked says nothing for any answer. */
function isMereQuestion({ kind, links }: MemoryRecord): boolean {
  return kind !== 'decision' && links.some((link) => link.kind === 'council');
}

function evidenceWords(evidence: Evidence): string {
  if ('commit' in evidence) return `Commit ${evidence.commit.slice(0, 7)}`;
  return 'file' in evidence ? `${evidence.file}:${evidence.line}` : `Branch ${evidence.branch}`;
}
