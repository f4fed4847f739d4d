import { Blank } from '../../parts/states.tsx';

export function JobsRoute() {
  return <Blank whole icon="server-process" title="Background work" />;
}
