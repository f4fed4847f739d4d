import { useState } from 'preact/hooks';
import type { ReviewItem } from '../../../companion/protocol/index.ts';
import { GENERATOR_WORDS, standing, weightWords } from '../../model/review-words.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ReviewEvidence } from './review-evidence.tsx';
import type { ReviewActions } from './use-review.ts';

interface Props {
  item: ReviewItem;
  /** Among those to review today, where each waits for the user. */
  today: boolean;
  /** Takes part in the Tab order. */
  entry: boolean;
  focused(): void;
  review: ReviewActions;
  ask(): void;
}

/** One belief: what it says, what it rests on, how sure it is, and what the user can say to it. */
export function ReviewRow({ item, today, entry, focused, review, ask }: Props) {
  const [open, setOpen] = useState(false);
  const tabIndex = entry ? 0 : -1;
  const { word, icon } = GENERATOR_WORDS[item.generator];
  const over = item.status === 'denied' || item.status === 'withdrawn';
  const asking = item.status === 'waiting' || item.status === 'forming';
  const folder = item.workspace?.split(/[\\/]/).at(-1);
  return (
    <li
      class={`loop-row review-row ${over ? 'past' : ''}`}
      data-row={item.id}
      aria-busy={review.busy(item.id)}
      onFocusIn={focused}
    >
      <span class="loop-icon" title={word}>
        <Icon name={icon} />
      </span>
      <div class="loop-text">
        <button
          type="button"
          class="title"
          tabIndex={tabIndex}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <bdi>{item.text}</bdi> <span class="review-numbers">({item.numbers})</span>
        </button>
        {item.except !== null && (
          <p class="then">
            Except: <bdi>{item.except}</bdi>
            {item.exceptRead !== null && <span class="quiet"> (read as “{item.exceptRead}”)</span>}
          </p>
        )}
        <p class="loop-meta memory-meta">
          <span>
            {over ? '' : `${weightWords(item.weight)} · `}since <Moment at={item.since} as="stamp" />
          </span>
          {!(today && item.status === 'waiting') && (
            <span class={`tag ${item.learned ? 'accent' : ''}`}>{standing(item)}</span>
          )}
          {folder !== undefined && (
            <span class="tag">
              <Icon name="folder" /> {folder}
            </span>
          )}
        </p>
        {open && <ReviewEvidence item={item} tabIndex={tabIndex} />}
      </div>
      {asking && (
        <div class="review-answers">
          <Button
            icon="check"
            tabIndex={tabIndex}
            label={`Confirm: ${item.text}`}
            onClick={() => review.confirm(item)}
          >
            Confirm
          </Button>
          <Button
            icon="close"
            tabIndex={tabIndex}
            label={`Deny: ${item.text}`}
            onClick={() => review.deny(item)}
          >
            Deny
          </Button>
          <Button icon="edit" tabIndex={tabIndex} label={`Add context to: ${item.text}`} onClick={ask}>
            Add context
          </Button>
        </div>
      )}
      <div class="loop-buttons">
        <Menu
          icon="ellipsis"
          label={`More for ${item.text}`}
          tabIndex={tabIndex}
          items={itemsOf(item, review, ask)}
        />
      </div>
    </li>
  );
}

function itemsOf(item: ReviewItem, review: ReviewActions, ask: () => void) {
  const open = item.status !== 'withdrawn';
  return [
    ...(open && item.status !== 'confirmed'
      ? [{ id: 'confirm', label: 'Confirm', group: 'Say', run: () => review.confirm(item) }]
      : []),
    ...(open && item.status !== 'denied'
      ? [{ id: 'deny', label: 'Deny', group: 'Say', run: () => review.deny(item) }]
      : []),
    ...(open ? [{ id: 'context', label: 'Add context…', group: 'Say', run: ask }] : []),
    { id: 'forget', label: 'Forget, with its evidence', group: 'Keep', run: () => review.forget(item) },
  ];
}
