import type {
  AdviserDetails,
  Ballot,
  Evidence,
  Guild,
  Mask,
  MaskOffer,
  MaskPriorities,
  Proposal,
  Round,
} from '../../companion/protocol/index.ts';
import { ProgenyError } from '../../companion/protocol/index.ts';
import { scriptedDetails } from './scripted-details.ts';

const DAY = 86_400_000;

interface Word {
  readonly choice: string | null;
  readonly score: number;
  readonly reason: string;
  readonly evidence?: readonly Evidence[];
}

export interface Matter {
  readonly question: string;
  readonly options: readonly string[];
  readonly kind: Proposal['kind'];
  readonly subject: string | null;
}

/** What each mask says of a matter, by the mask's id. */
export type Words = (matter: Matter) => Readonly<Record<string, Word>>;

const FATES: Readonly<Record<string, Word>> = {
  mask_cal: {
    choice: 'preserve',
    score: 0.82,
    reason: 'All 5 commits pass; merging today conflicts in 1 file. Waiting costs more each week.',
    evidence: [{ commit: '77be01d4c2aa' }, { file: 'src/import/reader.ts', line: 12 }],
  },
  mask_arty: {
    choice: 'discard',
    score: 0.61,
    reason: 'The new reader on main already does 70 % of it; keep only `detectEncoding`.',
    evidence: [{ commit: 'c0ffee1234ab' }],
  },
  mask_sage: {
    choice: 'fork',
    score: 0.74,
    reason: 'Two ideas in one branch: split encoding (done) from mapping (stalled since 28 Oct).',
    evidence: [{ branch: 'feature/import' }],
  },
};

function aMask(change: Partial<Mask> & Pick<Mask, 'id' | 'name' | 'archetype'>, at: number): Mask {
  return {
    priorities: { risk: 0.5, effort: 0.5, value: 0.5, novelty: 0.5, focus: 0.5 },
    voice: '',
    card: '',
    tone: 'calm',
    birth: { from: 'always', source: null, at },
    status: 'active',
    favourite: false,
    record: { hits: 0, misses: 0, waiting: 0, rate: 0.5, weight: 1 },
    ...change,
  };
}

export function threeMasks(now: number): Mask[] {
  const born = now - 120 * DAY;
  return [
    aMask(
      {
        id: 'mask_cal',
        name: 'Cal',
        archetype: 'guardian',
        priorities: { risk: 0.9, effort: 0.5, value: 0.6, novelty: 0.1, focus: 0.7 },
        voice: 'Short, steady, with the number first.',
        card: 'Guards what works: prefers the finished to the new, and asks what breaks.',
        record: { hits: 7, misses: 2, waiting: 1, rate: 0.69, weight: 1.38 },
      },
      born,
    ),
    aMask(
      {
        id: 'mask_arty',
        name: 'Arty',
        archetype: 'trickster',
        priorities: { risk: 0.2, effort: 0.6, value: 0.5, novelty: 0.9, focus: 0.3 },
        voice: 'Provocative; never unkind.',
        card: 'Challenges: would rather throw away and try again than keep what nobody loves.',
        tone: 'playful',
        record: { hits: 5, misses: 4, waiting: 0, rate: 0.54, weight: 1.08 },
      },
      born,
    ),
    aMask(
      {
        id: 'mask_sage',
        name: 'Sage',
        archetype: 'sage',
        priorities: { risk: 0.5, effort: 0.4, value: 0.9, novelty: 0.4, focus: 0.8 },
        voice: 'Weighs both sides, then says one sentence.',
        card: 'Analyses: looks for the two things that were mixed up in one.',
        tone: 'curious',
        record: { hits: 0, misses: 0, waiting: 2, rate: 0.5, weight: 1 },
      },
      born,
    ),
  ];
}

/** A council of masks whose words are given and whose shares are counted. */
export class ScriptedCouncil {
  masks: Mask[];
  offers: MaskOffer[];
  guilds: Guild[];
  proposals: Proposal[] = [];
  readonly calls: { name: string; input: unknown }[] = [];
  words: Words = ({ kind, options }) =>
    kind === 'loop_fate'
      ? FATES
      : {
          mask_cal: { choice: options[0] ?? null, score: 0.8, reason: 'It is the one that can be undone.' },
          mask_arty: { choice: options[0] ?? null, score: 0.5, reason: 'For once I agree.' },
          mask_sage: { choice: null, score: 0.5, reason: 'What was measured does not speak to it.' },
        };
  readonly #now: () => number;
  readonly #changed: (type: string, subject: string) => void;
  #ids = 0;

