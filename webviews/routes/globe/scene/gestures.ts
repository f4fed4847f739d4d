/** What a hand does to the globe. Pixels are CSS pixels on the canvas, times milliseconds. */
export interface Gestures {
  /** Anything at all: pressed, scrolled. */
  touch(): void;
  drag(right: number, down: number): void;
  /** Let go while moving: pixels a millisecond. */
  release(right: number, down: number): void;
  /** Above 1: nearer. */
  zoom(factor: number): void;
  /** Where a mouse or pen rests; null: elsewhere, or it presses. */
  point(at: { readonly x: number; readonly y: number } | null): void;
  click(at: { readonly x: number; readonly y: number }): void;
}

/** A press that moved less is a click. */
const STILL = 4;
/** A hand that paused so long before letting go throws nothing. */
const PAUSED = 60;

/** Listens until the returned function is called. */
export function listenTo(canvas: HTMLCanvasElement, gestures: Gestures): () => void {
  const held = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  let speed = { right: 0, down: 0, at: 0 };
  const listening = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ) => canvas.addEventListener(name, listener, { signal: listening.signal, passive: name !== 'wheel' });
  const spread = () => {
    const [a, b] = [...held.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : null;
  };

  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    if (held.size === 0) travelled = 0;
    held.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    speed = { right: 0, down: 0, at: event.timeStamp };
    canvas.style.cursor = 'grabbing';
    gestures.touch();
  });
  on('pointermove', (event) => {
    const at = { x: event.offsetX, y: event.offsetY };
    const before = held.get(event.pointerId);
    if (!before) return event.pointerType === 'touch' ? undefined : gestures.point(at);
    const wide = spread();
    held.set(event.pointerId, at);
    const [right, down] = [(at.x - before.x) / held.size, (at.y - before.y) / held.size];
    travelled += Math.hypot(right, down);
    const now = spread();
    if (wide !== null && now !== null && wide > 0) gestures.zoom(now / wide);
    if (travelled < STILL) return;
    gestures.point(null);
    gestures.drag(right, down);
    const ms = Math.max(1, event.timeStamp - speed.at);
    const kept = Math.exp(-ms / 40);
    speed = {
      right: speed.right * kept + (right / ms) * (1 - kept),
      down: speed.down * kept + (down / ms) * (1 - kept),
      at: event.timeStamp,
    };
  });
  const letGo = (event: PointerEvent) => {
    if (!held.delete(event.pointerId) || held.size > 0) return;
    canvas.style.cursor = '';
    const at = { x: event.offsetX, y: event.offsetY };
    if (event.type === 'pointerup' && travelled < STILL) gestures.click(at);
    else if (event.timeStamp - speed.at < PAUSED) gestures.release(speed.right, speed.down);
  };
  on('pointerup', letGo);
  on('pointercancel', letGo);
  on('pointerleave', () => gestures.point(null));
  on('wheel', (event) => {
    event.preventDefault();
    gestures.touch();
    const pixels = event.deltaY * (event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 16 : 400);
    // A trackpad's pinch comes as a wheel with small steps.
    gestures.zoom(Math.exp(-Math.max(-240, Math.min(240, pixels)) * (event.ctrlKey ? 0.01 : 0.0014)));
  });
  return () => listening.abort();
}
