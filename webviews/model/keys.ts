/** Where a key leads from entry `at` of `length`; null for a key that leads nowhere. */
export function nextIndex(key: string, at: number, length: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return (at <= 0 ? length : at) - 1;
  if (key === 'Home') return 0;
  return key === 'End' ? length - 1 : null;
}
