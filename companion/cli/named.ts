import type { Api } from '../client/index.ts';
import { UsageError } from './options.ts';

/** The one that is meant: by its id, or by its name in any case. Throws `UsageError` where none is. Pure. */
export function named<T extends { readonly id: string; readonly name: string }>(
  all: readonly T[],
  given: string,
  where: string,
): T {
  const wanted = given.toLowerCase();
  const found = all.find(({ id }) => id === given) ?? all.find(({ name }) => name.toLowerCase() === wanted);
  if (found) return found;
  const names = all.map(({ name }) => name).join(', ') || 'there is none yet';
  throw new UsageError(`${where}: expected an id or a name (${names}); received "${given}"`);
}

/** The id of an adviser that is named; `creator` is the user. */
export async function memberIds(api: Api, given: readonly string[], where: string): Promise<string[]> {
  const advisers = await api.advisers.list({});
  return given.map((each) => (each === 'creator' ? each : named(advisers, each, where).id));
}

export async function guildId(api: Api, given: string, where: string): Promise<string> {
  return named(await api.guilds.list({}), given, where).id;
}
