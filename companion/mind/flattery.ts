const PRAISE =
  'great|good|excellent|fantastic|wonderful|amazing|awesome|brilliant|impressive|outstanding|perfect|superb|terrific|stellar|fabulous|incredible|remarkable|insightful|thoughtful|smart|clever|nice|lovely|beautiful|splendid|marvell?ous|exceptional|phenomenal|well done';
const OBJECT =
  'question|job|work|point|idea|thinking|choice|instinct|thought|observation|catch|call|move|start|progress|effort|decision|developer|engineer|programmer|coder|mind|taste|approach|insight|eye';
const GERMAN =
  'tolle?[rs]?|super|großartige?[rs]?|grossartige?[rs]?|ausgezeichnete?[rs]?|hervorragende?[rs]?|wunderbare?[rs]?|fantastische?[rs]?|brillante?[rs]?|spannende?[rs]?|kluge?[rs]?|gute?[rs]?|schöne?[rs]?';

const FLATTERY: readonly RegExp[] = [
  new RegExp(`\\b(?:${PRAISE})\\s+(?:\\w+\\s+)?(?:${OBJECT})s?\\b`, 'i'),
  new RegExp(`\\bwhat\\s+an?\\s+(?:\\w+\\s+)?(?:${PRAISE}|${OBJECT})\\b`, 'i'),
  new RegExp(
    `\\b(?:you|you're|you are|your \\w+(?: \\w+)?)\\s*(?:is|are|'re|did|do|have|made)?\\s+(?:an?\\s+|so\\s+|really\\s+|truly\\s+|absolutely\\s+|such\\s+an?\\s+|very\\s+|quite\\s+)*(?:${PRAISE}|genius|talented|gifted|on fire|a star|the best)\\b`,
    'i',
  ),
  /\b(?:i'?m|i am|i'd be|i would be)\s+(?:so\s+|really\s+|very\s+|truly\s+)*(?:impressed|glad|happy|delighted|thrilled|honou?red|excited|proud|pleased)\b/i,
  /\b(?:i\s+(?:love|admire|appreciate|adore)|love|kudos|bravo|congratulations|congrats|hats off|way to go|nailed it|crushed it|keep (?:it )?up|thank you for asking|thanks for asking|you rock|you're right to)\b/i,
  /\bgenius\b|\bmasterpiece\b|\bworld-class\b/i,
  new RegExp(
    `(?<![\\p{L}])(?:${GERMAN})\\s+(?:frage|arbeit|idee|leistung|gedanke|wahl|entscheidung)(?![\\p{L}])`,
    'iu',
  ),
  /(?<!\p{L})(?:gut gemacht|weiter so|glückwunsch|respekt|hut ab|ich (?:bin|wäre) (?:sehr )?(?:beeindruckt|froh|begeistert)|ich freue mich|beeindruckend|genial)(?!\p{L})/iu,
];
/** "Great question, …": the rest may be worth something. */
const OPENING = new RegExp(
  `^\\s*(?:(?:(?:that'?s|that is|this is|what)\\s+)?(?:an?\\s+)?(?:\\w+\\s+)?(?:${PRAISE}|${GERMAN})\\s+(?:${OBJECT}|frage|idee)|sure|certainly|of course|absolutely|definitely|gladly|gerne|natürlich|klar)\\s*[,;:—–-]+\\s*`,
  'iu',
);

/** The sentence without praise at its head; empty where it is praise. Pure. */
export function withoutFlattery(sentence: string): string {
  const rest = sentence.replace(OPENING, '');
  if (isFlattery(rest)) return '';
  return rest === sentence ? sentence : rest.slice(0, 1).toUpperCase() + rest.slice(1);
}

export function isFlattery(text: string): boolean {
  return FLATTERY.some((pattern) => pattern.test(text));
}
