import { useId } from 'preact/hooks';
import { Icon } from './icon.tsx';

/** The platform's own select: its list works with every keyboard, screen reader and touch. */
export function Select<K extends string>({
  label,
  value,
  options,
  onChange,
  bare = false,
}: {
  label: string;
  value: K;
  options: Readonly<Record<K, string>> | ReadonlyMap<K, string>;
  onChange: (value: K) => void;
  bare?: boolean;
}) {
  const id = useId();
  const entries = options instanceof Map ? [...options] : (Object.entries(options) as [K, string][]);
  return (
    <div class="field">
      <label for={id} class={bare ? 'unseen' : ''}>
        {label}
      </label>
      <span class="select">
        <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as K)}>
          {entries.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" />
      </span>
    </div>
  );
}
