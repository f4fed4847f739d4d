import type { ProjectName } from './life-types.ts';

/** A theme of the demo's life: its words, the branches that are about it, and how a small thing shows that it is. */
export interface Topic {
  readonly name: readonly string[];
  readonly project: ProjectName;
  readonly branches: RegExp;
  readonly words: RegExp;
}

export const TOPICS: readonly Topic[] = [
  topic(
    'tern',
    ['quotes', 'fields', 'dialect'],
    /crlf|sniffing|lone-quote|token/,
    /quote|delimit|dialect|header|trailing|pipe|RFC|empty field|row numbers|comments in files/i,
  ),
  topic(
    'tern',
    ['encoding', 'bytes', 'UTF-16'],
    /bom|encoding|icu|latin1/,
    /encod|UTF-16|latin|\bBOM\b|bytes/i,
  ),
  topic(
    'tern',
    ['stream', 'chunks', 'speed'],
    /stream|slices|chunk|typed/,
    /stream|chunk|MB\/s|SIMD|bench|kB minified|columns/i,
  ),
  topic(
    'harbor',
    ['boats', 'slots', 'bookings'],
    /double|dst|waiting|ical/,
    /boat|booking|slot|calendar|river|guests|waiting list|no-show/i,
  ),
  topic(
    'harbor',
    ['queue', 'reminders', 'mail'],
    /reminder|worker|retry|sms/,
    /reminder|mail|queue|SMS|bounced|worker/i,
  ),
  topic(
    'harbor',
    ['database', 'migration', 'backup'],
    /migrations|pool/,
    /postgres|vacuum|slow query|backup|migration|\bindex\b|restored/i,
  ),
  topic(
    'harbor',
    ['sign-in', 'sessions', 'passkeys'],
    /passkey|session/,
    /sign-in|signed out|passkey|certificate|phone number|password/i,
  ),
  topic('harbor', ['invoices', 'pages', 'sums'], /invoice/, /invoice|treasurer|tax/i),
  topic(
    'harbor',
    ['release', 'rollback', 'Tuesday'],
    /^$/,
    /^Released|^Rolled|no errors in the first|harbor is released|harbor runs on|server/i,
  ),
  topic(
    'packrat',
    ['undo', 'journal', 'moves'],
    /undo|dry-run|cross-device|trash/,
    /undo|journal|moves|plan had|without asking/i,
  ),
  topic(
    'packrat',
    ['walking', 'duplicates', 'names'],
    /walk|symlink|dedupe|unicode/,
    /photo|path of|file system|duplicate|GB on|complete: it waits|case-insens|files moved/i,
  ),
  topic(
    'packrat',
    ['rules', 'configuration', 'conditions'],
    /rule|config|watch/,
    /rule|YAML|config|packrat explain|manual page|paths/i,
  ),
  topic(
    'handbook',
    ['guides', 'readers', 'words'],
    /getting|dialect|migration|tone|berth/,
    /guide|page about|readers|typos|reference|option|question|writing/i,
  ),
  topic(
    'handbook',
    ['search', 'build', 'links'],
    /search|links|cache|theme|versions/,
    /search|build|pages with|theme|contrast/i,
  ),
];

function topic(project: ProjectName, name: readonly string[], branches: RegExp, words: RegExp): Topic {
  return { name, project, branches, words };
}

/** The number of the theme of something; null for what has none. */
export function topicOf(
  project: ProjectName | null,
  what: { readonly branch?: string | undefined; readonly text: string },
): number | null {
  const fits = (each: Topic) =>
    each.project === project && (what.branch ? each.branches.test(what.branch) : each.words.test(what.text));
  const found = TOPICS.findIndex(fits);
  return found < 0 ? null : found;
}
