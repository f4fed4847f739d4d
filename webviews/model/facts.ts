import type { Loop } from '../../companion/protocol/index.ts';
import { count } from './words.ts';

/** A measured fact; where it is a moment, `at` says when. */
export interface Fact {
  name: string;
  text: string;
  at?: number;
}

/** What was measured about a loop, each in words and with its unit. */
export function factsOf({ facts }: Loop): Fact[] {
  const rows: Fact[] = [];
  const add = (name: string, text: string, at?: number) =>
    rows.push({ name, text, ...(at !== undefined && { at }) });
  if (facts.uncommittedFiles !== undefined) {
    const lines =
      facts.insertions === undefined ? '' : `, +${facts.insertions} −${facts.deletions ?? 0} lines`;
    add('Uncommitted', `${count(facts.uncommittedFiles, 'file')}${lines}`, facts.uncommittedSince);
  }
  if (facts.unpushed !== undefined) add('Not pushed', count(facts.unpushed, 'commit'), facts.unpushedSince);
  if (facts.ahead !== undefined) add('Ahead', count(facts.ahead, 'commit'));
  if (facts.behind !== undefined) add('Behind', count(facts.behind, 'commit'));
  if (facts.conflicts !== undefined) add('Conflicts', count(facts.conflicts, 'file'));
  if (facts.writtenAt !== undefined) add('Line written', '', facts.writtenAt);
  if (facts.changesSince !== undefined) add('File changed since', count(facts.changesSince, 'time'));
  if (facts.author !== undefined) add('Author', facts.author);
  return rows;
}
