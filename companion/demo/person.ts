/** What the demo's person says about themselves, and how they decide; plain data. */

/** Answers of the onboarding conversation, by question and part. */
export const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  name: { name: 'Robin' },
  flow: {
    flow: 'the morning until eleven, one failing test, the door closed',
    killers: 'meetings before noon, chat, builds that take longer than a song',
  },
  hardLines: {
    hardLines: 'release on a Friday evening; delete data that cannot be brought back; push without tests',
  },
  overwhelm: { overwhelm: 'action' },
  standard: { standard: 'done' },
  values: { values: 'correct, reversible, readable, fast' },
  peakHours: { peakHours: '08:30-11:30' },
  neverTouch: { neverTouch: 'the production database; backups/**' },
  rememberedBy: { rememberedBy: 'tools that never lost a byte of anybody’s' },
  temperament: { temperament: 'steady' },
};

/** Preferences that changed later: when, of the half year; what; why. */
export const CHANGES_OF_MIND = [
  {
    share: 0.21,
    patch: { standard: 'perfect' as const },
    reason: 'tern 2.0 is nearly out: right first, for once',
  },
  {
    share: 0.47,
    patch: { flowKillers: ['meetings before noon', 'chat', 'flaky tests'] },
    reason: 'Builds are fast now; flaky tests are not',
  },
  {
    share: 0.71,
    patch: { standard: 'done' as const, temperament: 'steady' as const },
    reason: 'Back to done first, better later',
  },
  {
    share: 0.9,
    patch: { peakHours: [{ from: '08:30', until: '12:00' }] },
    reason: 'The quiet Wednesday made mornings longer',
  },
] as const;

/** Moments that the person marked. */
export const MARKS = [
  { share: 0.06, text: 'First week. It asks less than I feared.' },
  { share: 0.345, text: 'tern 2.0 is out. Three weeks of evenings, and worth it.' },
  { share: 0.52, text: 'Back from the lake. Nothing burned down.' },
  { share: 0.865, text: 'packrat 1.0.' },
] as const;

/** Panels: name, members by the names of masks (the first leads), when. */
export const PANELS = [
  { share: 0.24, name: 'Releases', members: ['Sage', 'Cal', 'Arty'], tone: 'focused' as const },
  { share: 0.4, name: 'Data safety', members: ['Cal', 'Skipper', 'Sage'], tone: 'calm' as const },
  { share: 0.66, name: 'Odd ideas', members: ['Arty', 'Spark'], tone: 'playful' as const },
] as const;

/** Masks made after others: of whom, name, cares, when; `retired`: when it went. */
export const FORKS = [
  {
    share: 0.3,
    of: 'Cal',
    name: 'Skipper',
    priorities: { risk: 0.75, effort: 0.3, value: 0.9, novelty: 0.15, focus: 0.6 },
    retired: null,
  },
  {
    share: 0.5,
    of: 'Arty',
    name: 'Spark',
    priorities: { risk: 0.1, effort: 0.2, value: 0.8, novelty: 0.95, focus: 0.3 },
    retired: null,
  },
  {
    share: 0.56,
    of: 'Sage',
    name: 'Ledger',
    priorities: { risk: 0.6, effort: 0.95, value: 0.4, novelty: 0.2, focus: 0.4 },
    retired: 0.83,
  },
] as const;

/** Why the person decided against the council, in turn. */
export const OVERRULED = [
  'I know these users: they will never look for an option.',
  'The numbers are right, and I still want it finished before the season.',
  'Ines needs it next week.',
  'It has been on my mind for a year. I would rather know.',
] as const;
