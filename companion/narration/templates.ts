import type { Speaker, StoryKind } from './kinds.ts';

/**
 * What a line is filled with. `what` names the thing; `more` says what is known beside; `where` names a branch or a
 * folder. Empty: not known; a template that needs it is not used.
 */
export interface Words {
  readonly what: string;
  readonly more: string;
  readonly where: string;
}

type Voices = Readonly<Record<Speaker | 'plain', readonly string[]>>;

/**
 * Several ways to say each thing. Lines that were told name theirs by its number: append, never reorder. The last of
 * each list needs no more than `what`.
 */
export const TEMPLATES: Readonly<Record<StoryKind, Voices>> = {
  committed: {
    plain: ['{what} committed on {where} ({more})', '{what} committed ({more})', '{what} committed'],
    Cal: [
      '{what} committed on {where}, {more}. That much is safe.',
      'On {where}: {what}, {more}, committed.',
      'Committed on {where}: {what}. The next step starts from firm ground.',
      '{what} committed, {more}.',
      '{what} committed.',
    ],
    Arty: [
      '{what} on {where}, {more}. Small enough to take back, good enough to keep?',
      '{where} moves: {what} committed, {more}.',
      '{what} committed on {where}. What does it make possible?',
      '{what} committed, {more}.',
      '{what} committed.',
    ],
  },
  noted: {
    plain: ['Note in {where}: {what}', 'Note: {what}'],
    Cal: [
      'Noted in {where}: {what}',
      'Kept for {where}: {what}',
      'For later, in {where}: {what}',
      'Noted: {what}',
    ],
    Arty: [
      'Dropped into {where}: {what}',
      'A thought for {where}: {what}',
      'Said about {where}: {what}',
      'Noted: {what}',
    ],
  },
  opened: {
    plain: ['Thread opened: {what}'],
    Cal: ['A thread is open now: {what}.', 'Begun: {what}. It is on the list.', 'New on the list: {what}.'],
    Arty: ['Something new: {what}.', 'A fresh thread: {what}. What would make it small?', '{what} is open.'],
  },
  landed: {
    plain: ['{what} is done: the repository does not show it any more'],
    Cal: ['{what} has landed. Nothing of it is left open.', '{what} is through.', 'Settled: {what}.'],
    Arty: [
      '{what} has landed. What did it leave room for?',
      '{what} is through, one less to carry.',
      'Gone from the list: {what}.',
    ],
  },
  resolved: {
    plain: ['{what} is gone from the code'],
    Cal: [
      '{what} is gone from the code.',
      'One note less in the code: {what}.',
      'Settled in the code: {what}.',
    ],
    Arty: ['{what} is gone from the code.', 'No more {what}.', 'The code forgot {what}, on purpose.'],
  },
  blessed: {
    plain: ['{what} marked as done'],
    Cal: ['{what} is done, by your word.', 'Closed and signed off: {what}.', 'You closed {what}.'],
    Arty: ['{what}: done, and said so.', 'You let go of {what}, finished.', '{what} is off your hands.'],
  },
  dropped: {
    plain: ['{what} dropped'],
    Cal: ['{what} was dropped. Its notes are kept.', 'You put {what} away for good.', 'Dropped: {what}.'],
    Arty: [
      '{what} is dropped. A no that makes room.',
      'No more {what}.',
      'Dropped without ceremony: {what}.',
    ],
  },
  deferred: {
    plain: ['{what} set aside {more}', '{what} set aside'],
    Cal: ['{what} waits {more}.', 'Set aside {more}: {what}.', '{what} is set aside.'],
    Arty: ['{what} can wait {more}.', 'Not now, says you, to {what}.', '{what} is set aside.'],
  },
  stale: {
    plain: ['{what} has gone stale'],
    Cal: [
      '{what} lies still. It can be closed, or put off with a date.',
      '{what} was not touched for a while.',
      '{what} is stale now.',
    ],
    Arty: ['{what} is gathering dust. Still yours?', 'Nobody misses {what} yet.', '{what} is stale now.'],
  },
  'taken up': {
    plain: ['{what} is open again'],
    Cal: [
      '{what} is open again, with all that was noted.',
      'Back to {what}.',
      '{what} is on the list again.',
    ],
    Arty: ['{what} is back. What changed?', 'Second wind for {what}.', '{what} is open again.'],
  },
  decided: {
    plain: ['Decided: {what}'],
    Cal: ['Decided, and written down: {what}', 'On record: {what}', 'Settled: {what}'],
    Arty: ['A choice was made: {what}', 'So it is: {what}', 'Chosen: {what}'],
  },
  recovered: {
    plain: ['Tests are green again'],
    Cal: ['Tests are green again in {where}.', 'Green after red in {where}.', 'Tests are green again.'],
    Arty: ['Red is over in {where}. What was it?', '{where} is green again.', 'Tests are green again.'],
  },
  stuck: {
    plain: ['{what}', 'Something does not move'],
    Cal: ['{what} A note of what was tried helps.', '{what}', 'Something does not move.'],
    Arty: ['{what} What if the test is right and the idea is not?', '{what}', 'Something does not move.'],
  },
  'heavy hour': {
    plain: ['{what}', 'An hour with much in it'],
    Cal: ['{what} A commit would hold it.', '{what}', 'An hour with much in it.'],
    Arty: ['{what} One change, or five?', '{what}', 'An hour with much in it.'],
  },
  'left alone': {
    plain: ['{what}', 'A thread was left alone'],
    Cal: ['{what} Nothing of it is lost.', '{what}', 'A thread was left alone.'],
    Arty: ['{what} Keep it or let it go?', '{what}', 'A thread was left alone.'],
  },
  thrash: {
    plain: ['{what}', 'Many files, a moment each'],
    Cal: ['{what} One of them first.', '{what}', 'Many files, a moment each.'],
    Arty: ['{what} Which one is the question?', '{what}', 'Many files, a moment each.'],
  },
  'at risk': {
    plain: ['{what}', 'Work exists only on this disk'],
    Cal: ['{what} It would be safer pushed.', '{what}', 'Work exists only on this disk.'],
    Arty: ['{what} Disks have plans of their own.', '{what}', 'Work exists only on this disk.'],
  },
  'back again': {
    plain: ['{what}', 'Back at work'],
    Cal: ['{what} The brief says where it stood.', '{what}', 'Back at work.'],
    Arty: ['{what} Same plan as before?', '{what}', 'Back at work.'],
  },
  drifting: {
    plain: ['{what} goes beyond its scope: {more}', '{what} goes beyond its scope'],
    Cal: [
      '{what} grows beyond what it began with: {more}.',
      '{what}: {more}. It may be two threads by now.',
      '{what} goes beyond its scope.',
    ],
    Arty: [
      '{what} wanders: {more}. Split it, or own it?',
      '{what} is turning into something else: {more}.',
      '{what} goes beyond its scope.',
    ],
  },
  learned: {
    plain: ['Learned, with your Yes: {what}', 'A belief of you was confirmed'],
    Cal: [
      'Learned, with your Yes: {what}',
      'From now on it counts: {what}',
      'A belief of you was confirmed.',
    ],
    Arty: [
      'You said so yourself: {what}',
      'Now a rule, until you change it: {what}',
      'A belief of you was confirmed.',
    ],
  },
  dreamed: {
    plain: ['The nightly run is through'],
    Cal: [
      'The nightly run is through; memory is in order.',
      'Dreamed: memory is in order.',
      'The nightly run is through.',
    ],
    Arty: [
      'Slept on it: the nightly run is through.',
      'The night has sorted what the day left.',
      'The nightly run is through.',
    ],
  },
  heritage: {
    plain: ['{what} changed', 'What you told of yourself changed'],
    Cal: [
      '{what} changed; the version before is kept.',
      '{what} has a new version.',
      'What you told of yourself changed.',
    ],
    Arty: ['You rewrote {what}.', '{what} reads otherwise now.', 'What you told of yourself changed.'],
  },
  converged: {
    plain: ['The conversation on how you work is finished'],
    Cal: [
      'How you work is written down. It can be changed at any time.',
      'The conversation on how you work is finished.',
    ],
    Arty: [
      'You have introduced yourself. Nothing of it is final.',
      'The conversation on how you work is finished.',
    ],
  },
  forgot: {
    plain: ['{what} forgotten', 'Something was forgotten, as you asked'],
    Cal: [
      '{what} forgotten, with all that followed from it.',
      'Forgotten, as you asked: {what}.',
      'Something was forgotten, as you asked.',
    ],
    Arty: [
      '{what} gone, and nobody the wiser.',
      '{what} forgotten.',
      'Something was forgotten, as you asked.',
    ],
  },
  restored: {
    plain: ['A backup was restored'],
    Cal: ['A backup took the place of the store; what was there is set aside.', 'A backup was restored.'],
    Arty: ['Back to an earlier self: a backup was restored.', 'A backup was restored.'],
  },
  tier: {
    plain: ['What runs without a click changed: {what}', 'What runs without a click changed'],
    Cal: ['Without a click now: {what}.', 'What runs without a click changed.'],
    Arty: ['A longer or a shorter leash: {what}.', 'What runs without a click changed.'],
  },
  'agent asks': {
    plain: ['An agent asks to forget something; it waits for you'],
    Cal: [
      'An agent asks to forget something. Nothing happens without your click.',
      'An agent asks to forget something; it waits for you.',
    ],
    Arty: [
      'An agent would rather forget something. Your call.',
      'An agent asks to forget something; it waits for you.',
    ],
  },
  // What the council is asked ends with a question mark often enough: no template here adds one.
  voted: {
    plain: ['The advisers on {what}: {more}', 'The advisers voted on {what}'],
    Cal: [
      'The advisers weighed {what}: {more}. The last word is yours.',
      'On {what} they come to {more}; it waits for your word.',
      'The advisers voted on {what}.',
    ],
    Arty: [
      'They say {more}, on {what}. You may still disagree.',
      'On {what}: {more}, if you ask them.',
      'The advisers have a view on {what}.',
    ],
  },
  contested: {
    plain: ['The advisers disagree on {what}: {more}', 'The advisers disagree on {what}'],
    Cal: [
      'No majority on {what}: {more}. Both sides gave their reasons.',
      'The advisers are divided on {what}; {more}. It is for you to say.',
      'The advisers disagree on {what}.',
    ],
    Arty: [
      'They quarrel over {what}: {more}. Good, it was worth asking.',
      'Nobody carries the day on {what}: {more}.',
      'The advisers disagree on {what}.',
    ],
  },
  'no vote': {
    plain: ['The advisers did not come to a vote on {what}'],
    Cal: [
      'Too few advisers were there to vote on {what}. It can be asked again.',
      'The advisers did not come to a vote on {what}.',
    ],
    Arty: ['{what} found no jury this time.', 'The advisers did not come to a vote on {what}.'],
  },
  ruled: {
    plain: ['You decided on {what}: {more}', 'You decided on {what}'],
    Cal: [
      'Your word on {what}: {more}. It is written down.',
      'Decided, by you: {more}, on {what}.',
      'You decided on {what}.',
    ],
    Arty: ['{more}, you say, to {what}.', '{what} is settled: {more}.', 'You decided on {what}.'],
  },
  'came out': {
    plain: ['How {what} came out: {more}', 'It is known how {what} came out'],
    Cal: [
      'It is known how {what} came out: {more}',
      'For the record, on {what}: {more}',
      'It is known how {what} came out.',
    ],
    Arty: [
      'Time has told on {what}: {more}',
      'So that is what became of {what}: {more}',
      'Time has told on {what}.',
    ],
  },
  'adviser offered': {
    plain: ['A note fits none of your advisers; {what} could be made of it', 'A new adviser is offered'],
    Cal: [
      'A note fits none of your advisers. {what} could be made of it, if you say so.',
      '{what} could speak for what your note says. Nothing is made without your Yes.',
      'A new adviser is offered.',
    ],
    Arty: [
      'A voice is missing: {what}, going by your note.',
      '{what} would like a seat. Yours to give.',
      'A new adviser is offered.',
    ],
  },
  'adviser made': {
    plain: ['New adviser: {what}, {more}', 'New adviser: {what}'],
    Cal: [
      '{what} is an adviser now, {more}.',
      'From now on {what} votes, too: {more}.',
      'New adviser: {what}.',
    ],
    Arty: ['One more voice: {what}, {more}.', '{what} joins the quarrel, {more}.', 'New adviser: {what}.'],
  },
  'adviser retired': {
    plain: ['{what} votes no more'],
    Cal: ['{what} votes no more. The record is kept.', '{what} has retired.'],
    Arty: ['{what} has said enough.', '{what} leaves the table.'],
  },
  'panel made': {
    plain: ['New panel: {what}, {more}', 'New panel: {what}'],
    Cal: ['{what} is a panel now: {more}.', '{what} will vote together: {more}.', 'New panel: {what}.'],
    Arty: ['{more} under one name: {what}.', 'A panel of its own: {what}, {more}.', 'New panel: {what}.'],
  },
  'panel dissolved': {
    plain: ['The panel {what} is dissolved'],
    Cal: ['The panel {what} is dissolved; its votes are kept.', 'The panel {what} votes no more.'],
    Arty: ['The panel {what} goes its separate ways.', 'No more {what}, as a panel.'],
  },
  'asks leave': {
    plain: ['{more} asks for leave: {what}'],
    Cal: [
      '{more} would do this, and waits for your word: {what}',
      'A preview waits for you, from {more}: {what}',
    ],
    Arty: ['{more} has an idea and no leave yet: {what}', '{more} asks: {what} Yes, or not today?'],
  },
  ran: {
    plain: ['Done with your leave: {what} ({more})', 'Done with your leave: {what}'],
    Cal: [
      'Done as you allowed: {what} {more}; it can still be taken back.',
      'With your leave, done: {what} It can still be taken back.',
      'Done: {what} {more}.',
    ],
    Arty: [
      'Hands off the keyboard, and done: {what}',
      'Done while you watched: {what} Keep it?',
      'Done: {what} {more}.',
    ],
  },
  'took back': {
    plain: ['Taken back by itself: {what}'],
    Cal: ['It did not hold, so all is as it was: {what}', 'Taken back by itself: {what}'],
    Arty: ['That did not work, and left no trace: {what}', 'Tried, failed, taken back: {what}'],
  },
  undid: {
    plain: ['You took back: {what}'],
    Cal: ['Taken back at your word: {what}', 'You undid it: {what}'],
    Arty: ['Not what you wanted, so it is gone: {what}', 'Undone by you: {what}'],
  },
  'broke off': {
    plain: ['Broken off half-way: {what} The run says what is left'],
    Cal: [
      'Broken off half-way: {what} Look at the run, it says what is left.',
      'Not finished, and not all taken back: {what} The run says what is left.',
    ],
    Arty: [
      'Stopped in the middle: {what} The run says what is left.',
      'Half done is not done: {what} The run says what is left.',
    ],
  },
};

/** The template with its words in place, as a sentence; null where a word that it needs is not known. Pure. */
export function fill(template: string, words: Words): string | null {
  let missing = false;
  const text = template.replace(/\{(what|more|where)\}/g, (_, name: keyof Words) => {
    if (words[name] === '') missing = true;
    return words[name];
  });
  if (missing) return null;
  // Names of files and branches stay as they are.
  return /^\p{L}+[\s:,]/u.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
}

/** Without a persona: the first that can be filled. */
export function plainly(kind: StoryKind, words: Words): string | null {
  return firstOf(TEMPLATES[kind].plain.map((template) => fill(template, words)));
}

function firstOf(texts: readonly (string | null)[]): string | null {
  return texts.find((text) => text !== null) ?? null;
}