  constructor(options: { now: () => number; changed: (type: string, subject: string) => void }) {
    this.#now = options.now;
    this.#changed = options.changed;
    const now = options.now();
    this.masks = threeMasks(now);
    this.offers = [
      {
        id: 'offer_docs1',
        whisper: 'whisper_docs1',
        text: 'write the docs before the release, not after',
        nearest: { mask: 'mask_sage', name: 'Sage', similarity: 0.21 },
        suggested: {
          name: 'Wren',
          archetype: 'weaver',
          priorities: { risk: 0.4, effort: 0.3, value: 0.8, novelty: 0.2, focus: 0.5 },
          voice: 'Plain, for a reader who was not there.',
          card: 'Connects what is built with those who must understand it.',
        },
        at: now - 2 * DAY,
      },
    ];
    this.guilds = [
      {
        id: 'guild_release',
        name: 'Releases',
        members: [
          { member: 'mask_cal', name: 'Cal', role: 'lead' },
          { member: 'mask_sage', name: 'Sage', role: 'voter' },
          { member: 'creator', name: 'You', role: 'observer' },
        ],
        loops: ['loop_import'],
        tone: 'focused',
        agreement: 0.75,
        blesses: true,
        status: 'active',
        createdAt: now - 30 * DAY,
      },
    ];
  }

