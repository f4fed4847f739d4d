import type { Perception, Tone } from '../protocol/index.ts';

/** A sign in a question, and how much it says, 0-1. */
export type Sign = readonly [pattern: RegExp, weight: number];

const B = '(?<![\\p{L}\\p{N}])';
const E = '(?![\\p{L}\\p{N}])';
const any = (words: string): RegExp => new RegExp(`${B}(?:${words})${E}`, 'iu');

/** What a question is after. English and German. */
export const INTENTS: Readonly<Record<Exclude<Perception['intent'], 'other'>, readonly Sign[]>> = {
  resume: [
    [
      any(
        'where (?:was|were|am|did) (?:i|we)(?: (?:at|now|leave off|stop|left))?|where i (?:was|left off)|what (?:was|were|am) (?:i|we) (?:doing|working on|up to|in the middle of)|what did (?:i|we) (?:do|work on)',
      ),
      1,
    ],
    [
      any(
        'catch me up|pick up where|what (?:happened|changed|did i miss)|status|summari[sz]e|summary|stand-?up|brief(?: me)?|recap|resume|get back into|back from',
      ),
      0.7,
    ],
    [any("what(?:'s| is) (?:next|going on)|what (?:should|do) i do (?:next|now)|next step"), 0.95],
    [
      any(
        'wo (?:war|bin|waren|stehe?n?) (?:ich|wir)|woran (?:habe?n?|war|waren|arbeite) (?:ich|wir)|was (?:habe?n?) (?:ich|wir) (?:zuletzt|gestern|gerade)?|was war ich',
      ),
      1,
    ],
    [
      any(
        'was (?:ist|war) (?:los|passiert)|was kommt als (?:nächstes|naechstes)|wie ist der stand|stand der dinge|überblick|zusammenfassung|weitermachen|wie geht es weiter',
      ),
      0.7,
    ],
  ],
  why: [
    [
      any(
        "why|how come|what(?:'s| is| was) the (?:reason|rationale|thinking|motivation)|reason (?:for|behind)|rationale",
      ),
      1,
    ],
    [any('warum|wieso|weshalb|weswegen|aus welchem grund|was ist der grund|begründung'), 1],
    [
      any(
        '(?:when|who) (?:did we |did i )?(?:decided?|chose|choose)|what did (?:we|i) decide|wann (?:haben wir|habe ich).*entschieden|was haben wir.*entschieden',
      ),
      0.8,
    ],
  ],
  open: [
    [
      any(
        "(?:what(?:'s| is| are)?|anything|which|is there|are there) .{0,30}?(?:open|unfinished|outstanding|pending|left(?: to do)?|incomplete|not done|half-done|still to do)",
      ),
      1,
    ],
    [
      any(
        'todos?|fixmes?|to-?dos?|open (?:loops?|threads?|ends?|tasks?|issues?|questions?)|loose ends|uncommitted|unpushed|in flight',
      ),
      0.7,
    ],
    [
      any(
        '(?:was|welche|ist|sind|gibt es|steht|stehen) .{0,30}?(?:offen|offene?[nrs]?|unfertig|unerledigt|ausstehend|übrig|zu tun|noch zu machen)|nicht eingecheckt|offene[nrs]? (?:punkten?|enden?|aufgaben?|fäden|themen|sachen|dingen?|baustellen?|fragen?)',
      ),
      1,
    ],
  ],
  find: [
    [
      any(
        'where (?:is|are|do|does|did)|find|search|show|list|which (?:file|commit|note)|who (?:wrote|changed|touched|said)|when (?:did|was|were)|what do (?:we|i|you) know|what (?:did|do) (?:i|we) (?:say|note|write|know)|what is|what are|tell me about|remember|recall|notes? (?:on|about)|anything about',
      ),
      0.6,
    ],
    [
      any(
        'wo (?:ist|sind|steht|liegt)|finde|suche?|zeige?|liste|welche[rs]? (?:datei|commit|notiz)|wer hat|wann (?:hat|habe|haben|wurde|war)|was weißt du|was wissen wir|was ist|was sind|erinnerst|notizen? (?:zu|über)|etwas (?:zu|über)',
      ),
      0.6,
    ],
  ],
  decide: [
    [
      any(
        'should (?:i|we)|shall (?:i|we)|which (?:one|option|is better|should)|better to|pros and cons|trade-?offs?|versus|vs|compare|or should|options for|weigh|what would you',
      ),
      0.9,
    ],
    [
      any(
        'soll(?:te|ten|en)? (?:ich|wir)|lieber|besser|vor- und nachteile|abwägen|entweder|vergleich|welche (?:option|möglichkeit)|was würdest du',
      ),
      0.9,
    ],
  ],
  act: [
    [
      /^\s*(?:please\s+|can you\s+|could you\s+|just\s+|now\s+)*(?:delete|remove|rename|commit|push|merge|rebase|run|execute|fix|write|create|add|install|deploy|refactor|format|update|move|revert|undo|drop|close|open a|start|stop|forget)\b/iu,
      0.9,
    ],
    [
      /^\s*(?:bitte\s+|kannst du\s+|könntest du\s+)*(?:lösche?|entferne?|benenne|committe?|pushe?|merge|führe|starte|stoppe?|schreibe?|erstelle|füge|installiere|behebe|verschiebe|vergiss|öffne)(?!\p{L})/iu,
      0.9,
    ],
  ],
};

