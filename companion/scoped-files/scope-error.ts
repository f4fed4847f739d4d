import { ProgenyError } from '../protocol/index.ts';

/**
 * Something that is not done to a path. `breach`: it asked for more than any contract allows (out of the folder, into
 * what the deny list names, through a link); otherwise it is merely in the way.
 */
export class ScopeError extends ProgenyError {
  readonly breach: boolean;
  readonly path: string;

  constructor(path: string, why: string, breach: boolean) {
    super(breach ? 'forbidden' : 'conflict', `${JSON.stringify(clip(path))}: ${why}`, { breach });
    this.name = 'ScopeError';
    this.breach = breach;
    this.path = path;
  }
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
