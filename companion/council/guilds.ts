import type { z } from 'zod';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import {
  type Guild,
  type guildCreateInput,
  type guildUpdateInput,
  type Mask,
  ProgenyError,
} from '../protocol/index.ts';
import type { Mind, Reader } from '../store/index.ts';
import { type Role, readGuilds, type StoredGuild, writeGuild } from './guild-rows.ts';
import { readMasks } from './mask-rows.ts';
import { readPerson } from './people.ts';
import { rateOf } from './track-record.ts';

export interface GuildsOptions {
  readonly mind: Mind;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
}

const LEAST = 2;
const MOST = 12;
/** A guild blesses when its voters, taken together, have so many votes whose outcome is known, */
const BLESSES_AFTER = 10;
/** and were right so often. */
const BLESSES_FROM = 0.6;

/** Who is asked when a guild votes. */
export interface Panel {
  readonly masks: readonly Mask[];
  /** People among its voters. */
  readonly people: readonly string[];
}

/** Panels of masks, and of the person whose mind this is. */
export class Guilds {
  readonly #options: GuildsOptions;

  constructor(options: GuildsOptions) {
    this.#options = options;
  }

  list(): Guild[] {
    return this.#options.mind.read((reader) => {
      const masks = readMasks(reader);
      return readGuilds(reader).map((guild) => told(reader, guild, masks, this.#options.mind.actor));
    });
  }

  /** The first member leads. Throws `not_found` for a member that is not there, `conflict`, `read_only`. */
  create({ name, members }: z.output<typeof guildCreateInput>): Guild {
    const { mind, clock, random } = this.#options;
    const at = clock.now();
    const id = newId('guild', at, random);
    const roles = [...new Set(members)].map((member, i) => ({
      member,
      role: i === 0 ? ('lead' as const) : ('voter' as const),
    }));
    mind.transact((tx) => {
      this.#check(tx, roles);
      writeGuild(tx, { id, name, members: roles, loops: [], tone: null, status: 'active', createdAt: at });
      tx.emit({ type: 'guild.created', subject: id, data: { members: roles.length } });
    });
    return this.#get(id);
  }

  /** Throws `not_found`, `conflict`, `read_only`. */
  update({ id, add, remove, role, share, unshare, ...rest }: z.output<typeof guildUpdateInput>): Guild {
    this.#options.mind.transact((tx) => {
      const before = found(tx, id);
      for (const loop of share)
        if (!tx.get('SELECT 1 FROM loops WHERE id = ?', loop))
          throw new ProgenyError('not_found', `There is no loop "${loop}". \`progeny loops\` lists them.`);
      const kept = before.members.filter(({ member }) => !remove.includes(member));
      const fresh = [...new Set(add)].filter((member) => !kept.some((each) => each.member === member));
      let members = [...kept, ...fresh.map((member) => ({ member, role: 'voter' as Role }))];
      if (role) {
        if (!members.some(({ member }) => member === role.member))
          throw new ProgenyError('not_found', `"${role.member}" is no member of this guild.`);
        members = members.map((each) => (each.member === role.member ? { ...each, role: role.role } : each));
      }
      if (rest.status !== 'dissolved') this.#check(tx, members);
      const loops = [...new Set([...before.loops, ...share])].filter((loop) => !unshare.includes(loop));
      writeGuild(tx, {
        ...before,
        ...{ members, loops },
        name: rest.name ?? before.name,
        tone: rest.tone === undefined ? before.tone : rest.tone,
        status: rest.status ?? before.status,
      });
      const status = rest.status !== undefined && rest.status !== before.status && { status: rest.status };
      tx.emit({
        type: 'guild.changed',
        subject: id,
        data: { members: members.length, loops: loops.length, ...status },
      });
    });
    return this.#get(id);
  }

  /** Who votes in it. Throws `not_found`; `conflict` for one that is dissolved or has nobody left who votes. */
  panel(id: string): Panel {
    const { mind } = this.#options;
    return mind.read((reader) => {
      const guild = found(reader, id);
      if (guild.status === 'dissolved')
        throw new ProgenyError('conflict', `The guild "${guild.name}" is dissolved and votes no more.`);
      const votes = guild.members.filter(({ role }) => role !== 'observer').map(({ member }) => member);
      const masks = readMasks(reader).filter((mask) => mask.status === 'active' && votes.includes(mask.id));
      const people = votes.filter((member) => member === mind.actor);
      if (masks.length === 0)
        throw new ProgenyError(
          'conflict',
          `Nobody in the guild "${guild.name}" votes: its masks are retired or observe.`,
        );
      return { masks, people };
    });
  }

  #get(id: string): Guild {
    return this.list().find((guild) => guild.id === id) as Guild;
  }

  #check(reader: Reader, members: readonly { member: string; role: Role }[]): void {
    if (members.length < LEAST || members.length > MOST)
      throw new ProgenyError(
        'conflict',
        `A guild has ${LEAST} to ${MOST} different members; this one would have ${members.length}.`,
      );
    if (members.every(({ role }) => role === 'observer'))
      throw new ProgenyError('conflict', 'Somebody in a guild must vote; all of its members would observe.');
    const masks = new Set(readMasks(reader).map(({ id }) => id));
    const stranger = members.find(({ member }) => member !== this.#options.mind.actor && !masks.has(member));
    if (stranger)
      throw new ProgenyError(
        'not_found',
        `There is no adviser "${stranger.member}". Members are ids of advisers (\`progeny advisers\`), or "${this.#options.mind.actor}".`,
      );
  }
}

