import type { HeritageCore, HeritagePreferences } from '../protocol/index.ts';

/** Where in heritage an answer goes. `more` keeps what has no field of its own, by the question's id. */
export type Goes =
  | { file: 'core'; field: Exclude<keyof HeritageCore, 'version'> }
  | { file: 'preferences'; field: Exclude<keyof HeritagePreferences, 'version' | 'more'> }
  | { file: 'preferences'; field: 'more' };

export interface Part {
  readonly id: string;
  /** Above the field. */
  readonly label: string;
  readonly kind: 'text' | 'list' | 'choice' | 'hours';
  readonly example: string;
  /** For a list of short words: a comma separates them, too. */
  readonly commas?: true;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** The words before the answer in the mirror. */
  readonly lead: string;
  readonly goes: Goes;
}

export interface Question {
  readonly id: string;
  readonly question: string;
  /** What the answer is good for. */
  readonly help: string;
  /** Among the eight (systems.md §9); the others are asked in the long form alone. */
  readonly short: boolean;
  readonly parts: readonly [Part, ...Part[]];
}

/** Every question, in the order in which it is asked. */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'name',
    question: 'What should I call you?',
    help: 'It stands in briefs and notes on this machine, and nowhere else.',
    short: false,
    parts: [part('name', 'Name', 'text', 'Ana', 'You are called', { file: 'core', field: 'name' })],
  },
  {
    id: 'flow',
    question: 'When are you in flow, and what breaks it?',
    help: 'Progeny speaks up only between stretches of work. This says what such a stretch looks like for you.',
    short: true,
    parts: [
      part(
        'flow',
        'I am in flow when',
        'text',
        'a free morning, one problem, music without words',
        'You are in flow with',
        {
          file: 'preferences',
          field: 'flow',
        },
      ),
      {
        ...part(
          'killers',
          'What breaks it',
          'list',
          'meetings before noon; chat; slow tests',
          'What breaks it',
          {
            file: 'preferences',
            field: 'flowKillers',
          },
        ),
        commas: true,
      },
    ],
  },
  {
    id: 'hardLines',
    question: 'What must never happen?',
    help: 'Lines that hold whatever the hurry. They go before every other wish.',
    short: true,
    parts: [
      part(
        'hardLines',
        'Never',
        'list',
        'push to main without tests; send anything off this machine',
        'Never, whatever the hurry',
        {
          file: 'core',
          field: 'hardLines',
        },
      ),
    ],
  },
  {
    id: 'overwhelm',
    question: 'When it is too much: space, or something to do?',
    help: 'What to offer on a day with too much in it.',
    short: true,
    parts: [
      {
        ...part('overwhelm', 'When it is too much', 'choice', '', 'When it is too much, you want', {
          file: 'preferences',
          field: 'overwhelm',
        }),
        options: [
          { value: 'space', label: 'Space: show me less' },
          { value: 'action', label: 'Action: one small next step' },
        ],
      },
    ],
  },
  {
    id: 'standard',
    question: 'Done, or perfect?',
    help: 'Which way you lean when both cannot be had. It matters wherever one of two next steps has to come first.',
    short: true,
    parts: [
      {
        ...part('standard', 'I lean towards', 'choice', '', 'When both cannot be had', {
          file: 'preferences',
          field: 'standard',
        }),
        options: [
          { value: 'done', label: 'Done first, better later' },
          { value: 'perfect', label: 'Right first, out later' },
        ],
      },
    ],
  },
  {
    id: 'values',
    question: 'When two good things are in conflict, what wins?',
    help: 'In order, the strongest first: "honest, then kind, then fast".',
    short: true,
    parts: [
      {
        ...part(
          'values',
          'What counts, the most first',
          'list',
          'correct; readable; fast',
          'In a conflict this counts, the first most',
          {
            file: 'core',
            field: 'values',
          },
        ),
        commas: true,
      },
    ],
  },
  {
    id: 'peakHours',
    question: 'When are your best hours?',
    help: 'By this machine’s clock. Reviews and questions wait for the other hours.',
    short: true,
    parts: [
      part('peakHours', 'From and until', 'hours', '09:00-12:00, 20:00-22:30', 'Your best hours are', {
        file: 'preferences',
        field: 'peakHours',
      }),
    ],
  },
  {
    id: 'neverTouch',
    question: 'What should be left alone?',
    help: 'Files, folders and systems, as globs or in your words. No action of Progeny goes near them.',
    short: true,
    parts: [
      part('neverTouch', 'Hands off', 'list', 'infra/**; the billing database; Bo’s branches', 'Hands off', {
        file: 'preferences',
        field: 'neverTouch',
      }),
    ],
  },
  {
    id: 'rememberedBy',
    question: 'What should I remember you by?',
    help: 'Whatever matters to know about how you work. It is read back to you and to nobody else.',
    short: true,
    parts: [
      part(
        'rememberedBy',
        'In your words',
        'text',
        'I leave things easier to change than I found them',
        'To remember you by',
        {
          file: 'core',
          field: 'rememberedBy',
        },
      ),
    ],
  },
  {
    id: 'temperament',
    question: 'How should I sound?',
    help: 'Wording and how often something is said; never what is true.',
    short: false,
    parts: [
      {
        ...part('temperament', 'Temperament', 'choice', '', 'Progeny should be', {
          file: 'preferences',
          field: 'temperament',
        }),
        options: [
          { value: 'steady', label: 'Steady: even, with reasons' },
          { value: 'provocative', label: 'Provocative: asks whether it is needed at all' },
          { value: 'quiet', label: 'Quiet: only what cannot wait' },
          { value: 'warm', label: 'Warm: plain words, a little more of them' },
        ],
      },
    ],
  },
  {
    id: 'worthInterrupting',
    question: 'What is worth an interruption?',
    help: 'What you would be cross not to have been told at once.',
    short: false,
    parts: [more('worthInterrupting', 'Worth it', 'main is red because of me', 'Worth an interruption')],
  },
  {
    id: 'comingBack',
    question: 'What helps you back in after days away?',
    help: 'What is worth seeing first after a break.',
    short: false,
    parts: [
      more(
        'comingBack',
        'It helps',
        'the last commit, then one small failing test',
        'Coming back, it helps to see',
      ),
    ],
  },
  {
    id: 'badNews',
    question: 'How do you want bad news?',
    help: 'A broken build, work at risk, a plan that does not hold.',
    short: false,
    parts: [more('badNews', 'Bad news', 'first the fact, then what I can do; no cushioning', 'Bad news')],
  },
  {
    id: 'puttingOff',
    question: 'What do you tend to put off?',
    help: 'So that such threads are noticed before they are old.',
    short: false,
    parts: [
      more(
        'puttingOff',
        'I put off',
        'documentation, and reviews of large changes',
        'What you tend to put off',
      ),
    ],
  },
];

export function findQuestion(id: string): Question | null {
  return QUESTIONS.find((question) => question.id === id) ?? null;
}

export function questionsOf(form: 'short' | 'long'): readonly Question[] {
  return form === 'long' ? QUESTIONS : QUESTIONS.filter(({ short }) => short);
}

function part(
  id: string,
  label: string,
  kind: Part['kind'],
  example: string,
  lead: string,
  goes: Goes,
): Part {
  return { id, label, kind, example, lead, goes };
}

function more(id: string, label: string, example: string, lead: string): Part {
  return part(id, label, 'text', example, lead, { file: 'preferences', field: 'more' });
}