  /** Puts a matter before the masks; a second round repeats the first, as masks that stand by their word would. */
  sit(
    matter: Matter,
    options: { workspace: string | null; guild?: string | undefined; correction: boolean },
  ): Proposal {
    const now = this.#now();
    const rounds = [this.#round(matter, 1), ...(options.correction ? [this.#round(matter, 2)] : [])];
    const last = rounds.at(-1)!;
    const proposal: Proposal = {
      id: `prop_${now.toString(36)}${this.#ids++}`,
      kind: matter.kind,
      workspace: options.workspace,
      subject: matter.subject,
      question: matter.question,
      options: [...matter.options],
      measured:
        matter.kind === 'loop_fate'
          ? [
              { name: 'Untouched', value: 19, words: '19 days' },
              { name: 'Size', value: 312, words: '5 commits, 312 lines' },
              { name: 'Conflicts', value: 1, words: '1 file with main' },
            ]
          : [],
      evidence:
        matter.kind === 'loop_fate'
          ? [
              {
                text: 'The reader was split because Windows files were one character off.',
                evidence: { file: 'src/import/reader.ts', line: 12 },
                memory: null,
              },
            ]
          : [],
      guild: options.guild ?? null,
      at: now,
      deadline: now + DAY,
      rounds,
      outcome: last.outcome,
      choice: last.choice,
      decision: null,
      observed: null,
    };
    this.proposals = [proposal, ...this.proposals];
    this.#changed('council.voted', proposal.id);
    return proposal;
  }

  proposal(id: string): Proposal {
    const found = this.proposals.find((each) => each.id === id);
    if (!found) throw new ProgenyError('not_found', `There is no question "${id}".`);
    return found;
  }

  decide(id: string, choice: string, reason: string): Proposal {
    const known = this.proposal(id);
    if (choice !== known.choice && reason.trim() === '') {
      throw new ProgenyError('conflict', 'A choice that is not the council’s needs a reason.');
    }
    const overruled = known.outcome === 'decided' && choice !== known.choice;
    const saved: Proposal = { ...known, decision: { choice, overruled, reason, at: this.#now() } };
    this.proposals = this.proposals.map((each) => (each.id === id ? saved : each));
    this.#changed('council.decided', id);
    return saved;
  }

  spawn(offer: string): Mask {
    const found = this.offers.find(({ id }) => id === offer);
    if (!found) throw new ProgenyError('not_found', `There is no offer "${offer}".`);
    const { name, archetype, ...rest } = found.suggested;
    const birth = { from: 'whisper' as const, source: found.whisper, at: this.#now() };
    const made = aMask({ id: `mask_${name.toLowerCase()}`, name, archetype, ...rest, birth }, this.#now());
    this.masks = [...this.masks, made];
    this.offers = this.offers.filter((each) => each !== found);
    this.#changed('mask.spawned', made.id);
    return made;
  }

  decline(offer: string): void {
    this.offers = this.offers.filter(({ id }) => id !== offer);
    this.#changed('mask.declined', offer);
  }

  mask(id: string): Mask {
    const found = this.masks.find((each) => each.id === id);
    if (!found) throw new ProgenyError('not_found', `There is no mask "${id}".`);
    return found;
  }

  details(id: string): AdviserDetails {
    return scriptedDetails(this.mask(id), this.masks, this.proposals, this.#now());
  }

  favour(id: string, favourite: boolean): Mask {
    const saved: Mask = { ...this.mask(id), favourite };
    this.masks = this.masks.map((each) => (each.id === id ? saved : each));
    this.#changed('mask.favoured', id);
    return saved;
  }

  fork(id: string, name: string, priorities: MaskPriorities): Mask {
    const { archetype, voice, card } = this.mask(id);
    if (this.masks.some((each) => each.name === name))
      throw new ProgenyError(
        'conflict',
        `There is an adviser called "${name}" already; give this one another name.`,
      );
    const birth = { from: 'fork' as const, source: id, at: this.#now() };
    const made = aMask(
      { id: `mask_fork${this.#ids++}`, name, archetype, voice, card, priorities, birth },
      this.#now(),
    );
    this.masks = [...this.masks, made];
    this.#changed('mask.born', made.id);
    return made;
  }

  retire(id: string): Mask {
    const found = this.mask(id);
    if (found.birth.from === 'always') throw new ProgenyError('conflict', `${found.name} always votes.`);
    const retired: Mask = { ...found, status: 'retired' };
    this.masks = this.masks.map((each) => (each.id === id ? retired : each));
    this.#changed('mask.retired', id);
    return retired;
  }

  createGuild(name: string, members: readonly string[]): Guild {
    const names = new Map([['creator', 'You'], ...this.masks.map((mask) => [mask.id, mask.name] as const)]);
    const made: Guild = {
      id: `guild_${this.#ids++}`,
      name,
      members: members.map((member) => ({ member, name: names.get(member) ?? member, role: 'voter' })),
      loops: [],
      tone: null,
      agreement: null,
      blesses: false,
      status: 'active',
      createdAt: this.#now(),
    };
    this.guilds = [...this.guilds, made];
    this.#changed('guild.created', made.id);
    return made;
  }

  updateGuild(
    id: string,
    change: Partial<Pick<Guild, 'name' | 'tone' | 'status' | 'members' | 'loops'>>,
  ): Guild {
    const found = this.guilds.find((each) => each.id === id);
    if (!found) throw new ProgenyError('not_found', `There is no guild "${id}".`);
    const saved: Guild = { ...found, ...change };
    this.guilds = this.guilds.map((each) => (each.id === id ? saved : each));
    this.#changed('guild.updated', id);
    return saved;
  }

  #round(matter: Matter, number: 1 | 2): Round {
    const words = this.words(matter);
    const ballots = this.masks
      .filter(({ id, status }) => status === 'active' && words[id] !== undefined)
      .map((mask): Ballot => {
        const { choice, score, reason, evidence = [] } = words[mask.id]!;
        const { id: voter, name, archetype, record } = mask;
        const { weight } = record;
        return {
          voter,
          name,
          archetype,
          choice,
          logic: score,
          stake: score,
          score,
          weight,
          reason,
          evidence: [...evidence],
          answeredBy: null,
        };
      });
    return { number, at: this.#now(), ballots, quorum: Math.min(3, ballots.length), ...counted(ballots) };
  }
}

function counted(ballots: readonly Ballot[]): Pick<Round, 'shares' | 'cast' | 'outcome' | 'choice'> {
  const cast = ballots.filter(({ choice }) => choice !== null);
  const whole = cast.reduce((sum, { weight, score }) => sum + weight * score, 0);
  const by = Map.groupBy(cast, ({ choice }) => choice ?? '');
  const shares = [...by]
    .map(([choice, own]) => ({
      choice,
      share: own.reduce((sum, { weight, score }) => sum + weight * score, 0) / whole,
    }))
    .sort((a, b) => b.share - a.share);
  const best = shares[0];
  return best && best.share >= 0.66
    ? { shares, cast: cast.length, outcome: 'decided', choice: best.choice }
    : { shares, cast: cast.length, outcome: 'contested', choice: null };
}
