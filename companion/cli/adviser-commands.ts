import type { Api } from '../client/index.ts';
import { count } from '../kernel/index.ts';
import {
  type Drift,
  type Guild,
  type Mask,
  type MaskOffer,
  type MaskPriorities,
  maskDriftWords,
  tone as toneSchema,
} from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { recordWords } from './council-text.ts';
import { type Arguments, text, UsageError } from './options.ts';
import { type Output, paint } from './output.ts';

type Verb = (words: readonly string[], args: Arguments, output: Output, api: Api) => Promise<void>;
const CARES = ['risk', 'effort', 'value', 'novelty', 'focus'] as const;

const ADVISERS: Readonly<Record<string, Verb>> = {
  async list(_words, _args, output, api) {
    const masks = await Promise.all(
      (await api.advisers.list({})).map(async (mask) => {
        const [drift = null] = await api.drift.get({ id: mask.id, limit: 1 });
        return { ...mask, drift };
      }),
    );
    output.result(masks, () => masks.map((mask) => maskText(mask, mask.drift)).join('\n'));
  },
  async offers(_words, _args, output, api) {
    const offers = await api.advisers.offers({});
    output.result(offers, () => offers.map(offerText).join('\n') || 'No note asks for another adviser.');
  },
  async accept(words, args, output, api) {
    const name = text(args, 'name');
    const offer = theId('accept', words);
    const mask = await api.advisers.spawn({ offer, ...(name !== undefined && { name }) });
    output.result(mask, () => `${mask.name} votes from now on.\n${maskText(mask)}`);
  },
  async decline(words, _args, output, api) {
    const gone = await api.advisers.decline({ id: theId('decline', words) });
    output.result(gone, () => 'Declined. This note is not asked about again.');
  },
  async fork([id, ...words], args, output, api) {
    const name = words.join(' ');
    if (!id || name === '') throw new UsageError('advisers fork: expected the id of an adviser and a name');
    const parent = (await api.advisers.list({})).find((mask) => mask.id === id || mask.name === id);
    if (!parent)
      throw new UsageError(`advisers fork: there is no adviser "${id}"; \`progeny advisers\` lists them`);
    const mask = await api.advisers.fork({ id: parent.id, name, priorities: prioritiesOf(parent, args) });
    output.result(mask, () => `${mask.name} votes from now on.\n${maskText(mask)}`);
  },
  async retire(words, _args, output, api) {
    const mask = await api.advisers.retire({ id: theId('retire', words) });
    output.result(mask, () => `${mask.name} votes no more. Its record and its votes stay.`);
  },
};

export const advisersCommand: Command = {
  usage:
    'advisers [list] | advisers offers | advisers accept ID [--name NAME] | advisers decline ID | advisers fork ID NAME [--risk N] [--effort N] [--value N] [--novelty N] [--focus N] | advisers retire ID',
  summary: 'Who votes in the council (masks), with their track records; make, change or retire one',
  options: {
    name: { type: 'string' },
    ...Object.fromEntries(CARES.map((care) => [care, { type: 'string' as const }])),
  },
  starts: true,
  run: (args, output, api) => dispatch('advisers', ADVISERS, args, output, api),
};

