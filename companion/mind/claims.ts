import { namesIn } from './names.ts';

/** Sentences about the answer itself: that something is not known. */
const UNKNOWN: readonly RegExp[] = [
  /^(?:sorry[,;]?\s+)?(?:but\s+)?i\s+(?:do\s*n[o']t|don['’]t|cannot|can['’]?t|could\s*n[o']t)\s+(?:know|see|find|tell|say)\b[^,;:]{0,80}\.?$/i,
  /^(?:nothing\s+(?:is|was|here\s+is)\s+(?:known|recorded|remembered|noted|said|written|found)|no\s+source|none\s+of\s+(?:the|these)\s+sources|the\s+sources?\s+do(?:es)?\s+not|the\s+sources?\s+don['’]t)\b[^,;:]{0,80}\.?$/i,
  /^(?:das\s+)?(?:weiß|weiss)\s+ich\s+nicht\.?$/i,
  /^(?:darüber|dazu|davon)\s+(?:ist|steht)\s+(?:mir\s+)?nichts\b[^,;:]{0,60}\.?$/i,
  /^die\s+quellen\s+sagen\b[^,;:]{0,60}\bnicht[^,;:]{0,40}\.?$/i,
];
/** Words by which a sentence speaks of this work or of those who do it. */
const ABOUT =
  /\b(?:we|us|our|ours|you|your|yours|they|their|he|she|his|her|i|my|me|this|that|these|those|it|its|here|there|the|yesterday|today|ago|last|recently|earlier|previously|now|currently)\b|\b(?:commit|branch|file|folder|repo|repositor|test|decision|decid|chose|chosen|pick|whisper|note|loop|thread|todo|fixme|bug|fix|merge|rebase|release|version|function|class|module|project|author|line|build|deploy|migrat|refactor|team|memory|record)\w*/i;
const ABOUT_GERMAN =
  /(?<!\p{L})(?:wir|uns|unser\w*|du|dein\w*|ihr|sie|er|ich|mein\w*|dies\w*|hier|dort|der|die|das|den|dem|gestern|heute|zuletzt|entschied\w*|entscheidung\w*|datei\w*|zweig\w*|notiz\w*|projekt\w*|gewählt|fehler\w*|zeile\w*)(?!\p{L})/iu;
/** A name in the middle of a sentence, or a word that only code has. */
const NAMED = /(?<=[\p{L}\p{N},;:]\s)\p{Lu}\p{L}+|\p{Ll}\p{Lu}|\w_\w|\d/u;

/** Whether a sentence says that something is not known, and nothing else. Pure. */
export function isUnknown(sentence: string): boolean {
  return UNKNOWN.some((pattern) => pattern.test(sentence.trim())) && !hasNames(sentence);
}

/**
 * Whether a sentence says something about the workspace, its files, commits, people or decisions. When in doubt it does:
 * what is left are questions, general sentences, and those that say that something is not known. Pure.
 */
export function isClaim(sentence: string): boolean {
  if (isUnknown(sentence)) return false;
  return hasNames(sentence) || ABOUT.test(sentence) || ABOUT_GERMAN.test(sentence) || NAMED.test(sentence);
}

function hasNames(sentence: string): boolean {
  const { files, hashes, ids } = namesIn(sentence);
  return files.length + hashes.length + ids.length > 0;
}
