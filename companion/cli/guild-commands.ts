import type { Api } from '../client/index.ts';
import { count } from '../kernel/index.ts';
import { type Guild, tone as toneSchema } from '../protocol/index.ts';
import { dispatch, theId, type Verb } from './adviser-commands.ts';
import type { Command } from './commands.ts';
import { guildId, memberIds } from './named.ts';
import { UsageError } from './options.ts';
import { type Output, paint } from './output.ts';

const GUILDS: Readonly<Record<string, Verb>> = {
  async list(_words, _args, output, api) {
    const guilds = await api.guilds.list({});
    output.result(guilds, () => guilds.map(guildText).join('\n') || 'There is no guild yet.');
  },
  async create([name, ...members], _args, output, api) {
    if (!name || members.length < 2)
      throw new UsageError(
        'guild create: expected a name and at least two members (advisers by name or id, or creator)',
      );
    const ids = await memberIds(api, members, 'guild create');
    told(await api.guilds.create({ name, members: ids }), output);
  },
  async add([id, ...add], _args, output, api) {
    const guild = await theGuild('add', id, api);
    const ids = await memberIds(api, atLeastOne('add', 'an adviser', add), 'guild add');
    told(await api.guilds.update({ id: guild, add: ids }), output);
  },
  async remove([id, ...remove], _args, output, api) {
    const guild = await theGuild('remove', id, api);
    const ids = await memberIds(api, atLeastOne('remove', 'an adviser', remove), 'guild remove');
    told(await api.guilds.update({ id: guild, remove: ids }), output);
  },
  async role([id, member, role], _args, output, api) {
    const known = (['lead', 'voter', 'observer'] as const).find((each) => each === role);
    if (!id || !member || !known)
      throw new UsageError('guild role: expected the id of a guild, a member, and lead, voter or observer');
    const guild = await theGuild('role', id, api);
    const [who] = await memberIds(api, [member], 'guild role');
    told(await api.guilds.update({ id: guild, role: { member: who!, role: known } }), output);
  },
  async share([id, ...share], _args, output, api) {
    const guild = await theGuild('share', id, api);
    told(await api.guilds.update({ id: guild, share: atLeastOne('share', 'a loop', share) }), output);
  },
  async unshare([id, ...unshare], _args, output, api) {
    const guild = await theGuild('unshare', id, api);
    told(await api.guilds.update({ id: guild, unshare: atLeastOne('unshare', 'a loop', unshare) }), output);
  },
  async rename([id, ...words], _args, output, api) {
    const guild = await theGuild('rename', id, api);
    const name = atLeastOne('rename', 'its new name', words).join(' ');
    told(await api.guilds.update({ id: guild, name }), output);
  },
  async tone([id, word], _args, output, api) {
    const tone = word === 'none' ? null : toneSchema.safeParse(word).data;
    if (!id || tone === undefined)
      throw new UsageError(
        `guild tone: expected the id of a guild and ${toneSchema.options.join(', ')} or none`,
      );
    told(await api.guilds.update({ id: await theGuild('tone', id, api), tone }), output);
  },
  async dissolve(words, _args, output, api) {
    const guild = await theGuild('dissolve', theId('guild dissolve', words), api);
    told(await api.guilds.update({ id: guild, status: 'dissolved' }), output);
  },
};

export const guildCommand: Command = {
  usage:
    'guild [list] | guild create NAME MEMBER MEMBER… | guild add|remove ID MEMBER… | guild role ID MEMBER lead|voter|observer | guild share|unshare ID LOOP… | guild tone ID TONE|none | guild rename ID NAME | guild dissolve ID',
  summary: 'Panels of advisers that vote together and share threads',
  starts: true,
  run: (args, output, api) => dispatch('guild', GUILDS, args, output, api),
};

function guildText({ name, members, loops, tone, agreement, blesses, status, id }: Guild): string {
  const who = members
    .map((each) => `${each.name}${each.role === 'voter' ? '' : ` (${each.role})`}`)
    .join(', ');
  const facts = [
    ...(status === 'dissolved' ? ['dissolved'] : []),
    ...(tone === null ? [] : [tone]),
    count(loops.length, 'shared thread'),
    agreement === null ? 'no vote yet' : `${Math.round(100 * agreement)} % agreement`,
    ...(blesses ? ['may bless'] : []),
    id,
  ];
  return `${paint('bold', name)}  ${who}\n     ${paint('dim', facts.join(' · '))}`;
}

function told(guild: Guild, output: Output): void {
  output.result(guild, () => guildText(guild));
}

function theGuild(verb: string, given: string | undefined, api: Api): Promise<string> {
  return guildId(api, theId(`guild ${verb}`, given ? [given] : []), `guild ${verb}`);
}

function atLeastOne(verb: string, what: string, words: string[]): string[] {
  if (words.length > 0) return words;
  throw new UsageError(`guild ${verb}: expected ${what} beside the guild; received nothing`);
}