const GUILDS: Readonly<Record<string, Verb>> = {
  async list(_words, _args, output, api) {
    const guilds = await api.guilds.list({});
    output.result(guilds, () => guilds.map(guildText).join('\n') || 'There is no guild yet.');
  },
  async create([name, ...members], _args, output, api) {
    if (!name || members.length < 2)
      throw new UsageError(
        'guild create: expected a name and at least two members (ids of advisers, or creator)',
      );
    told(await api.guilds.create({ name, members }), output);
  },
  async add([id, ...add], _args, output, api) {
    told(await api.guilds.update({ id: theId('add', id ? [id] : []), add }), output);
  },
  async remove([id, ...remove], _args, output, api) {
    told(await api.guilds.update({ id: theId('remove', id ? [id] : []), remove }), output);
  },
  async role([id, member, role], _args, output, api) {
    const known = (['lead', 'voter', 'observer'] as const).find((each) => each === role);
    if (!id || !member || !known)
      throw new UsageError('guild role: expected the id of a guild, a member, and lead, voter or observer');
    told(await api.guilds.update({ id, role: { member, role: known } }), output);
  },
  async share([id, ...share], _args, output, api) {
    told(await api.guilds.update({ id: theId('share', id ? [id] : []), share }), output);
  },
  async unshare([id, ...unshare], _args, output, api) {
    told(await api.guilds.update({ id: theId('unshare', id ? [id] : []), unshare }), output);
  },
  async rename([id, ...words], _args, output, api) {
    told(await api.guilds.update({ id: theId('rename', id ? [id] : []), name: words.join(' ') }), output);
  },
  async tone([id, word], _args, output, api) {
    const tone = word === 'none' ? null : toneSchema.safeParse(word).data;
    if (!id || tone === undefined)
      throw new UsageError(
        `guild tone: expected the id of a guild and ${toneSchema.options.join(', ')} or none`,
      );
    told(await api.guilds.update({ id, tone }), output);
  },
  async dissolve(words, _args, output, api) {
    told(await api.guilds.update({ id: theId('dissolve', words), status: 'dissolved' }), output);
  },
};

export const guildCommand: Command = {
  usage:
    'guild [list] | guild create NAME MEMBER MEMBER… | guild add|remove ID MEMBER… | guild role ID MEMBER lead|voter|observer | guild share|unshare ID LOOP… | guild tone ID TONE|none | guild rename ID NAME | guild dissolve ID',
  summary: 'Panels of advisers that vote together and share threads',
  starts: true,
  run: (args, output, api) => dispatch('guild', GUILDS, args, output, api),
};

async function dispatch(
  command: string,
  verbs: Readonly<Record<string, Verb>>,
  args: Arguments,
  output: Output,
  api: Api,
): Promise<void> {
  const [verb = 'list', ...words] = args.words;
  const known = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!known)
    throw new UsageError(`${command}: expected ${Object.keys(verbs).join(', ')}; received "${verb}"`);
  await known(words, args, output, api);
}

function maskText({ name, archetype, status, card, record, id }: Mask, drift: Drift | null = null): string {
  const moved = drift && maskDriftWords(drift);
  const facts = [
    recordWords(record),
    `its vote counts ${record.weight.toFixed(2)}`,
    ...(record.waiting > 0 ? [`${count(record.waiting, 'vote')} whose outcome is not known yet`] : []),
    id,
  ];
  const state = status === 'retired' ? ', retired' : '';
  return `${paint('bold', name)} (${archetype}${state})  ${card}\n     ${paint('dim', facts.join(' · '))}${moved ? `\n     ${moved}` : ''}`;
}

function offerText({ text: note, nearest, suggested, id }: MaskOffer): string {
  const near = `nearest is ${nearest.name}, ${Math.round(100 * nearest.similarity)} % alike`;
  return `No adviser fits your note "${note}".\n     ${suggested.name} (${suggested.archetype}): ${suggested.card}\n     ${paint('dim', `${near} · progeny advisers accept ${id} · decline ${id}`)}`;
}

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

function theId(verb: string, words: readonly string[]): string {
  const [id, ...rest] = words;
  if (id && rest.length === 0) return id;
  throw new UsageError(`${verb}: expected an id; received "${words.join(' ')}"`);
}

/** The parent's, with what was given changed. */
function prioritiesOf({ priorities }: Mask, args: Arguments): MaskPriorities {
  const changed = CARES.flatMap((care): [string, number][] => {
    const given = text(args, care);
    if (given === undefined) return [];
    const value = Number(given);
    if (given.trim() === '' || !(value >= 0 && value <= 1))
      throw new UsageError(`--${care}: expected a number from 0 to 1; received "${given}"`);
    return [[care, value]];
  });
  return { ...priorities, ...Object.fromEntries(changed) };
}
