import { useState } from 'preact/hooks';

/** The first `most` of a list and the button that shows the rest; a rest of one is shown at once. */
export function useFirst<T>(all: readonly T[], most: number) {
  const [whole, setWhole] = useState(false);
  const shown = whole || all.length <= most + 1 ? all : all.slice(0, most);
  const hidden = all.length - shown.length;
  const more =
    hidden === 0 ? null : (
      <button type="button" class="opens more-of" onClick={() => setWhole(true)}>
        {hidden} more
      </button>
    );
  return { shown, more };
}
