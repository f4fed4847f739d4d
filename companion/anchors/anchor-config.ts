/** A line longer than this is generated or data; its beginning identifies it well enough. Characters. */
export const TEXT_LIMIT = 500;

/** Context lines kept as text on each side. Reiss (2008) and LHDiff found that three or four give most. */
export const CONTEXT_LINES = 3;

/** Enclosing lines kept: block, function, class. The block alone (`} catch {`) is often as common as its line. */
export const ENCLOSING_LINES = 3;

/** Only for comparing indents: a file that mixes tabs and spaces keeps its order. */
export const TAB_WIDTH = 4;

/** Lines kept as hashes on each side: what tells one `}` from the next stands further away than its context. */
export const TRACE_LINES = 32;

/** How far new lines may push the trace apart before what lies behind them is given up. */
export const TRACE_REACH = 64;

/** Lines after which what stands there says a third as much about the anchor's line. */
export const TRACE_FADE = 4;

/** What a break in the sequence costs, as a share of the line behind it: one long gap beats two short ones. */
export const BREAK_COST = 0.5;

/** Letters and digits from which a line is fully telling; `}` tells a quarter of that. */
export const TELLING_LENGTH = 16;

/** An edited context line counts if it is at least this alike. */
export const CONTEXT_LIKENESS = 0.5;

/** Places that say the same, or alike, that are compared closely. */
export const CLOSE_PLACES = 12;

/** What decides between places. */
export const RANK_WEIGHTS = { text: 0.35, commonText: 0.2, trace: 0.4, enclosing: 0.15, position: 0.1 };

/** Lines of shift at which the old position says half as much. */
export const POSITION_SCALE = 20;

/** The least lead in rank over the next place. */
export const LEAST_LEAD = 0.02;

/** Edited text: the least likeness to the text as last seen, the least to the text at first, ... */
export const EDITED_LIKENESS = 0.3;
export const ORIGIN_LIKENESS = 0.25;

/** Lines with a word of the text that are looked at for an edited one. */
export const WORD_PLACES = 200;

/** From this confidence on, no other file is looked at. */
export const SURE = 0.75;

/** Other files looked at for one anchor. */
export const CANDIDATE_FILES = 20;

/** With so many neighbours unchanged on both sides, and in one place only, nothing else needs a look. */
export const INTACT_LINES = 12;
export const ODD_LINES = 3;

/** Lines over which one line is looked for when a formatter broke it. */
export const WRAPPED_LINES = 12;

export const REWRAPPED_LIKENESS = 0.95;
export const CONFIDENCE_WEIGHTS = { text: 0.3, context: 0.3, trace: 0.4, enclosing: 0.1 };
export const LEAST = { same: 0.55, fewer: 0.75, edited: 0.6 };
export const VACANCY_DOUBT = 4;

/** A context line that stands in more places than this does not tell where the anchor's surroundings are. */
export const GAP_PLACES = 4;

export const ELSEWHERE_FIT = 0.65;
export const ELSEWHERE_LEAD = 0.2;

export const EDITED_CREDIT = 0.9;
export const LEAST_FOUND = 0.75;

export const LEAST_ONLY = 0.4;

export const CLONE_LINES = 2;
export const CLONE_FIT = 0.75;
export const CLONE_LEAD = 0.03;
