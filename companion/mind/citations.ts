/** Numbers of sources as models write them: "[1]", "[1, 2]", "[1-3]", "[^1]", "【1†source】", "[source 2]". */
const MARK =
  /[[【［]\s*\^?(?:sources?|citations?|quellen?|refs?)?[\s#:.]*(\d{1,6}(?:\s*(?:[,;&]|and|und|-|–)\s*#?\d{1,6})*)[^\]】］\n]{0,24}[\]】］]/giu;
/** What is left in brackets and reads like a citation of something that has no number. */
const UNNUMBERED = /[[【]\s*(?:citations?(?: needed)?|sources?|refs?|quellen?|n)\s*[\]】]/giu;

/**
 * A sentence with its citations written as "[1][2]" behind each other, those that `resolves` refuses left out. `numbers`
 * are those that stand in it. Pure.
 */
export function tidyCitations(
  sentence: string,
  resolves: (n: number) => boolean,
): { text: string; numbers: number[]; invented: number } {
  const numbers: number[] = [];
  let invented = 0;
  const text = sentence
    .replace(MARK, (_, list: string) => {
      const named = numbersOf(list);
      const good = named.filter(resolves);
      invented += named.length - good.length;
      numbers.push(...good);
      return good.map((n) => ` [${n}]`).join('');
    })
    .replace(UNNUMBERED, () => {
      invented++;
      return '';
    })
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/\] \[(?=\d)/g, '][')
    .replace(/[ \t]+([.,;:!?])/g, '$1');
  return { text, numbers: [...new Set(numbers)], invented };
}

function numbersOf(list: string): number[] {
  const range = /^(\d+)\s*[-–]\s*#?(\d+)$/.exec(list.trim());
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    return to >= from && to - from < 20
      ? Array.from({ length: to - from + 1 }, (_, i) => from + i)
      : [from, to];
  }
  return [...list.matchAll(/\d+/g)].map(([n]) => Number(n));
}
