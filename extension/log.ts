import * as vscode from 'vscode';
import type { Logger } from '../companion/kernel/index.ts';

/** The output channel "Progeny" as a structured logger. Fields never hold what a user wrote. */
export function createLog(): Logger & { show(): void; dispose(): void } {
  const channel = vscode.window.createOutputChannel('Progeny', { log: true });
  const line = (fields: object, message: string) => {
    const text = JSON.stringify(fields);
    return text === '{}' ? message : `${message} ${text}`;
  };
  return {
    debug: (fields, message) => channel.debug(line(fields, message)),
    info: (fields, message) => channel.info(line(fields, message)),
    warn: (fields, message) => channel.warn(line(fields, message)),
    error: (fields, message) => channel.error(line(fields, message)),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}
