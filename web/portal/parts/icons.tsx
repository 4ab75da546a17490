const PATHS = {
  home: 'M3 11 12 4l9 7M6 9v11h12V9',
  orders: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  share: 'M12 15V4M8 7l4-4 4 4M5 12v8h14v-8',
  payouts: 'M3 7h18v11H3zM3 11h18M7 15h3',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside a word; it says nothing that the word does not. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
