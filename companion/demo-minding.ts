import {
  ANSWERS,
  CHANGES_OF_MIND,
  FORKS,
  type Life,
  MARKS,
  OVERRULED,
  PANELS,
  type Planned,
} from './demo/index.ts';
import type { Living } from './demo-living.ts';
import type { DemoRooms } from './demo-rooms.ts';
import type { Proposal } from './protocol/index.ts';

/** Something that the person does with Progeny itself, at a time. */
export interface Deed {
  readonly at: number;
  run(): Promise<void> | void;
}

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Of the masks that were offered so many are made, then one is declined; the rest waits. */
const SPAWNED = 3;
/** Of the questions that the council answered, the person follows all but one in so many. */
const OVERRULES = 4;

/** What the person tells Progeny of themselves, asks its council, confirms and forbids. */
export function deedsOf(life: Life, rooms: DemoRooms, living: Living): Deed[] {
  const at = (share: number) => {
    const day = life.days[Math.floor(share * (life.days.length - 1))]!;
    return day.midnight + 17 * HOUR;
  };
  return [
    { at: life.days[0]!.midnight + 20 * HOUR, run: () => converge(rooms) },
    ...CHANGES_OF_MIND.map(({ share, patch, reason }) => ({
      at: at(share),
      run: () =>
        void rooms.self.update({ file: 'preferences', patch, reason } as Parameters<
          typeof rooms.self.update
        >[0]),
    })),
    ...MARKS.map(({ share, text }) => ({
      at: at(share) + HOUR,
      run: () => void rooms.self.limbic.mark(text),
    })),
    ...advisers(rooms, at),
    ...panels(life, rooms, living, at),
    ...questions(life, rooms, living),
    ...reviews(life, rooms),
    ...tones(rooms, at),
  ].sort((a, b) => a.at - b.at);
}

function converge({ convergence }: DemoRooms): void {
  for (const [question, answer] of Object.entries(ANSWERS))
    convergence.answer({ question, answer, form: 'long' });
  convergence.skip({ form: 'long' });
  convergence.finish();
}

function advisers({ council: { council } }: DemoRooms, at: (share: number) => number): Deed[] {
  const named = (name: string) => council.advisers.list().find((mask) => mask.name === name);
  const forks = FORKS.flatMap(({ share, of, name, priorities, retired }): Deed[] => [
    {
      at: at(share),
      run: () => {
        const parent = named(of);
        if (parent) council.advisers.fork({ id: parent.id, name, priorities });
      },
    },
    ...(retired === null
      ? []
      : [
          {
            at: at(retired),
            run: () => {
              const mask = named(name);
              if (mask) council.advisers.retire(mask.id);
            },
          },
        ]),
  ]);
  let answered = 0;
  const offers = [0.12, 0.2, 0.28, 0.36, 0.44, 0.6, 0.75].map(
    (share): Deed => ({
      at: at(share) + 2 * HOUR,
      run: () => {
        council.observer.catchUp();
        const [offer] = council.advisers.offers();
        if (!offer || answered > SPAWNED) return;
        if (answered++ === SPAWNED) council.advisers.decline(offer.id);
        else council.advisers.spawn({ offer: offer.id, name: undefined, archetype: undefined });
      },
    }),
  );
  return [...forks, ...offers];
}

function panels(
  life: Life,
  { council: { council } }: DemoRooms,
  living: Living,
  at: (share: number) => number,
): Deed[] {
  return PANELS.map(
    ({ share, name, members, tone }): Deed => ({
      at: at(share) + 3 * HOUR,
      run: () => {
        const masks = council.advisers.list();
        const ids = members.flatMap((member) => masks.find((mask) => mask.name === member)?.id ?? []);
        const guild = council.guilds.create({ name, members: [...ids, 'creator'] });
        const now = at(share);
        const begun = life.threads.filter(({ stretches }) => (stretches[0]?.from ?? now) < now).slice(-4);
        const loops = begun.flatMap((thread) => living.loopOf(thread)?.id ?? []);
        council.guilds.update({ id: guild.id, add: [], remove: [], share: loops, unshare: [], tone });
      },
    }),
  );
}

