import { encode } from 'uqr';

/** Modules of the quiet zone around a code. */
const QUIET = 2;

/** Whether each module of the code of a text is dark, by row. */
export function modulesOf(text: string): boolean[][] {
  return encode(text, { ecc: 'M', border: QUIET }).data;
}

/** A code to scan; dark on white in dark mode too, or some cameras do not know it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = modulesOf(text);
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg className="qr" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
