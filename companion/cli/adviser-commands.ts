import type { Api } from '../client/index.ts';
import { count } from '../kernel/index.ts';
import {
  type Drift,
  type Mask,
  type MaskOffer,
  type MaskPriorities,
  maskDriftWords,
} from '../protocol/index.ts';
import { adviserText } from './adviser-text.ts';
import type { Command } from './commands.ts';
import { recordWords } from './council-text.ts';
import { named } from './named.ts';
import { type Arguments, text, UsageError } from './options.ts';
import { type Output, paint } from './output.ts';

export type Verb = (words: readonly string[], args: Arguments, output: Output, api: Api) => Promise<void>;
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
  async show(words, _args, output, api) {
    const { id } = named(await api.advisers.list({}), theId('advisers show', words), 'advisers show');
    const details = await api.advisers.details({ id });
    output.result(details, () => adviserText(details));
  },
  async favour(words, _args, output, api) {
    const found = named(await api.advisers.list({}), theId('advisers favour', words), 'advisers favour');
    const mask = await api.advisers.favour({ id: found.id, favourite: !found.favourite });
    output.result(mask, () => `${mask.name} is ${mask.favourite ? 'a favourite' : 'no favourite any more'}.`);
  },
  async accept(words, args, output, api) {
    const name = text(args, 'name');
    const offer = theId('advisers accept', words);
    const mask = await api.advisers.spawn({ offer, ...(name !== undefined && { name }) });
    output.result(mask, () => `${mask.name} votes from now on.\n${maskText(mask)}`);
  },
  async decline(words, _args, output, api) {
    const gone = await api.advisers.decline({ id: theId('advisers decline', words) });
    output.result(gone, () => 'Declined. This note is not asked about again.');
  },
  async fork([id, ...words], args, output, api) {
    const name = words.join(' ');
    if (!id || name === '') throw new UsageError('advisers fork: expected the id of an adviser and a name');
    const parent = named(await api.advisers.list({}), id, 'advisers fork');
    const mask = await api.advisers.fork({ id: parent.id, name, priorities: prioritiesOf(parent, args) });
    output.result(mask, () => `${mask.name} votes from now on.\n${maskText(mask)}`);
  },
  async retire(words, _args, output, api) {
    const given = theId('advisers retire', words);
    const { id } = named(await api.advisers.list({}), given, 'advisers retire');
    const mask = await api.advisers.retire({ id });
    output.result(mask, () => `${mask.name} votes no more. Its record and its votes stay.`);
  },
};

export const advisersCommand: Command = {
  usage:
    'advisers [list] | advisers show ID | advisers favour ID | advisers offers | advisers accept ID [--name NAME] | advisers decline ID | advisers fork ID NAME [--risk N] [--effort N] [--value N] [--novelty N] [--focus N] | advisers retire ID',
  summary: 'Who votes in the council (masks), with their track records; make, change or retire one',
  options: {
    name: { type: 'string' },
    ...Object.fromEntries(CARES.map((care) => [care, { type: 'string' as const }])),
  },
  starts: true,
  run: (args, output, api) => dispatch('advisers', ADVISERS, args, output, api),
};

/** Runs the verb that was typed; `list` where none was. Throws `UsageError`. */
export async function dispatch(
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

/** The one word that was typed after a verb. Throws `UsageError`. */
export function theId(verb: string, words: readonly string[]): string {
  const [id, ...rest] = words;
  if (id && rest.length === 0) return id;
  throw new UsageError(
    `${verb}: expected one id; received ${words.length === 0 ? 'nothing' : `"${words.join(' ')}"`}`,
  );
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