function found(reader: Reader, id: string): StoredGuild {
  const guild = readGuilds(reader).find((each) => each.id === id);
  if (guild) return guild;
  throw new ProgenyError('not_found', `There is no guild "${id}". \`progeny guild list\` lists them.`);
}

function told(reader: Reader, guild: StoredGuild, masks: readonly Mask[], actor: string): Guild {
  const nameOf = (member: string) =>
    member === actor ? 'You' : (masks.find(({ id }) => id === member)?.name ?? member);
  const there = reader.all<{ id: string }>(
    'SELECT id FROM loops WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(guild.loops),
  );
  const voters = guild.members.filter(({ role }) => role !== 'observer').map(({ member }) => member);
  const records = [
    ...masks.filter(({ id }) => voters.includes(id)).map(({ record }) => record),
    ...(voters.includes(actor) ? [readPerson(reader)] : []),
  ];
  const sum = (of: 'hits' | 'misses') => records.reduce((whole, record) => whole + record[of], 0);
  const known = sum('hits') + sum('misses');
  return {
    ...guild,
    members: guild.members.map(({ member, role }) => ({ member, name: nameOf(member), role })),
    loops: there.map(({ id }) => id),
    agreement: agreementOf(reader, guild.id),
    blesses: known >= BLESSES_AFTER && rateOf(sum('hits'), sum('misses')) > BLESSES_FROM,
  };
}

/** The share of its questions whose leading choice was also what was decided; null before the first decision. */
function agreementOf(reader: Reader, guild: string): number | null {
  const sql = `SELECT coalesce(decided, choice) AS decided, (SELECT shares FROM rounds
      WHERE rounds.proposal = proposals.id ORDER BY number DESC LIMIT 1) AS shares
    FROM proposals WHERE guild = ? AND coalesce(decided, choice) IS NOT NULL`;
  const rows = reader.all<{ decided: string; shares: string }>(sql, guild);
  if (rows.length === 0) return null;
  const agreed = rows.filter(({ decided, shares }) => {
    const [first, second] = JSON.parse(shares) as { choice: string; share: number }[];
    return first?.choice === decided && first.share > (second?.share ?? 0);
  });
  return agreed.length / rows.length;
}