/** Every decision was asked of the council first; and of some threads whether to keep them. */
function questions(life: Life, rooms: DemoRooms, living: Living): Deed[] {
  const { council } = rooms.council;
  let n = 0;
  const decide = (proposal: Proposal, wanted: string) => {
    const overrules = proposal.choice !== null && proposal.choice !== wanted;
    const reason = overrules ? OVERRULED[n % OVERRULED.length]! : '';
    council.decide({ id: proposal.id, choice: wanted, reason });
  };
  const free = life.threads.flatMap((thread): Deed[] => {
    const { decision, stretches, project } = thread;
    const stretch = stretches[Math.floor(stretches.length / 2)];
    if (!decision || !stretch) return [];
    return [
      {
        at: stretch.from + 20 * 60_000,
        run: async () => {
          const { question, options, choice } = decision;
          const workspace = living.folderOf(project);
          const put = await rooms.council.ask({
            question,
            options: [...options],
            workspace,
            correction: n % 2 === 0,
          });
          decide(put, options[choice]!);
        },
      },
    ];
  });
  const fates = life.threads
    .filter(({ n: index, end, decision }) => !decision && (end !== undefined || index % 3 === 1))
    .flatMap((thread): Deed[] =>
      fate(life, rooms, living, thread, (proposal) => {
        n++;
        if (thread.endsAt === null) return;
        const follows = n % OVERRULES !== 0 && proposal.choice !== null && proposal.choice !== 'fork';
        const right = thread.end === 'dropped' ? 'discard' : 'preserve';
        // What is dropped in the end was kept at first more often than not.
        decide(
          proposal,
          follows && proposal.choice === 'preserve'
            ? 'preserve'
            : right === 'discard' && n % 2 === 0
              ? 'preserve'
              : right,
        );
      }),
    );
  return [...free, ...fates];
}

function fate(
  life: Life,
  rooms: DemoRooms,
  living: Living,
  thread: Planned,
  then: (proposal: Proposal) => void,
): Deed[] {
  const last = thread.stretches.at(-1);
  if (!last) return [];
  const middle = thread.stretches[Math.max(0, thread.stretches.length - 2)]!;
  // Of what is open still the council was asked when it had rested for some time.
  const at =
    thread.end === 'stale'
      ? Math.min(last.until + 24 * DAY, life.until - 2 * HOUR)
      : middle.until - 30 * 60_000;
  return [
    {
      at,
      run: async () => {
        const loop = living.loopOf(thread);
        if (!loop || !['proposed', 'open', 'stale', 'deferred'].includes(loop.status)) return;
        then(await rooms.council.fate({ loop: loop.id, correction: thread.n % 2 === 0 }));
      },
    },
  ];
}

/** Beliefs are weighed once a week; the person confirmed the first, the others wait. */
function reviews(life: Life, { review }: DemoRooms): Deed[] {
  let given = false;
  return life.days.flatMap(({ midnight }): Deed[] => {
    if (new Date(midnight).getDay() !== 1) return [];
    return [
      {
        at: midnight + 8 * HOUR,
        run: async () => {
          await review.consider();
          const { items } = review.queue();
          const [item] = items;
          if (item && !given) await review.answer({ id: item.id, answer: 'confirm' });
          given ||= item !== undefined;
          await review.promote();
        },
      },
    ];
  });
}

/** What masks went through. */
function tones({ masks }: DemoRooms, at: (share: number) => number): Deed[] {
  const rows = [
    [0.05, 'Cal', 'calm', 'The first weeks: little is known, little is claimed.'],
    [0.18, 'Arty', 'playful', 'Three of four experiments were worth their day.'],
    [0.33, 'Cal', 'tense', 'A release with nine open threads. I would have waited a week.'],
    [0.37, 'Cal', 'calm', 'It held. Two small fixes, no data lost.'],
    [0.38, 'Sage', 'curious', 'Half of the reports since the release are about what nobody had measured.'],
    [
      0.55,
      'Arty',
      'curious',
      'After the holidays everything is open again, which is the best time to ask why.',
    ],
    [0.7, 'Sage', 'focused', 'Fewer questions a week, and better ones.'],
    [0.84, 'Arty', 'weary', 'Two spikes dropped in a month. Somebody has to be wrong first.'],
    [0.88, 'Sage', 'calm', 'packrat is out and quiet.'],
  ] as const;
  return rows.map(([share, mask, tone, content]) => ({
    at: at(share) + 4 * HOUR,
    run: async () => void (await masks.note({ mask, tone, content, kind: 'observation', cause: content })),
  }));
}
