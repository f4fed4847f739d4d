import { Blank } from '../../parts/states.tsx';

export function MasksRoute() {
  return <Blank whole icon="smiley" title="Advisers" />;
}
