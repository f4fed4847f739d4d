/** A label that would like a place: next to a point of the canvas. CSS pixels. */
export interface LabelWish {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** Kept free around the point: its radius. */
  readonly gap: number;
  readonly width: number;
  readonly height: number;
  /** The side on which it stood before: kept where that is possible. */
  readonly side?: Side;
}

export type Side = 'right' | 'left' | 'above' | 'below';

export interface LabelPlace {
  readonly index: number;
  readonly side: Side;
  /** Upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SIDES: readonly Side[] = ['right', 'left', 'above', 'below'];
/** Free pixels between two labels, and between a label and the edge. */
const APART = 3;
/** Of the grid in which those that stand already are found. */
const CELL = 64;

/**
 * Places labels in the order of the wishes, each on the first side that is free; what finds none is left out. No two
 * overlap, none leaves the canvas, none covers the point of another that was placed before it.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  canvas: { readonly width: number; readonly height: number },
  most: number,
): LabelPlace[] {
  const placed: LabelPlace[] = [];
  const grid = new Map<number, Box[]>();
  for (const wish of wishes) {
    if (placed.length >= most) break;
    const sides = wish.side ? [wish.side, ...SIDES.filter((side) => side !== wish.side)] : SIDES;
    for (const side of sides) {
      const box = { ...cornerOf(wish, side), width: wish.width, height: wish.height };
      if (!within(box, canvas) || taken(grid, box)) continue;
      placed.push({ index: wish.index, side, ...box });
      hold(grid, box);
      hold(grid, {
        x: wish.x - wish.gap,
        y: wish.y - wish.gap,
        width: wish.gap * 2,
        height: wish.gap * 2,
      });
      break;
    }
  }
  return placed;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function cornerOf({ x, y, gap, width, height }: LabelWish, side: Side): { x: number; y: number } {
  if (side === 'right') return { x: x + gap + 4, y: y - height / 2 };
  if (side === 'left') return { x: x - gap - 4 - width, y: y - height / 2 };
  if (side === 'above') return { x: x - width / 2, y: y - gap - 2 - height };
  return { x: x - width / 2, y: y + gap + 2 };
}

function within(box: Box, canvas: { readonly width: number; readonly height: number }): boolean {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  return box.x >= APART && box.y >= APART && right <= canvas.width - APART && bottom <= canvas.height - APART;
}

function taken(grid: ReadonlyMap<number, readonly Box[]>, box: Box): boolean {
  return cellsOf(box).some((cell) => grid.get(cell)?.some((other) => overlap(box, other)));
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + APART &&
    b.x < a.x + a.width + APART &&
    a.y < b.y + b.height + APART &&
    b.y < a.y + a.height + APART
  );
}

function hold(grid: Map<number, Box[]>, box: Box): void {
  for (const cell of cellsOf(box)) {
    const those = grid.get(cell);
    if (those) those.push(box);
    else grid.set(cell, [box]);
  }
}

/** The cells that a box touches, with what is kept free around it. */
function cellsOf({ x, y, width, height }: Box): number[] {
  const cells: number[] = [];
  for (let row = cellAt(y - APART); row <= cellAt(y + height + APART); row++)
    for (let column = cellAt(x - APART); column <= cellAt(x + width + APART); column++)
      cells.push(row * 4096 + column);
  return cells;
}

function cellAt(pixels: number): number {
  return Math.floor(pixels / CELL);
}
