// Swaps a folder and a link in its place, as fast as it can, until it is told to stop.
import { renameSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { folder, link, aside, stop } = workerData as {
  folder: string;
  link: string;
  aside: string;
  stop: SharedArrayBuffer;
};
const state = new Int32Array(stop);
const move = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch {
    // The other one was faster.
  }
};
while (Atomics.load(state, 0) === 0) {
  move(folder, aside);
  move(link, folder);
  Atomics.add(state, 1, 1);
  move(folder, link);
  move(aside, folder);
}
