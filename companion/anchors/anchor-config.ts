// The numbers behind the rules. Those without a reason of their own were chosen on simulated histories (see
// test/unit/anchors) of two libraries and of generated code, and then checked on other code and other seeds.

/** A longer line is generated or data; its beginning identifies it well enough. Characters. */
export const TEXT_LIMIT = 500;

/** Context lines kept as text on each side. Reiss (2008) and LHDiff (2013) found that 3 or 4 give most. */
export const CONTEXT_LINES = 3;

/** Enclosing lines kept: block, function, class. A block alone (`} catch {`) is as common as the line in it. */
export const ENCLOSING_LINES = 3;

/** Only for comparing indents: a file that mixes tabs and spaces keeps its order. */
export const TAB_WIDTH = 4;

/** Lines kept as hashes on each side: what tells one `}` from the next stands further away than its context. */
export const TRACE_LINES = 32;

/** How far inserted lines may push the trace apart before what lies behind them is given up. */
export const TRACE_REACH = 64;

/** Lines after which what stands there says a third as much about the anchor's line. */
export const TRACE_FADE = 4;

/** What a gap costs, as a share of a telling line at its place: a run of two is worth more than two ones. */
export const GAP_COST = 0.5;

/** Letters and digits that make a line fully telling; without any it tells a quarter of that. */
export const TELLING_LENGTH = 16;

/** A context line that was edited counts from this likeness on, and a little less than an unchanged one. */
export const CONTEXT_LIKENESS = 0.5;
export const EDITED_CREDIT = 0.9;

/** A context line that stands in more places than this does not say where the surroundings are now. */
export const GUIDE_PLACES = 4;

/** With so many unchanged neighbours on both sides, nothing else needs a look ... */
export const INTACT_LINES = 12;
/** ... unless another place that says the same has as many as this. */
export const ODD_LINES = 3;

/** Places that are compared closely; more of them are only glanced at. */
export const CLOSE_PLACES = 12;

/** Lines that share a word with the text and are tried for its edited form. */
export const WORD_PLACES = 200;

/** What decides between places. That a common text is the same decides less than where it stands. */
export const RANK_WEIGHTS = {
  text: 0.35,
  commonText: 0.2,
  context: 0.1,
  trace: 0.3,
  enclosing: 0.15,
  position: 0.1,
};

/** Lines of shift at which the old position says half as much. */
export const POSITION_SCALE = 20;

/** The least lead in rank over the next place, for the same text and for an edited one. */
export const LEAST_LEAD = { same: 0.04, edited: 0.05 };

/** What a place's fit is made of. */
export const FIT_WEIGHTS = { text: 0.2, context: 0.4, trace: 0.6, enclosing: 0.12 };

/** The least fit: as many lines as before say the same; fewer do, so that one was deleted; edited; lost before. */
export const LEAST_FIT = { same: 0.5, fewer: 0.7, edited: 0.6, lost: 0.75 };

/** Doubt when the surroundings fit better somewhere without the line, as if it was deleted there. */
export const VACANCY_DOUBT = 2;

/** Doubt when lines that said the same are gone; whole when half of them are. */
export const FEWER_DOUBT = 0.2;

/** A text that is the only one of its kind, then and now, is found wherever it is; with some fit if it was lost. */
export const ONLY_CONFIDENCE = 0.6;
export const ONLY_FIT = 0.4;

/** An edited line must be this alike to the text as last seen, and this to what it said at first. */
export const EDITED_LIKENESS = 0.3;
export const ORIGIN_LIKENESS = 0.25;

/** Likeness of a line that a formatter wrapped, or that was commented out or in: the same, but for its form. */
export const REFORMED_LIKENESS = 0.95;

/** Lines over which a wrapped line is looked for. */
export const WRAPPED_LINES = 12;

/** A clone has so many of the same neighbours on both sides, and fits the surroundings at least this well. */
export const CLONE_LINES = 2;
export const CLONE_FIT = 0.75;
/** How much better than a clone a place must fit when clones are missing, ... */
export const CLONE_LEAD = 0.03;
/** ... and how much worse one that changed may fit and still count as one. */
export const CLONE_SLACK = 0.2;

/** Other files looked at for one anchor. */
export const CANDIDATE_FILES = 20;

/** In another file, the least fit, the least lead over the surroundings left at home, and over the next file. */
export const ELSEWHERE_FIT = { same: 0.65, edited: 0.85 };
export const ELSEWHERE_HOME_LEAD = 0.2;
export const ELSEWHERE_LEAD = 0.05;
