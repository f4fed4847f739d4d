import { Blank } from '../../parts/states.tsx';

export function ThoughtsRoute() {
  return <Blank whole icon="lightbulb" title="Thoughts" />;
}
