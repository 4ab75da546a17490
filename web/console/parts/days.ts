/** The day of a moment by the person's own clock, as a date field writes it: `2026-11-28`. */
export function dayOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** So many days after a day, or before it. */
export function daysAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + days);
  return dayOf(at);
}

/** What the API is asked for between two days, both included, by the person's own clock. */
export function momentsOf(from: string | undefined, to: string | undefined): { from?: string; to?: string } {
  return {
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && new Date(`${daysAfter(to, 1)}T00:00:00`).toISOString(),
  };
}
