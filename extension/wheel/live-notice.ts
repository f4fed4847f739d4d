import * as vscode from 'vscode';
import type { LiveNotice } from './run-desk.ts';

/** A progress notification that lives until it is closed here; a Cancel is told once. */
export function liveNotice(cancelled: () => void): LiveNotice {
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  let progress: vscode.Progress<{ message?: string; increment?: number }> | null = null;
  let wanted: { readonly text: string; readonly percent: number | null } | null = null;
  let shown = '';
  let reached = 0;
  const draw = () => {
    // The editor calls back a moment later, and draws nothing that was told before.
    if (!progress || !wanted) return;
    const { text, percent } = wanted;
    const key = `${percent} ${text}`;
    if (key === shown) return;
    shown = key;
    // The bar counts in steps, and runs on its own where none is given.
    const step = percent === null ? {} : { increment: Math.max(0, percent - reached) };
    reached = Math.max(reached, percent ?? 0);
    progress.report({ message: text, ...step });
  };
  void vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true },
    (begun, token) => {
      progress = begun;
      draw();
      token.onCancellationRequested(() => {
        close();
        cancelled();
      });
      return closed;
    },
  );
  return {
    report(text, fraction) {
      wanted = { text, percent: fraction === null ? null : Math.round(fraction * 100) };
      draw();
    },
    close,
  };
}
