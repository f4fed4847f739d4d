import type { z } from 'zod';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import { CAPABILITY_WORDS, type Grant, type grantGiveInput, ProgenyError } from '../protocol/index.ts';
import { type Mind, type Transaction, workspaceId } from '../store/index.ts';
import { wrongPrefix } from './allowed-argv.ts';
import { wrongPath } from './asked-path.ts';
import { HARD_STOPS } from './contracts.ts';
import { readGrant, readGrants, writeGrant } from './grant-rows.ts';
import { isLive } from './live-grant.ts';
import type { Audit } from './types.ts';

export interface GrantsOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
  audit: Audit;
  /** When another file last took the place of the mind, ms; 0: never. Leave from before that holds no more. */
  endedAt(): number;
}

type Asked = z.output<typeof grantGiveInput>;

const DAY = 24 * 60 * 60 * 1000;

/** Leave that the user gave: for one capability, in one folder, for a time; and how often it was used. */
export class Grants {
  readonly #options: GrantsOptions;
  /** The latest time that was ever seen: a clock that goes back brings no leave back. */
  #latest = 0;

  constructor(options: GrantsOptions) {
    this.#options = options;
  }

  /** The newest first, with what has ended. What ended with the file that it stood in counts as revoked then. */
  list(workspace?: string): Grant[] {
    const endedAt = this.#options.endedAt();
    return this.#options.mind
      .read((reader) => readGrants(reader, workspace))
      .map((grant) => ended(grant, endedAt));
  }

  /** What holds now in exactly this folder. Read anew each time: revoking counts at once. */
  live(workspace: string): Grant[] {
    const { mind, clock, endedAt } = this.#options;
    const now = clock.now();
    // What was seen or told last was no later than now, whatever the clock says since.
    this.#latest = Math.max(this.#latest, now, lastTold(mind));
    const holds = (grant: Grant) => isLive(grant, now, endedAt()) && isLive(grant, this.#latest, endedAt());
    return mind.read((reader) => readGrants(reader, workspace)).filter(holds);
  }

  /**
   * Gives leave. `workspace` is the folder as the store knows it, which must be known. Throws `bad_input` for what no
   * leave can be about, `not_found`, `read_only`.
   */
  give(asked: Asked): Grant {
    const { mind, clock, random, audit } = this.#options;
    const wrong = whyNot(asked);
    if (wrong !== null) throw new ProgenyError('bad_input', wrong);
    const { days, ...about } = asked;
    const createdAt = clock.now();
    const grant: Grant = {
      ...about,
      id: newId('grant', createdAt, random),
      createdAt,
      expiresAt: createdAt + Math.round(days * DAY),
      revokedAt: null,
      uses: 0,
    };
    mind.transact((tx) => {
      writeGrant(tx, workspaceId(tx, asked.workspace), grant);
      const { capability, silence } = grant;
      tx.emit({ type: 'grant.given', subject: grant.id, data: { capability, silence } });
      audit.append(tx, { ...ENTRY, act: 'granted', data: { grant: grant.id, capability, silence } });
    });
    return grant;
  }

  /** Takes leave back, once however often it is asked. Throws `not_found`, `read_only`. */
  revoke(id: string): Grant {
    const { mind, clock, audit } = this.#options;
    const at = clock.now();
    return mind.transact((tx) => {
      const grant = readGrant(tx, id);
      if (!grant)
        throw new ProgenyError('not_found', `There is no leave "${id}". \`progeny grants list\` shows all.`);
      if (grant.revokedAt !== null) return grant;
      tx.run('UPDATE grants SET revoked_at = ? WHERE id = ?', at, id);
      tx.emit({ type: 'grant.revoked', subject: id, data: { uses: grant.uses } });
      audit.append(tx, { ...ENTRY, act: 'revoked', data: { grant: id, uses: grant.uses } });
      return { ...grant, revokedAt: at };
    });
  }

  /** Counts a use of each, in the transaction of the run that used them. */
  used(tx: Transaction, ids: readonly string[]): void {
    for (const id of new Set(ids)) tx.run('UPDATE grants SET uses = uses + 1 WHERE id = ?', id);
  }
}

const ENTRY = { run: null, actor: 'creator', tool: null, real: true, result: 'done' } as const;

function lastTold(mind: Mind): number {
  const sql = 'SELECT at FROM audit_rows ORDER BY seq DESC LIMIT 1';
  return mind.read((reader) => reader.get<{ at: number }>(sql))?.at ?? 0;
}

function ended(grant: Grant, endedAt: number): Grant {
  return grant.createdAt > endedAt || grant.revokedAt !== null ? grant : { ...grant, revokedAt: endedAt };
}

/** Why leave cannot be given so, in words; null where it can. Pure. */
export function whyNot({ capability, argv, paths, silence }: Asked): string | null {
  if (silence && HARD_STOPS.has(capability))
    return `silence: "${capability}" always needs your click; silence is never consent to it. Leave \`silence\` out.`;
  if (!silence && capability !== 'command' && capability !== 'network')
    return `silence: without it leave to ${CAPABILITY_WORDS[capability].to} changes nothing, because each run waits for your click anyway. Expected \`silence: true\`, or no leave at all.`;
  if (capability === 'command' && argv === null)
    return 'argv: leave to run commands names the program and how its arguments begin, such as "npm", "run", "lint"; received nothing.';
  if (capability !== 'command' && capability !== 'network' && argv !== null)
    return `argv: leave to ${CAPABILITY_WORDS[capability].to} is about no program. Leave \`argv\` out.`;
  for (const path of paths) {
    const wrong = wrongPath(path);
    if (wrong !== null) return `paths: ${wrong}`;
  }
  return argv === null ? null : wrongPrefix(argv);
}
