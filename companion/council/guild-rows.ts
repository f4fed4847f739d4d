import type { Guild, Tone } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';

export type Role = Guild['members'][number]['role'];

/** A guild as it is stored: what is counted and looked up is added when it is shown. */
export interface StoredGuild {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly member: string; readonly role: Role }[];
  readonly loops: readonly string[];
  readonly tone: Tone | null;
  readonly status: Guild['status'];
  readonly createdAt: number;
}

interface Row {
  id: string;
  name: string;
  members: string;
  loops: string;
  tone: string | null;
  status: string;
  created_at: number;
}

/** The active first, then by age. */
export function readGuilds(reader: Reader): StoredGuild[] {
  return reader
    .all<Row>("SELECT * FROM guilds ORDER BY status = 'dissolved', created_at, id")
    .map(({ id, name, members, loops, tone, status, created_at }) => ({
      ...{ id, name, createdAt: created_at },
      members: JSON.parse(members),
      loops: JSON.parse(loops),
      tone: tone as Tone | null,
      status: status as Guild['status'],
    }));
}

export function writeGuild(writer: Writer, guild: StoredGuild): void {
  const { id, name, members, loops, tone, status, createdAt } = guild;
  writer.run(
    `INSERT INTO guilds (id, name, members, loops, tone, status, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, members = excluded.members, loops = excluded.loops,
        tone = excluded.tone, status = excluded.status`,
    ...[id, name, JSON.stringify(members), JSON.stringify(loops), tone, status, createdAt],
  );
}
