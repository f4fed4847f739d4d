/** The mark: a ghost reduced to a pulse line. The same drawing as `media/mark.svg`. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M5.75 17V9.25a6.25 6.25 0 0 1 12.5 0V17" />
      <path class="mark-pulse" d="M1.25 17h4.5l2.15 3.75L12 14.5l4.1 6.25L18.25 17h4.5" />
      <circle cx="9.6" cy="9.4" r="1.2" />
      <circle cx="14.4" cy="9.4" r="1.2" />
    </svg>
  );
}
