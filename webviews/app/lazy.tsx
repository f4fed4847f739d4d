import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Blank, Skeleton } from '../parts/states.tsx';

/** Shows a component whose code is fetched when it is first needed. `name` tells one from another. */
export function Lazy<P extends object>({ name, load, props }: LazyProps<P>) {
  const [loaded, setLoaded] = useState<{ name: string; view: ComponentType<P> } | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    setFailed(false);
    load().then(
      (view) => current && setLoaded({ name, view }),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [name, attempt]);

  if (loaded?.name === name) return <loaded.view {...props} />;
  if (!failed) return <Skeleton rows={6} label="Loading" />;
  return (
    <Blank whole icon="debug-disconnect" title="This view could not be loaded">
      <p>Its code comes from the companion, which did not answer.</p>
      <Button primary icon="refresh" onClick={() => setAttempt(attempt + 1)}>
        Try again
      </Button>
    </Blank>
  );
}

interface LazyProps<P> {
  name: string;
  load(): Promise<ComponentType<P>>;
  props: P;
}
