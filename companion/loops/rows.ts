import type {
  Anchor,
  Decision,
  Evidence,
  Loop,
  LoopFacts,
  LoopSource,
  LoopStatus,
  Whisper,
} from '../protocol/index.ts';
import type { Reader } from '../store/index.ts';
import { summarise } from './summary.ts';

export interface LoopRow {
  id: string;
  workspace: string;
  path: string;
  key: string;
  title: string;
  context: string;
  source: LoopSource;
  status: LoopStatus;
  priority: Loop['priority'];
  private: number;
  facts: string;
  evidence: string;
  rank: number;
  edited: number;
  created_at: number;
  touched_at: number;
  defer_until: number | null;
  parent: string | null;
}

export interface AnchorRow {
  id: string;
  workspace: string;
  loop: string;
  kind: Anchor['kind'];
  file: string | null;
  line: number | null;
  lost: number;
  data: string;
}

export interface WhisperRow {
  id: string;
  path: string;
  loop: string;
  anchor: string | null;
  branch: string | null;
  text: string;
  at: number;
}

export interface DecisionRow {
  id: string;
  path: string;
  loop: string | null;
  question: string;
  options: string;
  decision: string;
  why: string;
  outcome: string;
  review_at: number | null;
  links: string;
  at: number;
}

const PRIORITY_SHIFT: Readonly<Record<Loop['priority'], number>> = { low: -0.2, normal: 0, high: 0.15 };

export function toLoop(reader: Reader, row: LoopRow, now: number): Loop {
  const facts = JSON.parse(row.facts) as LoopFacts;
  const { source, touched_at: touchedAt, created_at: createdAt, context } = row;
  return {
    id: row.id,
    workspace: row.path,
    title: row.title,
    summary: summarise({ source, facts, touchedAt, createdAt, context }, now),
    context,
    source,
    status: row.status,
    priority: row.priority,
    private: row.private === 1,
    anchors: anchorsOf(reader, row.id),
    evidence: JSON.parse(row.evidence) as Evidence[],
    facts,
    rank: Math.min(1, Math.max(0, row.rank + PRIORITY_SHIFT[row.priority])),
    createdAt,
    touchedAt,
    deferUntil: row.defer_until,
    parentId: row.parent,
  };
}

export function anchorsOf(reader: Reader, loop: string): Anchor[] {
  return reader.all<AnchorRow>('SELECT * FROM anchors WHERE loop = ? ORDER BY id', loop).map(toAnchor);
}

/** What the wire tells of an anchor. A line anchor keeps more than that in `data`: the text around it. */
export function toAnchor(row: AnchorRow): Anchor {
  const data = JSON.parse(row.data) as Anchor & { text?: string };
  if (row.kind !== 'line') return data;
  return {
    kind: 'line',
    file: row.file ?? '',
    line: row.line ?? 1,
    text: data.text ?? '',
    lost: row.lost === 1,
  };
}

export function toWhisper(reader: Reader, row: WhisperRow): Whisper {
  const anchor =
    row.anchor === null ? undefined : reader.get<AnchorRow>('SELECT * FROM anchors WHERE id = ?', row.anchor);
  return {
    id: row.id,
    workspace: row.path,
    loopId: row.loop,
    text: row.text,
    branch: row.branch,
    anchor: anchor ? toAnchor(anchor) : null,
    at: row.at,
  };
}

export function toDecision(row: DecisionRow): Decision {
  return {
    id: row.id,
    workspace: row.path,
    loopId: row.loop,
    question: row.question,
    options: JSON.parse(row.options),
    decision: row.decision,
    why: row.why,
    outcome: row.outcome,
    reviewAt: row.review_at,
    links: JSON.parse(row.links),
    at: row.at,
  };
}