export const TONES: Readonly<Record<Exclude<Tone, 'calm'>, readonly Sign[]>> = {
  tense: [
    [
      any(
        'wtf|damn|broken|breaks?|again\\?!|urgent|asap|stress(?:ed|ful)?|panic|on fire|production is down|deadline|stuck|hate|annoy(?:ed|ing)|frustrat\\w*|ugh|argh',
      ),
      0.7,
    ],
    [
      any(
        'verdammt|mist|scheiße|scheisse|kaputt|dringend|eilig|stress|panik|hänge fest|hasse|nervt|frust\\w*|frist',
      ),
      0.7,
    ],
    [/!{2,}|\?!|!\?/u, 0.5],
    [/(?:^|\s)\p{Lu}{4,}(?:\s+\p{Lu}{3,})+/u, 0.4],
  ],
  weary: [
    [
      any(
        "tired|exhausted|long day|late (?:night|here)|can't think|brain(?: is)? (?:dead|fried)|burn(?:ed|t) out|sleepy|enough for today",
      ),
      0.8,
    ],
    [any('müde|erschöpft|kaputt vom|langer tag|spät|kann nicht mehr denken|ausgebrannt|feierabend'), 0.8],
  ],
  curious: [
    [
      any('i wonder|curious|interesting|how does|how do|what if|explain|in detail|tell me more|deep dive'),
      0.5,
    ],
    [
      any(
        'ich frage mich|neugierig|interessant|wie funktioniert|was wäre wenn|erklär\\w*|ausführlich|genauer|erzähl mehr',
      ),
      0.5,
    ],
  ],
  playful: [
    [any('haha|lol|:\\)|;\\)|:d|fun|hehe|joke'), 0.4],
    [/[😀-😎🙃🤣😂😉]/u, 0.5],
  ],
  focused: [
    [any('quick(?:ly)?|short(?:ly)?|just|only|tl;?dr|one line|brief(?:ly)?|exactly|precisely'), 0.4],
    [any('kurz|schnell|nur|knapp|genau|in einem satz'), 0.4],
  ],
};

export const URGENCY: readonly Sign[] = [
  [
    any(
      'urgent(?:ly)?|asap|right now|immediately|quick(?:ly)?|hurry|deadline|in (?:\\d+|five|ten|a few) minutes|production|outage|down|before (?:the )?(?:demo|release|meeting)',
    ),
    0.6,
  ],
  [
    any(
      'dringend|sofort|schnell|eilig|gleich|jetzt gleich|frist|produktion|ausfall|vor (?:dem|der) (?:demo|release|termin|meeting)',
    ),
    0.6,
  ],
  [/!{2,}/u, 0.3],
];

export const LOAD: readonly Sign[] = [
  [
    any(
      'too (?:much|many)|overwhelmed|everything|so many|juggling|swamped|busy|no time|drowning|all at once|lost track|tired|exhausted|stressed',
    ),
    0.6,
  ],
  [
    any(
      'zu viel\\w*|überfordert|alles|so viele|keine zeit|viel zu tun|durcheinander|überblick verloren|müde|erschöpft|gestresst',
    ),
    0.6,
  ],
];

/** That something cannot be taken back, or hurts many: worth more than one look. */
export const STAKES = any(
  'delete|drop|production|release|security|credentials?|password|licen[cs]e|irreversib\\w+|data loss|migrat\\w+|breaking change|rewrite|force[- ]push|legal|customers?|money|löschen|verwerfen|produktion|sicherheit|passwort|lizenz|unumkehrbar|datenverlust|neu schreiben|kunden|geld',
);
