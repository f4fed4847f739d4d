import type { z } from 'zod';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import {
  type AdviserDetails,
  type Mask,
  type MaskOffer,
  type maskForkInput,
  type maskSpawnInput,
  ProgenyError,
  type Tone,
} from '../protocol/index.ts';
import type { Mind, Reader, Transaction } from '../store/index.ts';
import { historyOf, originOf, setFavourite, votesOf } from './adviser-rows.ts';
import { ARCHETYPE_CARDS, ARCHETYPE_VOICES, isAlways } from './archetypes.ts';
import { insertMask, insertOffer, readMasks, readOffers, settleOffer } from './mask-rows.ts';
import { FITS, nearestOf, type Suggestion, sameCares, suggest } from './offering.ts';
import { trackRecord } from './track-record.ts';

export interface AdvisersOptions {
  readonly mind: Mind;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  /** The tone that a mask was last noted to have; null where none was. By its key (`keyOf`). */
  toneOf(key: string): Tone | null;
}

const MOST_ACTIVE = 12;
/** More offers do not wait: a list that nobody answers grows no longer. */
const MOST_OFFERS = 5;

/** What a mask's own memory is called by. */
export function keyOf({ id, name }: Pick<Mask, 'id' | 'name'>): string {
  return /^[\w-]{1,100}$/.test(name) ? name : id;
}

/** The masks: who they are, how they come and go. A mask is made only on a person's word. */
export class Advisers {
  readonly #options: AdvisersOptions;

  constructor(options: AdvisersOptions) {
    this.#options = options;
  }

  /** The active first. */
  list(): Mask[] {
    return this.#options.mind
      .read(readMasks)
      .map((mask) => ({ ...mask, tone: this.#options.toneOf(keyOf(mask)) ?? mask.tone }));
  }

  /** Throws `not_found`. */
  get(id: string): Mask {
    const found = this.list().find((mask) => mask.id === id);
    if (found) return found;
    throw new ProgenyError('not_found', `There is no adviser "${id}". \`progeny advisers\` lists them.`);
  }

  /** Throws `not_found`. */
  details(id: string): AdviserDetails {
    const mask = this.get(id);
    const masks = this.list();
    return this.#options.mind.read((reader) => ({
      mask,
      key: keyOf(mask),
      origin: originOf(reader, mask, masks),
      votes: votesOf(reader, id),
      history: historyOf(reader, id),
    }));
  }

