import { Blank } from '../../parts/states.tsx';

export function DashboardRoute() {
  return <Blank whole icon="dashboard" title="How it goes" />;
}
