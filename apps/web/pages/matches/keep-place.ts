/**
 * Whoever works with the keyboard goes on where they were: when what they pressed is gone from the page, the card that
 * now stands in its place is entered, the last one behind the end, the page itself where none is left. Call it before
 * the change; call what it answers after the page shows it.
 */
export function keepPlace(within: Element | null): () => void {
  const cards = () => [...document.querySelectorAll('.match-card')];
  const place = cards().findIndex((card) => card.contains(within));
  return () =>
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const left = cards();
      const card = left[Math.min(Math.max(place, 0), left.length - 1)];
      (card?.querySelector('a') ?? document.querySelector<HTMLElement>('#content'))?.focus();
    });
}
