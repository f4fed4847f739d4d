import type { Gathered } from '../gather.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Extract } from '../statement.ts';
import type { Asked } from '../what-is-asked.ts';
import { find } from './find.ts';
import { open } from './open.ts';
import { resume } from './resume.ts';
import { why } from './why.ts';

/** The answer that needs no model: what is known, in its own words, each with its source. */
export async function extract(asked: Asked, knowledge: Knowledge, gathered: Gathered): Promise<Extract> {
  const { intent } = asked.perception;
  if (intent === 'resume') return resume(knowledge, asked.now);
  if (intent === 'open') return open(asked, knowledge);
  if (intent === 'why') return why(asked, knowledge, gathered.sources, gathered.history);
  const found = find(asked, gathered.sources, gathered.history);
  if (intent === 'act')
    return lead('Nothing was run or changed: here Progeny only answers. This is what is known of it.', found);
  if (intent === 'decide' && found.known)
    return lead('Without a model nothing is weighed here; this is what speaks to it.', found);
  return found;
}

function lead(text: string, { statements, known }: Extract): Extract {
  const head = known ? text : text.replace(/ This is what is known of it\.$/, '');
  return { statements: [{ text: head, sources: [] }, ...statements], known };
}
