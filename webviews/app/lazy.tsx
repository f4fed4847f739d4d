import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Blank, Skeleton } from '../parts/states.tsx';

/** A busy editor may take too long for a file once; so long until each further try. */
const RETRY_MS = [500, 2000];

/** Shows a view whose code is fetched when it is first needed. `name` tells one from another. */
export function Lazy<P extends object>({ name, title, load, props }: LazyProps<P>) {
  const [loaded, setLoaded] = useState<{ name: string; view: ComponentType<P> } | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const bring = (retry: number) =>
      load().then(
        (view) => current && setLoaded({ name, view }),
        () => {
          if (!current) return;
          const wait = RETRY_MS[retry];
          if (wait === undefined) setFailed(true);
          else timer = setTimeout(() => bring(retry + 1), wait);
        },
      );
    setFailed(false);
    void bring(0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [name, attempt]);

  if (loaded?.name === name) return <loaded.view {...props} />;
  if (!failed) {
    return (
      <>
        <h1 class="unseen">{title}</h1>
        <Skeleton rows={6} label="Loading" />
      </>
    );
  }
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
  /** Its heading until it brings its own. */
  title: string;
  load(): Promise<ComponentType<P>>;
  props: P;
}
