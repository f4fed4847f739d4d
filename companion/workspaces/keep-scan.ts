import type { Scan } from '../loops/index.ts';
import type { Mind } from '../store/index.ts';

/** Keeps what a folder's reading found, for the next start: its brief is there at once, and notes in the code are known. */
export function keepScan(mind: Mind, workspace: string, scan: Scan): void {
  mind.record((writer) =>
    writer.run(
      'UPDATE workspaces SET scan = ?, scanned_at = ? WHERE id = ?',
      JSON.stringify(scan),
      scan.at,
      workspace,
    ),
  );
}
