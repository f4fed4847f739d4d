import { ALWAYS } from './council/index.ts';
import { clip, count, titleOf } from './kernel/index.ts';
import type { CouncilKind, Facts } from './narration/index.ts';
import type { Reader } from './store/index.ts';
import { facts, quoted, workspaceOf } from './story-words.ts';

const LONGEST = 60;
const NOWHERE = { workspace: null, private: false };

/** What is known now of something that the council, a mask or a guild told of; null for what is gone. */
export function councilFacts(reader: Reader, subject: string, kind: CouncilKind): Facts | null {
  switch (kind) {
    case 'voted':
    case 'contested':
    case 'no vote':
    case 'ruled':
    case 'came out':
      return proposalFacts(reader, subject, kind);
    case 'adviser offered': {
      const sql = `SELECT suggested FROM mask_offers JOIN whispers ON whispers.id = mask_offers.whisper
        WHERE mask_offers.id = ?`;
      const row = reader.get<{ suggested: string }>(sql, subject);
      return row ? facts(NOWHERE, { what: (JSON.parse(row.suggested) as { name: string }).name }) : null;
    }
    case 'adviser made':
    case 'adviser retired': {
      const sql = 'SELECT name, birth, source FROM masks WHERE id = ?';
      const row = reader.get<{ name: string; birth: string; source: string | null }>(sql, subject);
      if (!row) return null;
      const parent = nameOf(reader, row.source);
      const after = parent === null ? '' : `after ${parent}`;
      const more = row.birth === 'whisper' ? 'made of a note of yours' : after;
      return facts(NOWHERE, { what: row.name, more });
    }
    case 'panel made':
    case 'panel dissolved': {
      const sql = 'SELECT name, members FROM guilds WHERE id = ?';
      const row = reader.get<{ name: string; members: string }>(sql, subject);
      const members = row ? (JSON.parse(row.members) as unknown[]).length : 0;
      return row ? facts(NOWHERE, { what: quoted(row.name), more: count(members, 'member') }) : null;
    }
  }
}

function nameOf(reader: Reader, mask: string | null): string | null {
  const row = reader.get<{ name: string }>('SELECT name FROM masks WHERE id = ?', mask);
  return row?.name ?? ALWAYS.find(({ id }) => id === mask)?.name ?? null;
}

interface Row {
  readonly kind: string;
  readonly workspace: string | null;
  readonly question: string;
  readonly title: string | null;
  readonly hidden: number;
  readonly shares: string | null;
  readonly decided: string | null;
  readonly overruled: number;
  readonly observed: string | null;
}

function proposalFacts(reader: Reader, id: string, kind: CouncilKind): Facts | null {
  const sql = `SELECT proposals.kind, proposals.workspace, question, loops.title, decided, overruled, observed,
      (SELECT shares FROM rounds WHERE rounds.proposal = proposals.id ORDER BY number DESC LIMIT 1) AS shares,
      coalesce(loops.private, 0) OR EXISTS (SELECT 1 FROM proposal_sources WHERE proposal = proposals.id
        AND (source IN (SELECT id FROM loops WHERE private = 1)
          OR source IN (SELECT id FROM memories WHERE private = 1))) AS hidden
    FROM proposals LEFT JOIN loops ON loops.id = proposals.subject WHERE proposals.id = ?`;
  const row = reader.get<Row>(sql, id);
  if (!row) return null;
  const workspace = row.workspace === null ? null : workspaceOf(reader, row.workspace);
  const hidden = row.hidden === 1;
  const named = row.title === null ? titleOf(row.question) : row.title;
  const what = !hidden ? quoted(named) : row.kind === 'loop_fate' ? 'a private thread' : 'a private question';
  // The options of a free question are words of the user's, and what became of it may be.
  const told = !hidden || row.kind === 'loop_fate';
  return facts({ workspace, private: hidden }, { what, more: told ? moreOf(row, kind) : '' });
}

function moreOf({ shares, decided, overruled, observed }: Row, kind: CouncilKind): string {
  if (kind === 'ruled')
    return decided === null
      ? ''
      : `${clip(decided, LONGEST)}${overruled === 1 ? ', against the council' : ''}`;
  if (kind === 'came out') return observed === null ? '' : observed;
  const [first] = shares === null ? [] : (JSON.parse(shares) as { choice: string; share: number }[]);
  return first ? `${clip(first.choice, LONGEST)}, ${Math.round(100 * first.share)} % of the vote` : '';
}
