// What the modules of the extension that a test loads need of `vscode`. `withFakeVscode` puts it in its place.
import { registerHooks } from 'node:module';

export class Uri {
  readonly fsPath: string;
  readonly scheme = 'file';
  constructor(fsPath: string) {
    this.fsPath = fsPath;
  }
  static file(fsPath: string): Uri {
    return new Uri(fsPath);
  }
  static joinPath(base: Uri, ...parts: string[]): Uri {
    return new Uri([base.fsPath, ...parts].join('/'));
  }
  toString(): string {
    return `file://${this.fsPath}`;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Location {
  readonly uri: Uri;
  readonly position: Position;
  constructor(uri: Uri, position: Position) {
    this.uri = uri;
    this.position = position;
  }
}

export class CancellationTokenSource {
  readonly #listeners = new Set<() => void>();
  cancelled = false;
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void) => {
      this.#listeners.add(listener);
      return { dispose: () => void this.#listeners.delete(listener) };
    },
  };
  cancel(): void {
    this.cancelled = true;
    this.token.isCancellationRequested = true;
    for (const listener of [...this.#listeners]) listener();
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class LanguageModelTextPart {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

export class LanguageModelToolResult {
  readonly content: readonly LanguageModelTextPart[];
  constructor(content: readonly LanguageModelTextPart[]) {
    this.content = content;
  }
}

export const LanguageModelChatMessage = {
  User: (content: string) => ({ role: 'user', content }),
  Assistant: (content: string) => ({ role: 'assistant', content }),
};

type Handler = (...args: never[]) => unknown;
interface Tool {
  invoke(
    options: { input: unknown },
    token: CancellationTokenSource['token'],
  ): Promise<LanguageModelToolResult>;
}

export const participants = new Map<string, { handler: Handler; iconPath?: Uri; dispose(): void }>();
export const tools = new Map<string, Tool>();

export const chat: { createChatParticipant?: (id: string, handler: Handler) => object } = {
  createChatParticipant(id, handler) {
    const made = { handler, dispose: () => void participants.delete(id) };
    participants.set(id, made);
    return made;
  },
};

export const lm: {
  registerTool?: (name: string, tool: Tool) => object;
  selectChatModels?: () => Promise<unknown[]>;
} = {
  registerTool(name, tool) {
    tools.set(name, tool);
    return { dispose: () => void tools.delete(name) };
  },
  selectChatModels: () => Promise.resolve([]),
};

export const window: { activeTextEditor: unknown } = { activeTextEditor: undefined };

/** From now on `vscode` is this module, for what is imported later. */
export function withFakeVscode(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  });
}
