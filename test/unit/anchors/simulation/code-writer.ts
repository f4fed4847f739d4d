import { type Random, randomInt } from '../../../../companion/kernel/index.ts';

const NOUNS =
  'user order session token cache event record parser cursor buffer client request response payload window queue worker report invoice ledger widget filter vector matrix channel'.split(
    ' ',
  );
const VERBS = 'load save parse build find merge update render check resolve collect append remove'.split(' ');
const NOTES = [
  'TODO: handle errors',
  'TODO: remove this',
  'FIXME',
  'TODO',
  'HACK: works around a slow start',
];

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[randomInt(random, items.length)]!;
}

export type Language = 'typescript' | 'python' | 'go' | 'data';
export const LANGUAGES: readonly Language[] = ['typescript', 'python', 'go', 'data'];

/** Writes lines that look like code: few words, many repeats, the same idioms over and over. */
export class CodeWriter {
  readonly #random: Random;
  readonly language: Language;

  constructor(random: Random, language: Language) {
    this.#random = random;
    this.language = language;
  }

  file(functions: number): string[] {
    const lines: string[] = [];
    for (let i = 0; i < 4; i++) lines.push(this.importLine());
    for (let i = 0; i < functions; i++) lines.push('', ...this.functionLines());
    return lines;
  }

  importLine(): string {
    const noun = this.#noun();
    if (this.language === 'python') return `from app.${noun} import ${this.#verb()}_${noun}`;
    if (this.language === 'go') return `import "app/${noun}/${this.#verb()}"`;
    if (this.language === 'data') return `# ${noun} ${this.#verb()}`;
    return `import { ${this.#verb()}${capital(noun)} } from './${noun}.ts';`;
  }

  functionLines(): string[] {
    const name = `${this.#verb()}${capital(this.#noun())}${capital(this.#noun())}`;
    const noun = this.#noun();
    const unit = this.language === 'go' ? '\t' : this.language === 'typescript' ? '  ' : '    ';
    const body = this.#block(2 + randomInt(this.#random, 6), 0).map((line) => (line ? unit + line : line));
    if (this.language === 'python') return [`def ${snake(name)}(${noun}):`, ...body];
    if (this.language === 'go') return [`func ${name}(${noun} string) error {`, ...body, '}'];
    if (this.language === 'data') return [`${snake(name)}:`, ...body];
    return [`export function ${name}(${noun}: string): void {`, ...body, '}'];
  }

  /** A few lines for somewhere inside a function, without indent. */
  statements(count: number): string[] {
    return this.#block(count, 1);
  }

  #block(count: number, depth: number): string[] {
    const lines: string[] = [];
    for (let i = 0; i < count; i++) lines.push(...this.#statement(depth));
    // Nobody writes below a return; so it ends a block or is not there.
    if (depth === 0 && this.#random.next() < 0.5) lines.push(this.#nothing());
    return lines;
  }

  #statement(depth: number): string[] {
    const roll = this.#random.next();
    const noun = this.#noun();
    const other = this.#noun();
    if (this.language === 'data') {
      if (roll < 0.12) return ['enabled: true'];
      if (roll < 0.2) return [`# ${pick(this.#random, NOTES)}`];
      return [`${noun}_${other}: ${randomInt(this.#random, 1000)}`];
    }
    const semi = this.language === 'typescript' ? ';' : '';
    const comment = this.language === 'python' ? '#' : '//';
    if (roll < 0.1) return [`${comment} ${pick(this.#random, NOTES)}`];
    if (roll < 0.2) return [''];
    if (roll < 0.38 && depth < 2) return this.#branch(noun, depth);
    if (roll < 0.6) return [`${noun}.${this.#verb()}(${other})${semi}`];
    const declare = this.language === 'python' ? '' : this.language === 'go' ? 'var ' : 'const ';
    return [
      `${declare}${noun}${randomInt(this.#random, 3)} = ${this.#verb()}${capital(other)}(${noun}, ${randomInt(this.#random, 9)})${semi}`,
    ];
  }

  #branch(noun: string, depth: number): string[] {
    const unit = this.language === 'go' ? '\t' : this.language === 'typescript' ? '  ' : '    ';
    const body = [...this.#block(1 + randomInt(this.#random, 2), depth + 1), this.#nothing()];
    const inner = body.map((line) => (line ? unit + line : line));
    if (this.language === 'python') return [`if ${noun} is None:`, ...inner];
    if (this.language === 'go') return [`if ${noun} == nil {`, ...inner, '}'];
    if (this.#random.next() < 0.3)
      return ['try {', ...inner, '} catch (error) {', `${unit}return null;`, '}'];
    return [`if (!${noun}) {`, ...inner, '}'];
  }

  #nothing(): string {
    if (this.language === 'typescript') return 'return null;';
    if (this.language === 'data') return 'enabled: true';
    return this.language === 'python' ? 'return None' : 'return nil';
  }

  #noun(): string {
    return pick(this.#random, NOUNS);
  }

  #verb(): string {
    return pick(this.#random, VERBS);
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
