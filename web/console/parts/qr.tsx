import { encode } from 'uqr';

/** A text as a QR code, dark on light in either scheme, so that cameras read it; `label` says what it is. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x.toString()} ${y.toString()}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg viewBox={`0 0 ${size.toString()} ${size.toString()}`} width={220} role="img" aria-label={label}>
      <rect width="100%" height="100%" fill="white" />
      <path d={path} fill="black" shapeRendering="crispEdges" />
    </svg>
  );
}
