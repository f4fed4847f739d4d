import type { Ballot, Mask } from '../../../companion/protocol/index.ts';
import { MaskFace } from '../../parts/mask-face.tsx';

interface Props {
  ballots: readonly Ballot[];
  masks: readonly Mask[];
}

/** The faces of those who voted; their names to those who listen, and on hover. */
export function Voters({ ballots, masks }: Props) {
  const faces = ballots.flatMap(({ voter, name, archetype }) =>
    archetype ? [{ voter, name, archetype, tone: masks.find(({ id }) => id === voter)?.tone ?? 'calm' }] : [],
  );
  if (faces.length === 0) return null;
  return (
    <p class="voters">
      <span class="unseen">Voted: {faces.map(({ name }) => name).join(', ')}</span>
      {faces.map(({ voter, name, archetype, tone }) => (
        <span key={voter} title={name}>
          <MaskFace id={voter} archetype={archetype} tone={tone} size={20} />
        </span>
      ))}
    </p>
  );
}