  /** Marks it as a favourite, or takes the mark back. Throws `not_found`, `read_only`. */
  favour(id: string, favourite: boolean): Mask {
    const mask = this.get(id);
    if (mask.favourite === favourite) return mask;
    this.#options.mind.transact((tx) => {
      setFavourite(tx, id, favourite, this.#options.clock.now());
      tx.emit({ type: 'mask.favoured', subject: id, data: { favourite } });
    });
    return this.get(id);
  }

  offers(): MaskOffer[] {
    return this.#options.mind.read(readOffers);
  }

  /**
   * The mask to be offered for a note: where the note shows a concern that no active mask has. Null for what an agent
   * wrote, for a note that was asked about before, and where enough offers wait.
   */
  offerFor(reader: Reader, whisper: string): MaskOffer | null {
    const { clock, random } = this.#options;
    const note = reader.get<{ text: string }>('SELECT text FROM whispers WHERE id = ?', whisper);
    if (!note || isOfAgent(reader, whisper) || readOffers(reader).length >= MOST_OFFERS) return null;
    if (reader.get('SELECT 1 FROM mask_offers WHERE whisper = ?', whisper)) return null;
    const masks = readMasks(reader);
    const active = masks.filter(isActive);
    const nearest = nearestOf(note.text, active);
    const suggested = suggest(note.text, namesIn(reader, masks));
    if (!suggested || nearest.similarity >= FITS || active.length >= MOST_ACTIVE) return null;
    const at = clock.now();
    return { id: newId('offer', at, random), whisper, text: note.text, nearest, suggested, at };
  }

  offer(tx: Transaction, offer: MaskOffer): void {
    insertOffer(tx, offer);
    tx.emit({ type: 'mask.offered', subject: offer.id, data: { whisper: offer.whisper } });
  }

  /**
   * Makes the mask that was offered, or the one for the note of that id. Throws `not_found`; `conflict` in words where a
   * mask fits the note, twelve are active, one of that name or with the same cares is there, or an agent wrote the note.
   */
  spawn({ offer: id, name, archetype }: z.output<typeof maskSpawnInput>): Mask {
    const { mind } = this.#options;
    return this.get(
      mind.transact((tx) => {
        const { whisper, note, suggested } = this.#asked(tx, id);
        const masks = readMasks(tx);
        const nearest = nearestOf(note, masks.filter(isActive));
        if (nearest.similarity >= FITS)
          throw new ProgenyError(
            'conflict',
            `${nearest.name} fits this note already (${hundredths(nearest.similarity)}; another is made below ${hundredths(FITS)}).`,
          );
        const made = withWishes(suggested, { name, archetype });
        const mask = this.#born(tx, masks, made, { from: 'whisper', source: whisper });
        settleOffer(tx, whisper, 'accepted');
        return mask;
      }),
    );
  }

  /** Throws `not_found`, `read_only`. */
  decline(id: string): void {
    this.#options.mind.transact((tx) => {
      const offer = waitingOffer(tx, id);
      settleOffer(tx, offer.whisper, 'declined');
      tx.emit({ type: 'mask.declined', subject: id, data: { whisper: offer.whisper } });
    });
  }

  /** Makes a mask after another. Throws `not_found`, `conflict`, `read_only`. */
  fork({ id, name, priorities }: z.output<typeof maskForkInput>): Mask {
    const { archetype, voice, card } = this.get(id);
    const { mind } = this.#options;
    return this.get(
      mind.transact((tx) =>
        this.#born(
          tx,
          readMasks(tx),
          { name, archetype, priorities, voice, card },
          { from: 'fork', source: id },
        ),
      ),
    );
  }

  /** Its record and its votes stay. Throws `not_found`, `conflict` for those who always vote or who are retired, `read_only`. */
  retire(id: string): Mask {
    const mask = this.get(id);
    if (isAlways(id))
      throw new ProgenyError('conflict', `${mask.name} always votes and cannot be retired; the others can.`);
    if (mask.status === 'retired') throw new ProgenyError('conflict', `${mask.name} is retired already.`);
    this.#options.mind.transact((tx) => {
      tx.run("UPDATE masks SET status = 'retired' WHERE id = ?", id);
      tx.emit({ type: 'mask.retired', subject: id });
    });
    return this.get(id);
  }

  #asked(tx: Transaction, id: string): { whisper: string; note: string; suggested: Suggestion } {
    if (id.startsWith('offer_')) {
      const { whisper, text, suggested } = waitingOffer(tx, id);
      return { whisper, note: text, suggested };
    }
    const note = noteOf(tx, id);
    if (isOfAgent(tx, id))
      throw new ProgenyError(
        'conflict',
        'An agent wrote this note; advisers are made of your own notes only.',
      );
    const suggested = suggest(note, namesIn(tx, readMasks(tx)));
    if (suggested) return { whisper: id, note, suggested };
    throw new ProgenyError(
      'conflict',
      'This note does not show what to care about, so nothing can be made of it. `progeny advisers fork` makes an adviser after another.',
    );
  }

  #born(
    tx: Transaction,
    masks: readonly Mask[],
    { name, archetype, priorities, voice, card }: Suggestion,
    birth: Pick<Mask['birth'], 'from' | 'source'>,
  ): string {
    const { clock, random } = this.#options;
    const active = masks.filter(isActive);
    if (active.length >= MOST_ACTIVE)
      throw new ProgenyError(
        'conflict',
        `${MOST_ACTIVE} advisers are active, which is the most there can be. Retire one first (\`progeny advisers retire ID\`).`,
      );
    if (namesIn(tx, masks).some((each) => each.toLowerCase() === name.toLowerCase()))
      throw new ProgenyError(
        'conflict',
        `There is an adviser called "${name}" already; give this one another name.`,
      );
    const same = active.find((mask) => sameCares(mask.priorities, priorities));
    if (same)
      throw new ProgenyError(
        'conflict',
        `${same.name} cares about the same: every priority lies within .1 of this one's.`,
      );
    const at = clock.now();
    const id = newId('mask', at, random);
    const record = trackRecord({ hits: 0, misses: 0, waiting: 0 });
    insertMask(tx, {
      ...{ id, name, archetype, priorities, voice, card, record },
      tone: 'calm',
      birth: { ...birth, at },
      status: 'active',
    });
    tx.emit({ type: 'mask.born', subject: id, data: { from: birth.from, source: birth.source ?? '' } });
    return id;
  }
}

function isActive({ status }: Mask): boolean {
  return status === 'active';
}

/** Names of masks, and names under which something is remembered of one that has none. */
function namesIn(reader: Reader, masks: readonly Mask[]): string[] {
  const noted = reader.all<{ mask: string }>('SELECT DISTINCT mask FROM memories WHERE mask IS NOT NULL');
  return [...new Set([...masks.map(({ name }) => name), ...noted.map(({ mask }) => mask)])];
}

function waitingOffer(reader: Reader, id: string): MaskOffer {
  const offer = readOffers(reader).find((each) => each.id === id);
  if (offer) return offer;
  throw new ProgenyError(
    'not_found',
    `No offer "${id}" waits for an answer. \`progeny advisers offers\` lists those that do.`,
  );
}

function noteOf(reader: Reader, id: string): string {
  const note =
    reader.get<{ text: string }>('SELECT text FROM whispers WHERE id = ?', id) ??
    reader.get<{ text: string }>('SELECT content AS text FROM memories WHERE id = ? AND mask IS NULL', id);
  if (note) return note.text;
  throw new ProgenyError(
    'not_found',
    `There is no offer and no note "${id}". \`progeny advisers offers\` lists offers.`,
  );
}

/** Whether anybody but the person had a hand in it. */
function isOfAgent(reader: Reader, id: string): boolean {
  const sql = `SELECT 1 FROM memories WHERE (id = ? OR origin = ?) AND written_by <> 'person'`;
  return reader.get(sql, id, id) !== undefined;
}

function withWishes(
  suggested: Suggestion,
  { name, archetype }: { name: string | undefined; archetype: Mask['archetype'] | undefined },
): Suggestion {
  const other = archetype ?? suggested.archetype;
  const card = suggested.card.replace(ARCHETYPE_CARDS[suggested.archetype], ARCHETYPE_CARDS[other]);
  return {
    ...suggested,
    name: name ?? suggested.name,
    archetype: other,
    voice: ARCHETYPE_VOICES[other],
    card,
  };
}

function hundredths(share: number): string {
  return share.toFixed(2).replace(/^0/, '');
}
