/** What an agent calls itself, fit for a tag and a label; never more than that. Pure. */
export function agentName(given: string | undefined): string {
  const plain = (given ?? '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...plain].slice(0, 60).join('').trim() || 'unknown';
}
