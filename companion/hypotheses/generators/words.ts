/** Minutes since midnight as the clock shows them: "09:10"; past the next midnight it goes on from there. */
export function clockTime(minute: number): string {
  const within = Math.round(minute) % 1440;
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
