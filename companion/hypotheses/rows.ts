import type { Reader, Writer } from '../store/index.ts';
import type { Claim, EvidenceKind, EvidenceRef, GeneratorName } from './generator.ts';
import type { Evidence, Hypothesis, HypothesisStatus } from './hypothesis.ts';
import type { Offered } from './offering.ts';

interface Row {
  id: string;
  generator: string;
  subject: string;
  workspace: string | null;
  kind: string;
  claim: string;
  sentence: string;
  unit: string;
  status: string;
  weight: number;
  validations: number;
  except_when: string | null;
  formed_at: number;
  tested_at: number;
  offered_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
  learned_at: number | null;
}

interface EvidenceRow {
  key: string;
  at: number;
  kind: string;
  supports: number;
  data: string;
}

const OFFERED = 'hypotheses.offered';
const WEEK = 'hypotheses.week';

/** All beliefs, the weightiest first. */
export function readHypotheses(reader: Reader): Hypothesis[] {
  return reader
    .all<Row>('SELECT * FROM hypotheses ORDER BY weight DESC, formed_at, id')
    .map((row) => toHypothesis(row));
}

export function readHypothesis(reader: Reader, id: string): Hypothesis | null {
  const row = reader.get<Row>('SELECT * FROM hypotheses WHERE id = ?', id);
  return row ? toHypothesis(row) : null;
}

/** What bore on a belief, in the order of time. */
export function readEvidence(reader: Reader, hypothesis: string): Evidence[] {
  const sql =
    'SELECT key, at, kind, supports, data FROM hypothesis_evidence WHERE hypothesis = ? ORDER BY at, key';
  return reader.all<EvidenceRow>(sql, hypothesis).map(({ kind, supports, data, ...row }) => ({
    ...row,
    kind: kind as EvidenceKind,
    supports: supports === 1,
    ...(JSON.parse(data) as { hits: number; of: number; refs: EvidenceRef[] }),
  }));
}

export function writeHypothesis(writer: Writer, h: Hypothesis): void {
  writer.run(
    `INSERT INTO hypotheses (id, generator, subject, workspace, kind, claim, sentence, unit, status, weight,
        validations, except_when, formed_at, tested_at, offered_at, answered_at, ended_at, learned_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, claim = excluded.claim, sentence = excluded.sentence,
        unit = excluded.unit, status = excluded.status, weight = excluded.weight, validations = excluded.validations,
        except_when = excluded.except_when, formed_at = excluded.formed_at, tested_at = excluded.tested_at,
        offered_at = excluded.offered_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
        learned_at = excluded.learned_at`,
    ...[
      h.id,
      h.generator,
      h.subject,
      h.workspace,
      h.kind,
      JSON.stringify(h.claim),
      h.sentence,
      h.unit,
      h.status,
    ],
    ...[h.weight, h.validations, h.exceptWhen, h.formedAt, h.testedAt, h.offeredAt, h.answeredAt, h.endedAt],
    h.learnedAt,
  );
}

/** Evidence has a key: what is there already is not counted again. True when it was new. */
export function addEvidence(
  writer: Writer,
  hypothesis: string,
  { key, at, kind, supports, hits, of, refs }: Evidence,
): boolean {
  const sql =
    'INSERT OR IGNORE INTO hypothesis_evidence (hypothesis, key, at, kind, supports, data) VALUES (?, ?, ?, ?, ?, ?)';
  const data = JSON.stringify({ hits, of, refs });
  return writer.run(sql, hypothesis, key, at, kind, supports ? 1 : 0, data).changes > 0;
}

/** Takes what points into a folder out of the evidence of beliefs about the person. How many pieces changed. */
export function forgetRefs(writer: Writer, workspace: string): number {
  const rows = writer.all<{ hypothesis: string; key: string; data: string }>(
    'SELECT hypothesis, key, data FROM hypothesis_evidence WHERE instr(data, ?) > 0',
    workspace,
  );
  const sql = 'UPDATE hypothesis_evidence SET data = ? WHERE hypothesis = ? AND key = ?';
  for (const { hypothesis, key, data } of rows) {
    const known = JSON.parse(data) as { refs: EvidenceRef[] };
    const refs = known.refs.filter((ref) => ref.workspace !== workspace);
    writer.run(sql, JSON.stringify({ ...known, refs }), hypothesis, key);
  }
  return rows.length;
}

/** The last week whose work was considered; null for none yet. */
export function readWeek(reader: Reader): number | null {
  const row = readMeta(reader, WEEK);
  return row === undefined ? null : Number(row);
}

export function writeWeek(writer: Writer, week: number): void {
  writeMeta(writer, WEEK, String(week));
}

export function readOffered(reader: Reader): Offered | null {
  const row = readMeta(reader, OFFERED);
  return row === undefined ? null : (JSON.parse(row) as Offered);
}

export function writeOffered(writer: Writer, offered: Offered): void {
  writeMeta(writer, OFFERED, JSON.stringify(offered));
}

function readMeta(reader: Reader, key: string): string | undefined {
  return reader.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value;
}

function writeMeta(writer: Writer, key: string, value: string): void {
  writer.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value);
}

function toHypothesis(row: Row): Hypothesis {
  return {
    id: row.id,
    generator: row.generator as GeneratorName,
    subject: row.subject,
    workspace: row.workspace,
    kind: row.kind as EvidenceKind,
    claim: JSON.parse(row.claim) as Claim,
    sentence: row.sentence,
    unit: row.unit,
    status: row.status as HypothesisStatus,
    weight: row.weight,
    validations: row.validations,
    exceptWhen: row.except_when,
    formedAt: row.formed_at,
    testedAt: row.tested_at,
    offeredAt: row.offered_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    learnedAt: row.learned_at,
  };
}
