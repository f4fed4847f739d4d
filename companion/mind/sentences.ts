/** Where a point ends no sentence. */
const SHORT =
  /(?:^|[\s(])(?:e\.g|i\.e|z\.B|d\.h|u\.a|bzw|vgl|ca|cf|vs|etc|approx|Dr|Mr|Mrs|Ms|Prof|St|No|Nr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mo|Di|Mi|Do|Fr|Sa|So|\p{L}|\d{1,2})\.$/iu;
/** The end of a sentence, with the quotes, brackets and citations that belong to it, and then space. */
const END =
  /(?<![.!?…。！？؟⁇⁈⁉‽❓❔⸮﹖︖\u037e])(?:[.!?…。！？؟⁇⁈⁉‽❓❔⸮﹖︖\u037e]\ufe0f?)+["'”’»)\]]*(?:\s*\[[^\]\n]{0,24}\])*(?=\s)/gu;
/** A sentence that does not end is cut here. */
const LONGEST = 600;
/** Behind a sentence so much is looked at for the citations that belong to it. */
const BEHIND = 60;

/** Takes text in pieces and gives it back in sentences, as soon as it is certain where each ends. */
export class Sentences {
  #rest = '';

  push(chunk: string): string[] {
    this.#rest += chunk;
    const whole: string[] = [];
    for (let end = this.#next(); end !== null; end = this.#next()) {
      whole.push(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end);
    }
    return whole.filter((each) => each.trim() !== '');
  }

  /** What is left, at the end. */
  end(): string[] {
    const rest = this.#rest;
    this.#rest = '';
    return rest.trim() === '' ? [] : [rest];
  }

  #next(): number | null {
    const line = this.#rest.indexOf('\n');
    for (const match of this.#rest.slice(0, LONGEST + BEHIND).matchAll(END)) {
      const end = match.index + match[0].length;
      // What lies further on may not be there yet: where it is cut must not depend on how the text comes.
      if ((line >= 0 && line < match.index) || end > LONGEST) break;
      if (SHORT.test(this.#rest.slice(0, match.index + 1))) continue;
      // A citation may follow: it belongs to this sentence.
      const after = this.#rest.slice(end).trimStart();
      if (/^(?:\[[^\]\n]{0,24}\]\s*)*(?:\[[^\]\n]{0,24})?$/.test(after)) return null;
      return end;
    }
    if (line >= 0 && line <= LONGEST) return line + 1;
    return this.#rest.length > LONGEST ? cutAt(this.#rest) : null;
  }
}

function cutAt(text: string): number {
  const space = text.lastIndexOf(' ', LONGEST);
  return space > LONGEST / 2 ? space : LONGEST;
}

/** All sentences of a text. Pure. */
export function sentencesOf(text: string): string[] {
  const sentences = new Sentences();
  return [...sentences.push(text), ...sentences.end()];
}
