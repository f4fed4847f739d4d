/** A share of a whole as a length; the words beside it say the number. */
export function ShareBar({ share }: { share: number }) {
  const length = Math.max(1, Math.min(100, share * 100));
  return (
    <svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width="100" height="3" />
      <rect class="bar-share" width={length} height="3" />
    </svg>
  );
}
